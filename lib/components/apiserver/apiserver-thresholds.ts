import { Duration } from 'cdk8s';
import { ApiServerRuleOptions } from './apiserver-rule-options';
import { OBJECT_SECONDS } from './request-kinds';
import { seconds } from '../../units';

/** Thresholds of the alerts about the API server, which colour dashboards too. Percentages are 0 to 100. */
export function apiServerThresholds(options: ApiServerRuleOptions = {}) {
  const {
    terminatedPercent = 20, throttledPercent = 5, apiUnavailablePercent = 15, clientErrorsPercent = 1,
    clientCertificateWarning = Duration.days(7), clientCertificateCritical = Duration.days(1), slowWebhook = Duration.seconds(1),
  } = options;
  // Requests that may be bad: an error or too slow.
  const budgetPercent = 1;
  return {
    objectSeconds: OBJECT_SECONDS,
    budgetPercent,
    availabilityPercent: 100 - budgetPercent,
    burnWarning: 1,
    burnCritical: 6,
    terminatedPercent,
    throttledPercent,
    apiUnavailablePercent,
    clientErrorsPercent,
    slowWebhookSeconds: seconds(slowWebhook),
    clientCertificateWarningSeconds: seconds(clientCertificateWarning),
    clientCertificateCriticalSeconds: seconds(clientCertificateCritical),
  };
}
