import { Duration } from 'cdk8s';
import { ApiServerMonitor, ApiServerMonitorProps } from '../../../lib/components';
import { MetricSelection, TlsClient } from '../../../lib/monitoring';
import { matchesAnchored } from '../../../lib/regex';
import { expressions, jobOf, told } from '../support';
import { inChart, synth } from '../../charts';

function made(props?: ApiServerMonitorProps): ApiServerMonitor {
  return inChart((chart) => new ApiServerMonitor(chart, 'apiserver', props));
}

test('works without props, and makes no object', () => {
  expect(synth((chart) => new ApiServerMonitor(chart, 'apiserver'))).toEqual([]);
  expect(told(jobOf(made()))).toMatchSnapshot();
});

test('takes all the props', () => {
  const props: Required<ApiServerMonitorProps> = {
    jobName: 'api',
    interval: Duration.seconds(45),
    timeout: Duration.seconds(20),
    metrics: MetricSelection.all(),
    tls: TlsClient.clusterCa({ serverName: 'api.example.com' }),
    serviceLevelIndicators: true,
    rules: { versionedJobs: ['api', 'kubelets'] },
  };
  const api = made(props);
  expect(told(jobOf(api))).toMatchSnapshot();
  expect(expressions(api)).toContain('job=\\"api\\"');
  expect(expressions(api)).toContain('kubelets');
});

test.each(['0.05', '0.1', '1', '1.0', '5', '5.0', '30', '30.0', '60', '+Inf'])('keeps the bound le="%s" of request latencies', (le) => {
  const [, dropped] = jobOf(made()).endpoints[0].metrics.toRelabelings().map((relabeling) => relabeling.toConfig());
  expect(dropped.sourceLabels).toEqual(['__name__', 'le']);
  expect(matchesAnchored(dropped.regex!, `apiserver_request_sli_duration_seconds_bucket;${le}`)).toBe(false);
  expect(matchesAnchored(dropped.regex!, 'apiserver_request_sli_duration_seconds_bucket;1.25')).toBe(true);
});
