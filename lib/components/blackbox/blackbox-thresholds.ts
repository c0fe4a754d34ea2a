import { BlackboxRuleOptions } from './blackbox-rule-options';

const DAY = 24 * 3600;

/** Thresholds of the alerts about probes, which colour dashboards too. */
export function blackboxThresholds({ certificateWarningDays = 14, certificateCriticalDays = 2 }: BlackboxRuleOptions = {}) {
  return {
    certificateWarningDays,
    certificateCriticalDays,
    probedCertificateWarningSeconds: certificateWarningDays * DAY,
    probedCertificateCriticalSeconds: certificateCriticalDays * DAY,
  };
}
