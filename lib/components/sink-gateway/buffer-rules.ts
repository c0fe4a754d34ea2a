import { Duration } from 'cdk8s';
import { SinkGatewayRuleOptions } from './sink-gateway-rule-options';
import { GATEWAY, GROUPING, LOG } from './sink-gateway-texts';
import { sinkGatewayThresholds } from './sink-gateway-thresholds';
import { AlertingRule, Severity } from '../../monitoring/rules';
import { trustedAlert } from '../../monitoring/rules/trusted';
import { latest, promql } from '../component-rules';

const REASON = `The reason is in the log: ${LOG}.`;

/** Rules about a gateway that keeps samples in memory: what it has lost, and what it is about to lose. */
export function bufferRules(job: string, options: SinkGatewayRuleOptions): AlertingRule[] {
  const { bufferPercent, lostPercent } = sinkGatewayThresholds(options);
  const sink = `${job}, alias="sink"`;
  const limit = `internal_write_buffer_limit{${sink}}`;
  return [
    trustedAlert({
      alert: 'SinkGatewaySamplesDropped',
      // It stays until half an hour after the last.
      expr: `sum by (${GROUPING}) (increase(internal_write_metrics_dropped{${sink}}[30m])) > 0`,
      severity: Severity.CRITICAL,
      summary: 'A sink gateway loses samples',
      description: `${GATEWAY} has dropped samples, {{ printf "%.0f" $value }} within 30 minutes: its buffer is full, since the sink is away or slower than the samples come. ${REASON}`,
    }),
    trustedAlert({
      alert: 'SinkGatewayBufferLost',
      // Gone from discovery, or started anew: what waited in its memory is lost. One that only does not answer may still have it.
      expr: promql`
        sum by (${GROUPING}) (
          last_over_time(internal_write_buffer_size{${sink}}[30m])
            unless on (cluster, instance) last_over_time(up{${job}}[2m])
          or
          max_over_time(internal_write_buffer_size{${sink}}[30m])
            and on (cluster, instance) changes(process_start_time_seconds{${job}}[30m]) > 0
        )
        > ${lostPercent} / 100 * max by (${GROUPING}) (last_over_time(${limit}[30m]))`,
      severity: Severity.CRITICAL,
      summary: 'A sink gateway has ended with samples in its memory',
      description: `A Pod of ${GATEWAY.replace('Sink', 'sink')} has ended within 30 minutes, with up to {{ printf "%.0f" $value }} samples that its sink did not have yet: they are lost. `
        + 'See why: `kubectl -n {{ $labels.namespace }} describe pods -l app.kubernetes.io/instance={{ $labels.service }}`.',
    }),
    trustedAlert({
      alert: 'SinkGatewayBufferFilling',
      expr: promql`
        max by (${GROUPING}) (100 * ${latest(`internal_write_buffer_size{${sink}}`)} / ${latest(limit)})
        > ${bufferPercent}`,
      for: Duration.minutes(5),
      severity: Severity.WARNING,
      summary: 'The buffer of a sink gateway fills',
      description: `A Pod of ${GATEWAY.replace('Sink', 'sink')} has had {{ printf "%.0f" $value }}% of its buffer taken for [for]: the sink is away, rejects the gateway's password, or is slower than the `
        + `samples come. When it is full samples are lost. ${REASON}`,
    }),
    trustedAlert({
      alert: 'SinkGatewayNotConnected',
      expr: `sum by (${GROUPING}) (increase(internal_write_startup_errors{${sink}}[5m])) > 0`,
      for: Duration.minutes(15),
      severity: Severity.CRITICAL,
      summary: 'A sink gateway has never reached its sink',
      description: `A Pod of ${GATEWAY.replace('Sink', 'sink')} has not reached its sink since it started, for [for]: the sink is away, or rejects the gateway's password or certificate. Samples wait until `
        + `its buffer is full. ${REASON}`,
    }),
  ];
}
