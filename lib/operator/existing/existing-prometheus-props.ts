import { Duration } from 'cdk8s';
import { ObjectSelectors } from './object-selector';
import { GeneralRuleOptions } from '../../components/general/general-rules';
import { PrometheusRuleOptions } from '../../components/prometheus/prometheus-rule-options';
import { HttpConfig, RecordingRules, Runbooks, Scheme } from '../../monitoring';

/** Service of the web server of a Prometheus that this app does not make. */
export interface ExistingPrometheusService extends HttpConfig {
  /** Namespace of the Service, which is that of the Prometheus. */
  readonly namespace: string;
  /**
   * Name of the Service.
   * @default - `prometheus-operated`, which the operator makes; `prometheus-agent-operated` of an agent
   */
  readonly serviceName?: string;
  /**
   * Name of the port of the Pods: `portName` of the Prometheus resource.
   * @default web
   */
  readonly portName?: string;
  /**
   * Number of the Service's port.
   * @default 9090
   */
  readonly port?: number;
  /**
   * Protocol.
   * @default - Scheme.HTTPS with `tls` or port 443, else Scheme.HTTP
   */
  readonly scheme?: Scheme;
  /**
   * Path before all pages: `routePrefix` of the Prometheus resource.
   * @default /
   */
  readonly pathPrefix?: string;
}

/** A Prometheus that an operator runs and this app does not make, as far as the app knows it. */
export interface ExistingPrometheusProps {
  /**
   * Labels of all objects, by which the Prometheus selects them: `release` for kube-prometheus-stack.
   * @default - none, as for a Prometheus that selects everything
   */
  readonly labels?: { readonly [label: string]: string };
  /**
   * First part of the names of all objects, before that of the job or of the rules.
   * @default - the chart's id in lower case with dashes, so that the apps of two teams do not overwrite each other's objects in one namespace
   */
  readonly name?: string;
  /**
   * Namespace of all objects, and of the Secrets that jobs name.
   * @default - the chart's, else `default`
   */
  readonly namespace?: string;
  /**
   * Scrape class of the Prometheus resource that names the token of its service account, for jobs that need the token. It is given to no other
   * job.
   * @default - none: a ServiceMonitor names the file itself, and a job of another kind that needs the token is an error
   * @see https://prometheus-operator.dev/docs/developer/scrapeclass/
   */
  readonly scrapeClass?: string;
  /**
   * Whether it is a PrometheusAgent, which evaluates no rules.
   * @default false
   */
  readonly agent?: boolean;
  /**
   * Selectors of the Prometheus resource. An object that they do not match is an error as soon as it is made.
   * @default - not known, and not checked: a note says what they have to match
   */
  readonly selectors?: ObjectSelectors;
  /**
   * Whether the Prometheus looks for targets only in the namespace of their monitor: `ignoreNamespaceSelectors`. A monitor of targets elsewhere
   * is an error then.
   * @default false
   */
  readonly ignoresNamespaceSelectors?: boolean;
  /**
   * Shards of the Prometheus. With several, relabelings with hashmod are an error where the operator would put its own aside, and
   * alerts of what is monitored that use `absent` are left out.
   * @default - not known
   */
  readonly shards?: number;
  /**
   * Time between two scrapes of jobs without their own. A longer timeout of such a job is an error, because the operator rejects it.
   * @default Duration.seconds(30)
   */
  readonly scrapeInterval?: Duration;
  /**
   * Version of the Prometheus, 3.0 or newer, such as `3.5.0`. A job or a rule that needs a newer one is an error.
   * @default - not known, and not checked
   */
  readonly version?: string;
  /**
   * Version of the operator, such as `0.85.0`. A job with a setting for which its resources have no field yet is an error.
   * @default - not known; rules have to be such that the newest operator that the library knows accepts them
   */
  readonly operatorVersion?: string;
  /**
   * Features that the Prometheus enables. A rule that needs another one is an error.
   * @default - none
   */
  readonly enableFeatures?: string[];
  /**
   * Service of its web server, for `namespace`, `serviceName`, `url` and `monitoring`, which throw without it.
   * @default - not known
   */
  readonly service?: ExistingPrometheusService;
  /**
   * Name of the job by which it is monitored, if it is: `prometheus.monitor(prometheus)`.
   * @default prometheus, prometheus-agent
   */
  readonly jobName?: string;
  /**
   * Thresholds of the rules about itself, which come with `prometheus.monitor(prometheus)`.
   * @default - the community's
   */
  readonly rules?: PrometheusRuleOptions;
  /**
   * Thresholds of the rules that are about no component in particular, which come with `prometheus.monitor(prometheus)`.
   * @default - the community's
   */
  readonly generalRules?: GeneralRuleOptions;
  /**
   * Recording rules of the components that are evaluated. kube-prometheus-stack has those of the community already.
   * @default RecordingRules.USED
   */
  readonly recordingRules?: RecordingRules;
  /**
   * Runbooks of the alerts of the library, as their annotation `runbook_url`. An agent has no alerts.
   * @default Runbooks.PROJECT
   */
  readonly runbooks?: Runbooks;
}
