/** An alert as the community knows it: dashboards, runbooks and habits are keyed by these. */
export interface CommunityAlert {
  readonly alert: string;
  readonly severity: string;
  /** How long it has to hold; empty when it fires at once. */
  readonly for: string;
}

/** `alert severity for`, by group. */
const COMMUNITY = `
TargetDown warning 10m
Watchdog none
InfoInhibitor none
NodeFilesystemSpaceFillingUp warning 1h
NodeFilesystemSpaceFillingUp critical 1h
NodeFilesystemAlmostOutOfSpace warning 30m
NodeFilesystemAlmostOutOfSpace critical 30m
NodeFilesystemFilesFillingUp warning 1h
NodeFilesystemFilesFillingUp critical 1h
NodeFilesystemAlmostOutOfFiles warning 1h
NodeFilesystemAlmostOutOfFiles critical 1h
NodeNetworkReceiveErrs warning 1h
NodeNetworkTransmitErrs warning 1h
NodeHighNumberConntrackEntriesUsed warning
NodeTextFileCollectorScrapeError warning
NodeClockSkewDetected warning 10m
NodeClockNotSynchronising warning 10m
NodeRAIDDegraded critical 15m
NodeRAIDDiskFailure warning
NodeFileDescriptorLimit warning 15m
NodeFileDescriptorLimit critical 15m
NodeCPUHighUsage info 15m
NodeSystemSaturation warning 15m
NodeMemoryMajorPagesFaults warning 15m
NodeMemoryHighUtilization warning 15m
NodeDiskIOSaturation warning 30m
NodeSystemdServiceFailed warning 5m
NodeSystemdServiceCrashlooping warning 15m
NodeBondingDegraded warning 5m
NodeNetworkInterfaceFlapping warning 2m
KubePodCrashLooping warning 15m
KubePodNotReady warning 15m
KubeDeploymentGenerationMismatch warning 15m
KubeDeploymentReplicasMismatch warning 15m
KubeDeploymentRolloutStuck warning 15m
KubeStatefulSetReplicasMismatch warning 15m
KubeStatefulSetGenerationMismatch warning 15m
KubeStatefulSetUpdateNotRolledOut warning 15m
KubeDaemonSetRolloutStuck warning 15m
KubeContainerWaiting warning 1h
KubeDaemonSetNotScheduled warning 10m
KubeDaemonSetMisScheduled warning 15m
KubeJobNotCompleted warning
KubeJobFailed warning 15m
KubeHpaReplicasMismatch warning 15m
KubeHpaMaxedOut warning 15m
KubePdbNotEnoughHealthyPods warning 15m
KubeCPUOvercommit warning 10m
KubeMemoryOvercommit warning 10m
KubeCPUQuotaOvercommit warning 5m
KubeMemoryQuotaOvercommit warning 5m
KubeQuotaAlmostFull info 15m
KubeQuotaFullyUsed info 15m
KubeQuotaExceeded warning 15m
CPUThrottlingHigh info 15m
KubePersistentVolumeFillingUp critical 1m
KubePersistentVolumeFillingUp warning 1h
KubePersistentVolumeInodesFillingUp critical 1m
KubePersistentVolumeInodesFillingUp warning 1h
KubePersistentVolumeErrors critical 5m
KubeVersionMismatch warning 15m
KubeClientErrors warning 15m
KubeNodeNotReady warning 15m
KubeNodePressure info 10m
KubeNodeUnreachable warning 15m
KubeletTooManyPods info 15m
KubeNodeReadinessFlapping warning 15m
KubeNodeEviction info
KubeletPlegDurationHigh warning 5m
KubeletPodStartUpLatencyHigh warning 15m
KubeletClientCertificateExpiration warning
KubeletClientCertificateExpiration critical
KubeletServerCertificateExpiration warning
KubeletServerCertificateExpiration critical
KubeletClientCertificateRenewalErrors warning 15m
KubeletServerCertificateRenewalErrors warning 15m
KubeletInstanceUnreachable warning 15m
KubeletDown critical 15m
KubeClientCertificateExpiration warning 5m
KubeClientCertificateExpiration critical 5m
KubeAggregatedAPIErrors warning 10m
KubeAggregatedAPIDown warning 5m
KubeAPIDown critical 15m
KubeAPIInstanceUnreachable warning 15m
KubeAPITerminatedRequests warning 5m
KubeAPIErrorBudgetBurn critical 2m
KubeAPIErrorBudgetBurn critical 15m
KubeAPIErrorBudgetBurn warning 1h
KubeAPIErrorBudgetBurn warning 3h
KubeSchedulerDown critical 15m
KubeSchedulerInstanceUnreachable warning 15m
KubeControllerManagerDown critical 15m
KubeControllerManagerInstanceUnreachable warning 15m
KubeStateMetricsListErrors critical 15m
KubeStateMetricsWatchErrors critical 15m
KubeStateMetricsShardingMismatch critical 15m
KubeStateMetricsShardsMissing critical 15m
PrometheusBadConfig critical 10m
PrometheusSDRefreshFailure warning 20m
PrometheusKubernetesListWatchFailures warning 15m
PrometheusNotificationQueueRunningFull warning 15m
PrometheusErrorSendingAlertsToSomeAlertmanagers warning 15m
PrometheusNotConnectedToAlertmanagers warning 10m
PrometheusTSDBReloadsFailing warning 4h
PrometheusTSDBCompactionsFailing warning 4h
PrometheusNotIngestingSamples warning 10m
PrometheusDuplicateTimestamps warning 10m
PrometheusOutOfOrderTimestamps warning 10m
PrometheusRemoteStorageFailures critical 15m
PrometheusRemoteWriteBehind critical 15m
PrometheusRemoteWriteDesiredShards warning 15m
PrometheusRuleFailures critical 15m
PrometheusMissingRuleEvaluations warning 15m
PrometheusTargetLimitHit warning 15m
PrometheusLabelLimitHit warning 15m
PrometheusScrapeBodySizeLimitHit warning 15m
PrometheusScrapeSampleLimitHit warning 15m
PrometheusTargetSyncFailure critical 5m
PrometheusHighQueryLoad warning 15m
PrometheusErrorSendingAlertsToAnyAlertmanager critical 15m
AlertmanagerFailedReload critical 10m
AlertmanagerMembersInconsistent critical 15m
AlertmanagerFailedToSendAlerts warning 5m
AlertmanagerClusterFailedToSendAlerts critical 5m
AlertmanagerClusterFailedToSendAlerts warning 5m
AlertmanagerConfigInconsistent critical 20m
AlertmanagerClusterDown critical 5m
AlertmanagerClusterCrashlooping critical 5m
AlertmanagerClusterFailedPeers warning 15m
PrometheusOperatorListErrors warning 15m
PrometheusOperatorWatchErrors warning 15m
PrometheusOperatorSyncFailed warning 10m
PrometheusOperatorReconcileErrors warning 10m
PrometheusOperatorStatusUpdateErrors warning 10m
PrometheusOperatorNodeLookupErrors warning 10m
PrometheusOperatorNotReady warning 5m
PrometheusOperatorRejectedResources warning 5m
ConfigReloaderSidecarErrors warning 10m
GrafanaRequestsFailing warning 5m
KubeProxyDown critical 15m
KubeProxyInstanceUnreachable warning 15m
etcdMembersDown warning 20m
etcdInsufficientMembers critical 3m
etcdNoLeader critical 1m
etcdHighNumberOfLeaderChanges warning 5m
etcdHighNumberOfFailedGRPCRequests warning 10m
etcdHighNumberOfFailedGRPCRequests critical 5m
etcdGRPCRequestsSlow critical 10m
etcdMemberCommunicationSlow warning 10m
etcdHighNumberOfFailedProposals warning 15m
etcdHighFsyncDurations warning 10m
etcdHighFsyncDurations critical 10m
etcdHighCommitDurations warning 10m
etcdDatabaseQuotaLowSpace critical 10m
etcdExcessiveDatabaseGrowth warning 10m
etcdDatabaseHighFragmentationRatio warning 10m
`;

