import { say } from './progress';
import { Alert } from './prometheus-api';

/**
 * What a machine on which tests run may well be: busy, and without a time server. The alerts about it are right then; the run says so.
 */
const ABOUT_THE_MACHINE = ['NodeClockNotSynchronising', 'NodeSystemSaturation', 'NodeCPUHighUsage', 'NodeDiskIOSaturation', 'NodeMemoryMajorPagesFaults'];

const seen = new Set<string>();

/** Alerts, pending or firing, that a healthy cluster must not have. */
export function aboutTheMonitoring(alerts: readonly Alert[]): Alert[] {
  const unexpected = alerts.filter(({ labels }) => labels.alertname !== 'Watchdog');
  const ofTheMachine = unexpected.filter(({ labels }) => ABOUT_THE_MACHINE.includes(labels.alertname));
  ofTheMachine.map(({ labels, state }) => `${labels.alertname} is ${state}`).filter((text) => !seen.has(text)).forEach((text) => {
    seen.add(text);
    say(`  about the machine that runs the tests, and not counted: ${text}`);
  });
  return unexpected.filter((alert) => !ofTheMachine.includes(alert));
}
