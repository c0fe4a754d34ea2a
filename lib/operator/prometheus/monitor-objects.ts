import { Construct } from 'constructs';
import { MonitorContext } from './monitor-parts';
import { podMonitorFinds, podMonitors } from './pod-monitors';
import { probe, probeSays } from './probes';
import { scrapeConfigs } from './scrape-configs';
import { serviceMonitors } from './service-monitors';
import { kubeletSource } from '../../backend/kubelet-source';
import { ScrapeJob } from '../../monitoring';
import { RawConfig } from '../../monitoring/scrape/discovery';

/** Scrape jobs as the resources of the operator: each becomes the kind that says most about it. */
export class MonitorObjects {
  /** @param addRaw adds a raw job, for which there is no resource */
  constructor(
    private readonly scope: Construct, private readonly context: MonitorContext, private readonly addRaw: (name: string, config: RawConfig) => void,
  ) {}

  public add(job: ScrapeJob): void {
    const { scope, context } = this;
    const discovery = job._discovery.kind === 'kubelets' ? kubeletSource(job._discovery, 'service') : job._discovery;
    switch (discovery.kind) {
      case 'service': return serviceMonitors(scope, context, job, discovery);
      case 'pods': return podMonitorFinds(job) ? podMonitors(scope, context, job, discovery) : scrapeConfigs(scope, context, job);
      case 'static-probes':
      case 'ingresses': return probeSays(job) ? probe(scope, context, job, discovery) : scrapeConfigs(scope, context, job);
      case 'raw': return this.addRaw(job.name, discovery.config);
      default: return scrapeConfigs(scope, context, job);
    }
  }
}
