package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sort"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/config"
	"github.com/prometheus/prometheus/discovery"
	"github.com/prometheus/prometheus/discovery/kubernetes"
	"github.com/prometheus/prometheus/discovery/targetgroup"
)

const patience = 60 * time.Second

// resources are what the targets of each role are made of, one group of targets an object.
var resources = map[kubernetes.Role]string{
	kubernetes.RolePod: "pods", kubernetes.RoleService: "services", kubernetes.RoleNode: "nodes",
	kubernetes.RoleEndpoint: "endpoints", kubernetes.RoleEndpointSlice: "endpointslices", kubernetes.RoleIngress: "ingresses",
}

// discover runs Prometheus's discovery against the cluster until every object that it was given has become a group.
func (c *cluster) discover(configs discovery.Configs, client, namespace string) ([]*targetgroup.Group, error) {
	var found []*targetgroup.Group
	for i, one := range configs {
		switch one := one.(type) {
		case discovery.StaticConfig:
			found = append(found, one...)
		case *kubernetes.SDConfig:
			groups, err := c.discoverKubernetes(one, fmt.Sprintf("%s%02d", client, i), namespace)
			if err != nil {
				return nil, err
			}
			found = append(found, groups...)
		default:
			return nil, fmt.Errorf("discovery by %s is not known here", one.Name())
		}
	}
	return found, nil
}

func (c *cluster) discoverKubernetes(original *kubernetes.SDConfig, client, namespace string) ([]*targetgroup.Group, error) {
	at, err := url.Parse(c.url + "/" + client)
	if err != nil {
		return nil, err
	}
	own := *original
	own.APIServer = config.URL{URL: at}
	own.KubeConfig = ""
	own.HTTPClientConfig = config.DefaultHTTPClientConfig
	if own.NamespaceDiscovery.IncludeOwnNamespace {
		own.NamespaceDiscovery = kubernetes.NamespaceDiscovery{Names: append([]string{namespace}, own.NamespaceDiscovery.Names...)}
	}
	namespaces := own.NamespaceDiscovery.Names
	if len(namespaces) == 0 || own.Role == kubernetes.RoleNode {
		namespaces = []string{""}
	}
	registry := prometheus.NewRegistry()
	metrics := own.NewDiscovererMetrics(registry, discovery.NewRefreshMetrics(registry))
	discoverer, err := own.NewDiscoverer(discovery.DiscovererOptions{Logger: quiet, Metrics: metrics})
	if err != nil {
		return nil, err
	}
	sent := make(chan []*targetgroup.Group)
	// Discovery ends with the program; when it is stopped before it complains.
	go discoverer.Run(context.Background(), sent)

	bySource := map[string]*targetgroup.Group{}
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	late := time.After(patience)
	for {
		count, asked, err := c.expected(client, resources[own.Role], namespaces)
		if err != nil {
			return nil, err
		}
		if asked && len(bySource) == count {
			return sorted(bySource), nil
		}
		select {
		case groups := <-sent:
			for _, group := range groups {
				bySource[group.Source] = group
			}
		case <-tick.C:
		case <-late:
			return nil, errors.New("discovery took too long")
		}
	}
}

func sorted(bySource map[string]*targetgroup.Group) []*targetgroup.Group {
	groups := make([]*targetgroup.Group, 0, len(bySource))
	for _, group := range bySource {
		groups = append(groups, group)
	}
	sort.Slice(groups, func(i, j int) bool { return groups[i].Source < groups[j].Source })
	return groups
}
