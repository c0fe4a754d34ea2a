import { Construct } from 'constructs';
import { MonitorContext } from './monitor-parts';
import { podMonitorFinds, podMonitors } from './pod-monitors';
import { probe, probeSays } from './probes';
import { scrapeConfigs } from './scrape-configs';
import { serviceMonitors } from './service-monitors';
import { kubeletSource } from '../../backend/kubelet-source';
import { selectsNamespaces } from '../../backend/target-selection';
import { ScrapeJob } from '../../monitoring';
import { RawDiscovery } from '../../monitoring/scrape/discovery';

/** Jobs for which there is no resource. */
export interface JobsAsText {
  /** Adds a raw job. */
  addRaw(name: string, job: RawDiscovery): void;
  /** Adds a job that selects namespaces by their labels. */
  addDescribed(job: ScrapeJob): void;
}

/** Scrape jobs as the resources of the operator: each becomes the kind that says most about it. */
export class MonitorObjects {
  constructor(private readonly scope: Construct, private readonly context: MonitorContext, private readonly asText: JobsAsText) {}

  public add(job: ScrapeJob): void {
    const { scope, context } = this;
    const discovery = job._discovery.kind === 'kubelets' ? kubeletSource(job._discovery, 'service') : job._discovery;
    if (selectsNamespaces(discovery)) {
      return this.asText.addDescribed(job);
    }
    switch (discovery.kind) {
      case 'service': return serviceMonitors(scope, context, job, discovery);
      case 'pods': return podMonitorFinds(job) ? podMonitors(scope, context, job, discovery) : scrapeConfigs(scope, context, job);
      case 'static-probes':
      case 'ingresses': return probeSays(job) ? probe(scope, context, job, discovery) : scrapeConfigs(scope, context, job);
      case 'raw': return this.asText.addRaw(job.name, discovery);
      default: return scrapeConfigs(scope, context, job);
    }
  }
}
