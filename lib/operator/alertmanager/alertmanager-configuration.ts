import { AlertmanagerConfigSelection } from './alertmanager-config-selection';
import { refusalBy } from './alertmanager-refusals';
import { VARIABLE } from '../variable-checks';
import { AlertRouting, Inhibition, Matcher } from '../../monitoring';
import { isMap, Plain, PlainMap, spell } from '../../wire/data';
import { fileSpelling } from '../../wire/file-spelling';
import { yamlText } from '../../yaml';

/**
 * The routes of teams come before ours, each for the alerts of its namespace. InfoInhibitor is one of them, and for nobody. Alertmanager has
 * muted alerts mute others all the same.
 */
function inhibitionsOfRoutesOnly(): Inhibition[] {
  const target = [Matcher.equal('alertname', 'InfoInhibitor')];
  return [
    new Inhibition({ source: [Matcher.equal('alertname', 'Watchdog')], target }),
    // without a Watchdog, what it has been fired for
    new Inhibition({ source: [Matcher.equal('severity', 'info')], target, equal: ['namespace'] }),
  ];
}

/**
 * The text that the operator reads from its Secret. As long as no configurations of teams are selected it passes on the text as it is; with
 * them it parses the text and writes it anew.
 */
export function configurationText(where: string, routing: AlertRouting, teams?: AlertmanagerConfigSelection, patched?: PlainMap): string {
  const text = teams !== undefined ? withTeams(where, patched ?? routing._render()) : patched === undefined ? routing._toYaml() : yamlText(patched);
  const variable = VARIABLE.exec(text);
  if (variable !== null) {
    throw new Error(`${where}: the routing has '${variable[0]}', which the operator's reloader takes for an environment variable and fails; in a template write '{{ "$" }}(${variable[1]})'`);
  }
  return text;
}

function withTeams(where: string, document: PlainMap): string {
  const refusal = refusalBy(document);
  if (refusal !== undefined) {
    const { place, setting, problem, wayOut } = refusal;
    throw new Error(`${where}: with teamConfigs, '${setting}' in ${place} ${problem}; ${wayOut}`);
  }
  const { inhibit_rules: rules, route } = document;
  const added = inhibitionsOfRoutesOnly().map((inhibition) => spell(inhibition._wire(), fileSpelling('alertmanager')));
  return yamlText({ ...document, route: asBranch(route), inhibit_rules: [...Array.isArray(rules) ? rules : [], ...added] });
}

/**
 * A root with the whole tree as one branch. The operator puts routes of teams before those of the root, and an alert that one of them takes
 * no longer falls to the root's own receiver.
 */
function asBranch(root: Plain): Plain {
  if (!isMap(root)) {
    return root;
  }
  const { routes, ...rest } = root;
  return { ...rest, routes: [{ receiver: rest.receiver, ...routes === undefined ? {} : { routes } }] };
}