/** The alerts of the community, each row once: a name may stand with several severities and times. */
export const COMMUNITY_ALERTS: readonly CommunityAlert[] = COMMUNITY.trim().split('\n').map((line) => {
  const [alert, severity, hold = ''] = line.split(' ');
  return { alert, severity, for: hold };
});

/** Rows that no catalogue has yet, with the reason. */
export const LEFT_OUT: { readonly [reason: string]: readonly string[] } = {
};

/** Rows that we have with another severity or time, with the reason. */
export const OTHERWISE: { readonly [row: string]: string } = {
  'KubeNodePressure info 10m': 'warning: info alerts are not sent, and a node under pressure evicts Pods',
  'KubeNodeEviction info': 'warning: info alerts are not sent, and Pods have been evicted',
};

/** Alerts of our own, with what their severity and time are for. */
export const OUR_ALERTS: { readonly [alert: string]: string } = {
  TargetUnreachable: 'warning after 30 minutes: TargetDown is quicker where there are several, and single ones come and go with nodes',
  TargetFoundTwice: 'warning after an hour: a Service that replaces another is beside it for a while',
  KubeStateMetricsDown: 'critical after 5 minutes: every rule about workloads is blind meanwhile',
  KubeContainerRestarting: 'warning after 15 minutes, as KubePodCrashLooping: between its crashes it runs longer than the back-off',
  KubeContainerOOMKilled: 'warning at once: what was in memory is lost',
  KubePodStuckTerminating: 'warning 15 minutes after its grace period: its volumes and its name are held',
  KubeNamespaceStuckTerminating: 'warning after 30 minutes: a large namespace takes a while',
  KubeJobPodUnschedulable: 'warning after 15 minutes, as KubePodNotReady',
  KubePersistentVolumeClaimPending: 'warning after 15 minutes, as KubePodNotReady, which follows from it',
  KubePersistentVolumeClaimLost: 'critical after 5 minutes, as KubePersistentVolumeErrors: data may be lost',
  KubeCronJobMissed: 'warning after 15 minutes: it has not even started',
  KubeCronJobFailing: 'warning: two runs in a row have not succeeded',
  KubeHpaMetricsUnavailable: 'warning after 15 minutes, as KubeHpaReplicasMismatch',
  NodeExporterMissing: 'warning after 15 minutes, as NodeExporterDown',
  NodeFilesystemReadOnly: 'critical after 5 minutes: nothing can be written, and the disk may be lost',
  KubeAPIThrottledRequests: 'warning after 15 minutes, as KubeAPITerminatedRequests: clients retry, and everything is late',
  KubeAPILatencyHigh: 'warning after 15 minutes: one resource, where KubeAPIErrorBudgetBurn is about all',
  KubeAdmissionWebhookFailing: 'critical after 10 minutes: objects cannot be created or changed',
  KubeAdmissionWebhookBypassed: 'warning after 10 minutes: policies are not enforced',
  KubeAdmissionWebhookSlow: 'warning after 15 minutes, as KubeAPILatencyHigh, whose reason it is',
  KubeVolumeAttachmentPending: 'warning after 15 minutes, as KubePodNotReady, whose reason it is',
  KubeletVolumeOperationsFailing: 'warning after 15 minutes, as KubePodNotReady, whose reason it is',
  CoreDNSForwardHealthcheckFailureCount: 'warning after 10 minutes, as in coredns-mixin',
  CoreDNSForwardHealthcheckBrokenCount: 'warning after 10 minutes, as in coredns-mixin',
  CoreDNSForwardLatencyHigh: 'critical after 10 minutes, as in coredns-mixin',
  KubeSchedulerPendingPods: 'warning after 30 minutes: an autoscaler of nodes has had its time',
  KubeControllerManagerWorkQueueStuck: 'warning after 15 minutes: one kind of object is not looked after',
  KubeProxyNotSyncing: 'warning: one node routes to Pods that are gone',
  PrometheusTSDBWALCorruptions: 'warning at once: samples are lost',
  PrometheusTargetNearSampleLimit: 'warning after 15 minutes, as PrometheusScrapeSampleLimitHit, which comes after it and does not name the target',
  PrometheusSeriesBudgetExceeded: 'warning after 15 minutes: Prometheus has memory for more, but not for much more',
  PrometheusSeriesAbovePlan: 'warning after 15 minutes: its memory limit is three times what is planned',
  PrometheusRuleWithoutData: 'warning after 15 minutes: what uses the record is blind',
  PrometheusStorageFillingUp: 'warning after 15 minutes: what is left lasts for hours at least',
  PrometheusOutOfBoundsTimestamps: 'warning after 10 minutes, as PrometheusOutOfOrderTimestamps',
  etcdDown: 'critical after 15 minutes, as the components of the control plane',
  AlertmanagerDown: 'critical after 15 minutes: nobody may be notified',
  PrometheusOperatorDown: 'warning after 15 minutes: what it manages goes on',
  NodeExporterDown: 'warning after 15 minutes: the monitoring is blind, the node may be well',
  BlackboxExporterDown: 'warning after 15 minutes: the monitoring is blind, what it probes may be well',
  GrafanaDown: 'warning after 15 minutes: dashboards cannot be opened, alerts go on',
  MetricsServerDown: 'critical after 15 minutes, as the components of the control plane',
  MetricsApiUnavailable: 'critical after 5 minutes: nothing is scaled on CPU or memory, which peaks do not wait for',
  PrometheusAdapterDown: 'critical after 15 minutes, as the components of the control plane',
  CustomMetricsApiUnavailable: 'critical after 5 minutes: nothing is scaled on these metrics, which peaks do not wait for',
  CoreDNSDown: 'critical after 15 minutes, as the other components of the control plane',
  CoreDNSLatencyHigh: 'critical: resolvers give up after 5 seconds',
  CoreDNSErrorsHigh: 'warning above 1%, critical above 3%',
  CoreDNSForwardErrorsHigh: 'warning above 1%, critical above 3%',
  ProbeFailed: 'critical after 5 minutes: users see it too',
  KubeIngressProbeFailing: 'critical after 5 minutes: users see it too',
  VictoriaMetricsDown: 'critical after 15 minutes: senders keep samples for about two hours',
  VictoriaMetricsDiskFilling: 'warning after an hour, as persistent volumes',
  VictoriaMetricsReadOnly: 'critical after 5 minutes: nothing is stored',
  VictoriaMetricsIngestionFailing: 'critical after 15 minutes: samples are lost, as PrometheusRemoteStorageFailures',
  VictoriaMetricsRowsIgnored: 'warning after 15 minutes: some series are lost, the others are stored',
  InfluxDBDown: 'critical after 15 minutes: senders keep samples for about two hours',
  InfluxDBDiskFilling: 'warning after an hour, as persistent volumes',
  InfluxDBIngestionFailing: 'critical after 15 minutes: samples are lost, as PrometheusRemoteStorageFailures',
  InfluxDB2Down: 'critical after 15 minutes: senders keep samples for about two hours',
  InfluxDB2DiskFilling: 'warning after an hour, as persistent volumes',
  InfluxDB2IngestionFailing: 'critical after 15 minutes: samples wait in Prometheus for about two hours, and are lost then',
  ThanosSidecarIsDown: 'critical after 15 minutes, as all that are gone; of thanos-mixin',
  ThanosSidecarNoConnectionToStartedPrometheus: 'critical after 5 minutes, as in thanos-mixin',
  ThanosSidecarBucketOperationsFailed: 'critical, as in thanos-mixin, but after 15 minutes: uploads are repeated',
  ThanosSidecarNotUploading: 'critical after 6 hours: blocks are lost at the end of the local retention, also where nothing fails',
  ThanosQueryIsDown: 'critical after 15 minutes, as all that are gone; of thanos-mixin',
  ThanosQueryHttpRequestQueryErrorRateHigh: 'critical, as in thanos-mixin, but after 15 minutes: a store may restart',
  ThanosQueryHttpRequestQueryRangeErrorRateHigh: 'critical, as in thanos-mixin, but after 15 minutes: a store may restart',
  ThanosQueryInstantLatencyHigh: 'warning: slow answers are answers; of thanos-mixin',
  ThanosQueryRangeLatencyHigh: 'warning: slow answers are answers; of thanos-mixin',
  ThanosQueryOverload: 'warning after 15 minutes, as in thanos-mixin',
  ThanosQueryStoreMissing: 'warning after 10 minutes: answers silently lack samples, by default',
  ThanosQueryGrpcClientErrorRate: 'warning, as in thanos-mixin, but after 15 minutes: a store may restart',
  ThanosQueryHighDNSFailures: 'warning after 15 minutes, as in thanos-mixin, of the metrics that newer versions have',
  ThanosQueryFrontendIsDown: 'critical after 15 minutes, as all that are gone',
  ThanosQueryFrontendHttpErrorRateHigh: 'critical after 15 minutes, as those of Thanos Query: dashboards ask it',
  ThanosQueryFrontendCacheFailing: 'warning after 15 minutes: answers are right, and slow',
  ThanosStoreIsDown: 'critical after 15 minutes, as all that are gone; of thanos-mixin',
  ThanosStoreGrpcErrorRate: 'warning, as in thanos-mixin, but after 15 minutes',
  ThanosStoreBucketHighOperationFailures: 'warning after 15 minutes, as in thanos-mixin',
  ThanosStoreSeriesGateLatencyHigh: 'warning, as in thanos-mixin, but after 15 minutes',
  ThanosStoreObjstoreOperationLatencyHigh: 'warning, as in thanos-mixin, but after 15 minutes',
  ThanosReceiveIsDown: 'critical after 15 minutes, as all that are gone; of thanos-mixin',
  ThanosReceiveHttpRequestErrorRateHigh: 'critical, as in thanos-mixin, but after 15 minutes: Prometheus tries again',
  ThanosReceiveHighForwardRequestFailures: 'warning: copies are missing; of thanos-mixin',
  ThanosReceiveNoUpload: 'critical after 6 hours, as ThanosSidecarNotUploading; of thanos-mixin',
  ThanosRuleIsDown: 'critical after 15 minutes, as all that are gone; of thanos-mixin',
  ThanosRuleHighRuleEvaluationFailures: 'critical, as in thanos-mixin, but after 15 minutes: Query may restart',
  ThanosNoRuleEvaluations: 'critical, as in thanos-mixin, but after 15 minutes',
  ThanosRuleRuleEvaluationLatencyHigh: 'warning, as in thanos-mixin, but after 15 minutes',
  ThanosRuleQueueIsDroppingAlerts: 'critical, as in thanos-mixin, but after 15 minutes',
  ThanosRuleSenderIsFailingAlerts: 'critical, as in thanos-mixin, but after 15 minutes: an Alertmanager may restart',
  ThanosCompactIsDown: 'critical after 15 minutes, as all that are gone; of thanos-mixin',
  ThanosCompactMultipleRunning: 'critical: two compactors of one bucket damage blocks; of thanos-mixin',
  ThanosCompactHalted: 'warning after 5 minutes, as in thanos-mixin',
  ThanosCompactHighCompactionFailures: 'warning after 15 minutes, as in thanos-mixin',
  ThanosCompactBucketHighOperationFailures: 'warning after 15 minutes, as in thanos-mixin',
  ThanosCompactHasNotRun: 'warning after a day, as in thanos-mixin, but by runs instead of uploads, which an idle bucket has none of',
  SinkGatewayDown: 'critical after 15 minutes: senders keep samples for about two hours',
  SinkGatewayDeliveryFailing: 'critical after 15 minutes: senders keep samples for about two hours',
  SinkGatewaySamplesRejected: 'warning after 15 minutes: some samples are lost, the others are stored',
  SinkGatewayDeliverySlow: 'warning after 15 minutes: nothing is lost yet',
  SinkGatewaySamplesDropped: 'critical at once: samples are lost',
  SinkGatewayBufferLost: 'critical at once: samples are lost',
  SinkGatewayBufferFilling: 'warning after 5 minutes: nothing is lost yet, and the buffer may last for some more alone',
  SinkGatewayNotConnected: 'critical after 15 minutes: a buffer rarely lasts for longer',
  PrometheusRemoteWriteSamplesDropped: 'warning after 15 minutes: what Prometheus drops before it sends is in none of its counters of failures',
  ProbeCertificateExpiring: 'warning 14 days before the end, critical 2 days before',
};
