import { OBJECT_SECONDS } from './request-kinds';

const DAY = 24 * 3600;

/** Thresholds of the alerts about the API server, which colour dashboards too. Percentages are 0 to 100. */
export function apiServerThresholds() {
  // Requests that may be bad: an error or too slow.
  const budgetPercent = 1;
  return {
    objectSeconds: OBJECT_SECONDS,
    budgetPercent,
    availabilityPercent: 100 - budgetPercent,
    burnWarning: 1,
    burnCritical: 6,
    terminatedPercent: 20,
    apiUnavailablePercent: 15,
    clientErrorsPercent: 1,
    clientCertificateWarningSeconds: 7 * DAY,
    clientCertificateCriticalSeconds: DAY,
  };
}
