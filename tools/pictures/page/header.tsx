import type { GrafanaTheme2 } from '@grafana/data';
import { Icon } from '@grafana/ui';
import type { Dashboard, Variable } from '../../../dashboards/grafana/json';
import type { Range } from '../../../dashboards/live/http-api';
import { HEADER } from '../layout';

interface HeaderProps {
  readonly dashboard: Dashboard;
  readonly values: Readonly<Record<string, string>>;
  readonly range: Range;
  readonly theme: GrafanaTheme2;
}

/** `15 minutes`, `6 hours`. */
function durationOf(seconds: number): string {
  const [amount, unit] = seconds % 3600 === 0 ? [seconds / 3600, 'hour'] : [Math.round(seconds / 60), 'minute'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

function shown(variable: Variable, values: HeaderProps['values']): string {
  const value = values[variable.name];
  return variable.type === 'datasource' ? variable.current.text : variable.type === 'query' && value === variable.allValue ? 'All' : value;
}

/** The title, the variables and the menus of a dashboard. */
export function Header({ dashboard: { title, templating, links }, values, range: { from, to }, theme }: HeaderProps) {
  const pill = { border: `1px solid ${theme.colors.border.medium}`, padding: '5px 8px', fontSize: 13, background: theme.colors.background.primary };
  const { secondary } = theme.colors.text;
  return (
    <div style={{ height: HEADER, display: 'flex', alignItems: 'center', gap: 12, padding: '0 8px', boxSizing: 'border-box', whiteSpace: 'nowrap' }}>
      <span style={{ fontSize: 18, fontWeight: 500 }}>{title}</span>
      {templating.list.filter(({ hide }) => hide !== 2).map((variable) => (
        <span key={variable.name}>
          <span style={{ ...pill, color: secondary, borderRight: 'none' }}>{variable.label}</span><span style={pill}>{shown(variable, values)}</span>
        </span>
      ))}
      <span style={{ flex: 1 }} />
      {links.map((link) => <span key={link.title} style={{ ...pill, color: secondary }}>{link.title} <Icon name="angle-down" /></span>)}
      <span style={{ ...pill, display: 'flex', gap: 6 }}><Icon name="clock-nine" />Last {durationOf(to - from)}</span>
    </div>
  );
}
