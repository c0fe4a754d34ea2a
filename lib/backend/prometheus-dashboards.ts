import { probeDashboards } from '../components/blackbox/probe-dashboards';
import { prometheusDashboards, remoteWriteDashboards } from '../components/prometheus/prometheus-dashboards';
import { PrometheusRuleOptions } from '../components/prometheus/prometheus-rule-options';
import { Dashboard, ScrapeJob } from '../monitoring';
import { GrowingDashboards } from '../monitoring/dashboards/growing-dashboards';

/** Dashboards of a Prometheus: of itself, of the stores that it writes to, and of the probes that it has made, by whichever prober. */
export class PrometheusDashboards extends GrowingDashboards {
  private writesRemotely = false;

  constructor(private readonly jobName: string, private readonly options?: PrometheusRuleOptions) {
    super();
  }

  /** Adds those of a Prometheus that stores samples and evaluates rules. */
  public addServer(): void {
    this.add(...prometheusDashboards(this.jobName, this.options));
  }

  /** Adds that of remote stores, with the first of them. */
  public addRemoteWrite(): void {
    if (!this.writesRemotely) {
      this.writesRemotely = true;
      this.add(...remoteWriteDashboards(this.jobName, this.options));
    }
  }

  /** Adds those of its sidecars. */
  public addThanos(...dashboards: Dashboard[]): void {
    this.add(...dashboards);
  }

  /** Adds that of probes, if the job makes any. */
  public addJob(job: ScrapeJob): void {
    this.add(...probeDashboards([job]));
  }
}
