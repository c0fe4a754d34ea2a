package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/labels"
)

// kinds are the resources that Prometheus's discovery lists.
var kinds = map[string]string{
	"pods": "Pod", "services": "Service", "nodes": "Node", "namespaces": "Namespace", "endpoints": "Endpoints",
	"endpointslices": "EndpointSlice", "ingresses": "Ingress", "replicasets": "ReplicaSet", "jobs": "Job",
}

var resourcePath = regexp.MustCompile(`^/(\d+)/(?:api/(v1)|apis/([^/]+/[^/]+))(?:/namespaces/([^/]+))?/([a-z]+)$`)

// cluster is an API server on loopback that lists the given objects and whose watches never see a change.
// A first part of the path tells the clients apart, so that each knows what it has been given.
type cluster struct {
	url     string
	objects []*object
	// listed are the lists that clients have asked for.
	mutex    sync.Mutex
	listed   map[listRequest]int
	problems []error
}

type listRequest struct {
	client, resource, namespace string
}

func newCluster(objects []*object) (*cluster, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c := &cluster{url: "http://" + listener.Addr().String(), objects: objects, listed: map[listRequest]int{}}
	// It ends with the program.
	go func() { _ = http.Serve(listener, c) }()
	return c, nil
}

func (c *cluster) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	parts := resourcePath.FindStringSubmatch(r.URL.Path)
	if parts == nil || kinds[parts[5]] == "" {
		c.refuse(w, fmt.Errorf("discovery asks for %s, which is not known here", r.URL.Path))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if r.URL.Query().Get("watch") != "" {
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		return
	}
	wanted := listRequest{client: parts[1], resource: parts[5], namespace: parts[4]}
	items, err := c.list(wanted, r.URL.Query().Get("labelSelector"), r.URL.Query().Get("fieldSelector"))
	if err != nil {
		c.refuse(w, err)
		return
	}
	c.mutex.Lock()
	c.listed[wanted] = len(items)
	c.mutex.Unlock()
	_ = json.NewEncoder(w).Encode(map[string]any{
		"kind": kinds[parts[5]] + "List", "apiVersion": parts[2] + parts[3], "metadata": map[string]string{"resourceVersion": "1"}, "items": items,
	})
}

func (c *cluster) refuse(w http.ResponseWriter, err error) {
	c.mutex.Lock()
	c.problems = append(c.problems, err)
	c.mutex.Unlock()
	http.Error(w, err.Error(), http.StatusBadRequest)
}

func (c *cluster) list(wanted listRequest, labelSelector, fieldSelector string) ([]json.RawMessage, error) {
	byLabels, err := labels.Parse(labelSelector)
	if err != nil {
		return nil, err
	}
	byFields, err := fields.ParseSelector(fieldSelector)
	if err != nil {
		return nil, err
	}
	items := []json.RawMessage{}
	for _, o := range c.objects {
		if o.Kind != kinds[wanted.resource] || (wanted.namespace != "" && o.Namespace != wanted.namespace) || !byLabels.Matches(labels.Set(o.Labels)) {
			continue
		}
		known, err := fieldsOf(o, byFields)
		if err != nil {
			return nil, err
		}
		if byFields.Matches(known) {
			items = append(items, o.raw)
		}
	}
	return items, nil
}

// fieldsOf reads what the selector asks for, such as `spec.nodeName`.
func fieldsOf(o *object, selector fields.Selector) (fields.Set, error) {
	known := fields.Set{}
	var value map[string]any
	if err := json.Unmarshal(o.raw, &value); err != nil {
		return nil, err
	}
	for _, requirement := range selector.Requirements() {
		at, names := any(value), strings.Split(requirement.Field, ".")
		for _, name := range names {
			object, _ := at.(map[string]any)
			at = object[name]
		}
		if text, ok := at.(string); ok {
			known[requirement.Field] = text
		}
	}
	return known, nil
}

// expected says how many objects a client has been given in all the namespaces, and whether it has asked for all of them yet.
func (c *cluster) expected(client, resource string, namespaces []string) (int, bool, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if len(c.problems) > 0 {
		return 0, false, c.problems[0]
	}
	total := 0
	for _, namespace := range namespaces {
		count, asked := c.listed[listRequest{client, resource, namespace}]
		if !asked {
			return 0, false, nil
		}
		total += count
	}
	return total, true, nil
}
