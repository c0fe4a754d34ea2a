import { Duration } from 'cdk8s';
import { defineHttp, IntegrationDefinition } from '../integration-definition';
import { IntegrationNeed, need } from '../integration-need';
import { HttpNotifierProps } from '../notifier-props';
import { checkTemplatedUrl } from '../template';
import { checkNotEmpty, checkPositive } from '../../../checks';
import { promDuration } from '../../../units';
import { toWireMap, verbatim } from '../../../wire/data';

/** API of a Jira. */
export enum JiraApiType {
  /** As the URL says: Jira Cloud's search is used below `atlassian.net`. */
  AUTO = 'auto',
  /** Jira Cloud. */
  CLOUD = 'cloud',
  /** Jira Data Center. */
  DATA_CENTER = 'datacenter',
}

/**
 * An issue in Jira, which is resolved and opened again with its alerts. Needs Alertmanager v0.28. All texts are templates. Credentials are given by
 * `httpConfig`: `basicAuth` for Jira Cloud, `authorization` for a personal access token.
 * @see https://prometheus.io/docs/alerting/latest/configuration/#jira_config
 */
export interface JiraProps extends HttpNotifierProps {
  /**
   * URL of the API, as `https://example.atlassian.net/rest/api/3/`.
   * @default - that of the global settings
   */
  readonly apiUrl?: string;

  /**
   * API of the Jira. Needs Alertmanager v0.29.
   * @default JiraApiType.AUTO
   */
  readonly apiType?: JiraApiType;

  /** Key of the project. */
  readonly project: string;

  /** Type of the issue, as `Bug`. */
  readonly issueType: string;

  /**
   * Title of the issue.
   * @default - status, number and common labels of the alerts
   */
  readonly summary?: string;

  /**
   * Update the title of an issue that exists. Needs Alertmanager v0.30 if it is false.
   * @default true
   */
  readonly updateSummary?: boolean;

  /**
   * Description of the issue.
   * @default - the alerts with annotations and labels
   */
  readonly description?: string;

  /**
   * Update the description of an issue that exists. Needs Alertmanager v0.30 if it is false.
   * @default true
   */
  readonly updateDescription?: boolean;

  /**
   * Labels of the issue.
   * @default - one by which Alertmanager finds it again
   */
  readonly labels?: string[];

  /**
   * Priority of the issue.
   * @default - by the severity: High, Medium or Low
   */
  readonly priority?: string;

  /**
   * Name of the workflow transition that resolves the issue.
   * @default - the issue stays open
   */
  readonly resolveTransition?: string;

  /**
   * Name of the workflow transition that opens a resolved issue again.
   * @default - a new issue is made
   */
  readonly reopenTransition?: string;

  /**
   * Resolution by which an issue is never opened again.
   * @default - none
   */
  readonly wontFixResolution?: string;

  /**
   * Time after which a resolved issue is not opened again, in whole minutes.
   * @default - it always is
   */
  readonly reopenDuration?: Duration;

  /**
   * Other fields of the issue by their names in Jira, as `customfield_10001`; texts in them are templates.
   * @default - none
   */
  readonly fields?: { readonly [field: string]: unknown };
}

/** A text that is not to be updated is a map in Alertmanager 0.30. */
function field(template: string | undefined, updates: boolean = true) {
  return updates ? template : { template, enableUpdate: false };
}

/** What it must have, of its own or from the global settings. */
export const JIRA_NEEDS: readonly IntegrationNeed[] = [need("'apiUrl'", "'jiraApiUrl'", ['api_url'], ['jira_api_url'])];

/** Throws on an invalid URL, and on an empty project or type of issue. */
export function jira(props: JiraProps): IntegrationDefinition {
  const where = 'Integration.jira';
  checkTemplatedUrl(props.apiUrl, `${where}: apiUrl`);
  checkNotEmpty(props.project, `${where}: 'project'`, 'give the key of a project');
  checkNotEmpty(props.issueType, `${where}: 'issueType'`, "give the type of the issue, as 'Bug'");
  checkPositive(props.reopenDuration, `${where}: 'reopenDuration'`, 'leave it out to open issues again however old they are');
  return defineHttp(where, props, {
    kind: 'jira_configs',
    settings: {
      apiUrl: props.apiUrl,
      apiType: props.apiType,
      project: props.project,
      issueType: props.issueType,
      summary: field(props.summary, props.updateSummary),
      description: field(props.description, props.updateDescription),
      labels: props.labels,
      priority: props.priority,
      resolveTransition: props.resolveTransition,
      reopenTransition: props.reopenTransition,
      wontFixResolution: props.wontFixResolution,
      reopenDuration: promDuration(props.reopenDuration),
      fields: verbatim(toWireMap(props.fields ?? {}, `${where}: fields`)),
    },
  });
}
