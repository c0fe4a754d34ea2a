/** A part of the stack that can be left out. */
export enum MonitoringPart {
  /** The Prometheus Operator, of a stack that it runs. One that the cluster has already is left out here. */
  PROMETHEUS_OPERATOR = 'prometheus-operator',
  /** Alertmanager. */
  ALERTMANAGER = 'alertmanager',
  /** node-exporter on every node. */
  NODE_EXPORTER = 'node-exporter',
  /** kube-state-metrics. */
  KUBE_STATE_METRICS = 'kube-state-metrics',
  /** The kubelets, with cAdvisor. */
  KUBELET = 'kubelet',
  /** The API server. */
  API_SERVER = 'apiserver',
  /** kube-scheduler. */
  SCHEDULER = 'kube-scheduler',
  /** kube-controller-manager. */
  CONTROLLER_MANAGER = 'kube-controller-manager',
  /** kube-proxy. */
  KUBE_PROXY = 'kube-proxy',
  /** CoreDNS. */
  CORE_DNS = 'coredns',
  /** etcd. */
  ETCD = 'etcd',
  /** blackbox-exporter, and the probes of Services and Ingresses that ask for it. */
  BLACKBOX_EXPORTER = 'blackbox-exporter',
  /** metrics-server, which is made only where `metricsServer` is given. */
  METRICS_SERVER = 'metrics-server',
  /** prometheus-adapter, which is made only where `prometheusAdapter` is given. */
  PROMETHEUS_ADAPTER = 'prometheus-adapter',
  /** VictoriaMetrics, which is made only where `victoriaMetrics` is given. */
  VICTORIA_METRICS = 'victoria-metrics',
  /** InfluxDB, which is made only where `influxDb` is given. */
  INFLUXDB = 'influxdb',
  /** InfluxDB 2 and the gateway to it, which are made only where `influxDb2` is given. */
  INFLUXDB2 = 'influxdb2',
  /** Grafana, which is made only where `grafana` is given. */
  GRAFANA = 'grafana',
  /** Discovery of Pods and Services that ask to be scraped by annotations. */
  ANNOTATED_APPS = 'annotated-apps',
}
