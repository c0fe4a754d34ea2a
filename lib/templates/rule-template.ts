import { checkGoTemplate, TemplateDialect } from './go-template';

/** Templates of labels and annotations of rules. */
const RULES: TemplateDialect = {
  program: 'Prometheus',
  functions: [
    'query', 'first', 'label', 'value', 'strvalue', 'args', 'reReplaceAll', 'safeHtml', 'match', 'title', 'toUpper', 'toLower', 'graphLink',
    'tableLink', 'sortByLabel', 'stripPort', 'stripDomain', 'humanize', 'humanize1024', 'humanizeDuration', 'humanizePercentage',
    'humanizeTimestamp', 'toTime', 'toDuration', 'now', 'pathPrefix', 'externalURL', 'parseDuration', 'urlQueryEscape',
  ],
  variables: ['$', '$labels', '$externalLabels', '$externalURL', '$value'],
  fields: new Map([['Labels', 1], ['ExternalLabels', 1], ['ExternalURL', 0], ['Value', 0]]),
  fieldOf: new Map([['$labels', 'Labels'], ['$externalLabels', 'ExternalLabels'], ['$externalURL', 'ExternalURL'], ['$value', 'Value']]),
  instead: new Map(),
};

/**
 * Throws unless `text` is a template that Prometheus can expand in a label or annotation of an alert: Go's grammar, the functions
 * and variables that exist, and the fields that the alert has.
 */
export function checkRuleTemplate(where: string, text: string): void {
  checkGoTemplate(where, text, RULES);
}
