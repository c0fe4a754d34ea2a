import { KindName } from './text-kinds';

/**
 * Props by the kind of text that they are: by their name, or by that and what declares them where a name means several things. Of all others any
 * text is right that can be written; test/api/any-text.ts knows them.
 */
export const PROPS_BY_KIND: { readonly [kind in KindName]?: string } = {
  // of Kubernetes
  objectName: `claimName className gateway issuerName priorityClassName runtimeClassName sectionName DataStorage.existingClaim.name
    SecretKey.fromSecretName.name`,
  storageClass: 'storageClassName',
  constructName: `AutoscalingProps.name CoreDnsMonitorProps.name InstanceOptions.name
    ObjectOptions.name AlertmanagerConfigProps.name ExistingPrometheusProps.name`,
  volumeName: 'VolumeClaimTemplate.name',
  namespaceName: `namespace namespaces denyNamespaces exceptNamespaces gatewayNamespace instanceNamespaces nodeNamespace watchNamespaces
    MonitoringNamespaceProps.name`,
  serviceName: 'serviceName KubeletServiceOptions.name',
  portName: 'ScrapeEndpointProps.port ServiceProbeSelection.port ExistingAlertmanagerProps.portName',
  servicePortName: 'ExistingPrometheusService.portName',
  containerName: 'ScalingMetric.containerCpuUtilization.container ScalingMetric.containerMemoryUtilization.container',
  labelKey: `copyLabels copyNodeLabels jobLabel LabelExpression.in.key LabelExpression.notIn.key LabelExpression.exists.key
    LabelExpression.doesNotExist.key`,
  labelKeyOrAll: 'KubeStateKeys.keys',
  labelValue: `discoveryLabels grafanaLabels kubeletNodes namespaceLabels nodeLabels nodeSelector podLabels pods serviceAccountLabels serviceLabels
    LabelExpression.in.values LabelExpression.notIn.values AlertmanagerConfigProps.labels CoreDnsMonitorProps.labels ExistingPrometheusProps.labels
    IngressProbeSelection.labels MonitoringNamespaceProps.labels NodeScrapeProps.labels PodScrapeProps.labels ServiceProbeSelection.labels
    ServiceScrapeProps.labels ScalingMetric.perPod.labels ScalingMetric.ofObject.labels
    ScalingMetric.external.labels AlertmanagerConfigSelection.withLabels.labels ObjectSelector.labels.labels`,
  annotationKey: 'folderAnnotation',
  annotationValue: `podAnnotations serviceAccountAnnotations serviceAnnotations ClusterIpExposure.annotations HostExposure.annotations
    PrometheusOperatorCrdsProps.annotations`,
  annotationPrefix: 'annotationPrefix',
  apiGroup: 'apiGroup KubeStateCustomResource.group MetricResourceProps.group',
  apiVersion: 'KubeStateCustomResource.version',
  resourceName: 'plural MetricResourceProps.resource',
  kindName: 'KubeStateCustomResource.kind',
  dataKey: 'admin ca certificate privateKey read write InfluxDb2SecretKeys.token',
  keyOfObject: 'SecretKey.of.key SecretKey.fromSecretName.key ConfigMapKey.of.key ObjectStorage.fromSecret.key',
  image: 'image reloaderImage',
  registry: 'registry',
  subPath: 'subPath',

  // of Prometheus and Alertmanager
  metricName: 'record MetricSelection.dropsMetric.metric',
  labelName: `clusterLabel replicaLabel replicaLabels mergedReplicaLabels containerLabel namespaceLabel nodeLabel podLabel labelName labelFromKey equal
    groupBy label RuleEdit.label.name RuleEdit.annotation.name`,
  relabeledLabel: 'targetLabel sourceLabels',
  labelText: `commonLabels externalLabels requiredMatchers targetLabels AlertingRuleProps.labels RecordingRuleProps.labels RuleGroupProps.labels
    StaticTargetGroup.labels TcpExchange.labels
    RuleEdit.label.value Matcher.equal.value Matcher.notEqual.value Severity.of.value`,
  regex: `ignoredFilesystemTypes ignoredMountPoints ignoredInterfaces ignoredDisks ignoredUnits ignoredTargets ignoredVolumeNamespaces
    KubeStateRuleOptions.namespaces`,
  judgedRegex: `excludedFileSystemTypes excludedMountPoints excludedNetworkDevices failIfAllMatch failIfAnswerNotMatches failIfBodyMatches
    failIfBodyNotMatches failIfMatches failIfNoneMatches failIfNotMatches portPattern regexp`,
  joinedRegex: 'expect regex MetricSelection.keepByLabels.labels MetricSelection.dropByLabels.labels MetricSelection.keep.metrics MetricSelection.drop.metrics',
  metricPattern: 'metricAllowlist metricDenylist optInMetrics',
  promQl: 'expr',
  selector: 'match series',
  adapterQuery: 'containerQuery nodeQuery query',
  template: 'summary RuleEdit.annotation.value AlertingRuleProps.annotations AlertingRuleProps.description',
  ruleName: 'alert RuleGroupProps.name',
  jobName: `jobName apiServerJobName kubeStateJobName kubeletJobName prometheusJobName versionedJobs ScrapeJobOptions.name ScrapeJob.raw.name
    AnnotatedScrapeProps.name FederationOptions.name`,
  endpointName: 'ScrapeEndpointProps.name NodeScrapeProps.portName',
  feature: 'enableFeatures',
  integration: 'criticalIntegrations',
  integrationKind: 'Integration.custom.kind',
  timeOfDay: 'start end',
  timeZone: 'location',
  metricOfApi: 'CustomQueryMetricProps.name ExternalQueryMetricProps.name SeriesMetricProps.name',
  metricPart: 'CustomResourceMetricProps.name metricNamePrefix',
  collector: 'NodeCollector.of.name',
  probeModule: `BlackboxModule.http.name BlackboxModule.tcp.name BlackboxModule.icmp.name BlackboxModule.dns.name BlackboxModule.grpc.name
    BlackboxModule.unix.name BlackboxModule.raw.name`,
  flag: 'extraFlags',
  bytes: 'expectBytes send separator replacement',

  // of networks
  url: `apiUrl authUrl externalUrl httpProxy httpsProxy ingestionEndpoint jiraApiUrl logoutUrl opsgenieApiUrl pagerDutyUrl proxyUrl queryUrl
    rocketChatApiUrl runbookUrl telegramApiUrl tokenUrl url userInfoUrl victorOpsApiUrl weChatApiUrl webexApiUrl`,
  host: 'host additionalHosts',
  lookedUpName: 'queryName DnsDiscoveryOptions.names',
  hostPort: `additionalPeers brokers certificates server smarthost GrafanaDatabaseProps.host ThanosMemcachedOptions.addresses ThanosQueryProps.addresses
    TracingOptions.endpoint StaticScrapeProps.targets StaticTargetGroup.targets`,
  serverName: 'serverName',
  ipAddress: 'sourceIpAddress',
  nodeAddress: 'controlPlaneAddresses',
  instanceAddress: 'InstanceOptions.addresses',
  ipRange: 'sourceRanges',
  noProxy: 'noProxy',
  probeTarget: 'AddressProbeOptions.targets ProbeScrapeProps.targets',
  path: 'pathPrefix HostExposure.path HostExposure.paths ScrapeEndpointProps.path',
  headerName: 'HeaderMatch.header',
  headerValue: 'headers GrpcModuleOptions.metadata',
  storageEndpoint: 'AzureStorageOptions.endpoint S3StorageOptions.endpoint',

  // names, ids and the like
  userName: 'BasicAuthProps.username',
  line: `actions cluster ConsulDiscoveryOptions.pathPrefix loadBalancerClass allowedDomains authIdentity authUsername corpId agentId datacenter device environment externalId filter hello kmsKeyId
    ignoreResourceAttributes labelsFromEntry labelsFromPath list module partition profile promoteResourceAttributes queryClass reopenTransition resolveTransition resourceGroup
    scopes scrapeClass services sessionName sound tagSeparator toParty toTag toUser userAssignedId validRcodes valueFrom weChatCorpId
    wontFixResolution AzureDiscoveryOptions.clientId AzureDiscoveryOptions.tenantId ConsulDiscoveryOptions.namespace
    ConsulDiscoveryOptions.nodeMeta ConsulDiscoveryOptions.tags CustomResourceMetricProps.path Ec2DiscoveryOptions.region Ec2Filter.name Ec2Filter.values GrafanaCloudOptions.username
    GrpcModuleOptions.service JiraProps.labels JiraProps.priority MattermostProps.channel MattermostProps.type OpsgenieProps.tags
    RemoteReadProps.name RemoteWriteOptions.name RocketChatProps.channel RuleEditOptions.group SigV4Options.tags failIfBodyJsonMatchesCel
    failIfBodyJsonNotMatchesCel`,
  name: `adminUser bucket channel database defaultTenant folder from groupsClaim issueType org project retentionPolicy roomId routingKey storageAccount subscriptionId tenant to topic user zone
    AzureStorageOptions.container DataSourceOptions.name DataSourceProps.name DataSourceProps.type GrafanaDatabaseProps.name GrafanaOidc.clientId
    GrafanaOidc.name InhibitionProps.name KafkaUser.username OAuth2Props.clientId Receiver.of.name ReceiverProps.name TimeIntervalProps.name`,
  exactName: `clientId dataCollectionRule index prefix region scheme scope tenantId workspaceId`,
  roleArn: 'roleArn',
  templatedArn: 'targetArn topicArn',
  phoneNumber: 'phoneNumber',
  version: 'ExistingPrometheusProps.version',
  operatorVersion: 'operatorVersion',
  serverVersion: 'ElasticsearchSinkOptions.version',
  uid: 'uid homeDashboard',
  choice: 'method compression queryType validHttpVersions',

  // files, and what is in them
  filePath: 'files templateFiles textfileDirectory Dashboard.fromFile.path RuleSet.fromFile.path',
  fileContent: 'templates AlertRouting.raw.text RuleSet.fromText.text Dashboard.fromJson.json',
  pem: 'caBundle pem',
  setting: 'settings',

  // of other services
  cardColor: 'color',
  // of whatever is written, though others of the name are of a kind
  text: `EmailProps.headers JiraProps.summary PushoverProps.url RocketChatAction.url RocketChatProps.color SlackAction.url`,
};
