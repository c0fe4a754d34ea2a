import { Duration } from 'cdk8s';
import { BlackboxRuleOptions } from './blackbox-rule-options';
import { seconds } from '../../units';

/** Thresholds of the alerts about probes, which colour dashboards too. */
export function blackboxThresholds({ certificateWarning = Duration.days(14), certificateCritical = Duration.days(2) }: BlackboxRuleOptions = {}) {
  return {
    probedCertificateWarningSeconds: seconds(certificateWarning),
    probedCertificateCriticalSeconds: seconds(certificateCritical),
  };
}
