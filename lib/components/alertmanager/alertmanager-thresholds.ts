/** Thresholds of the alerts about Alertmanager, which colour dashboards too. */
export function alertmanagerThresholds() {
  return { failedNotificationsPercent: 1 };
}
