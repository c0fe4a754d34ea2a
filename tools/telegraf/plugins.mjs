/**
 * Build tags of Telegraf with the plugins that gateways which buffer and their tests use. The program that is deployed has them all, and takes
 * hundreds of modules.
 */
export const TELEGRAF_TAGS = [
  'netgo', 'custom', 'inputs.http_listener_v2', 'inputs.internal', 'parsers.prometheusremotewrite', 'processors.template', 'processors.strings',
  'outputs.file', 'outputs.kafka', 'outputs.opensearch', 'outputs.elasticsearch', 'outputs.influxdb_v2', 'outputs.prometheus_client', 'serializers.template',
  'secretstores.docker',
].join(',');
