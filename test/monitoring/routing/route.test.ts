import { Duration } from 'cdk8s';
import { AlertRouting, Integration, Matcher, Receiver, Route, RouteProps, TimeInterval, YearRange } from '../../../lib/monitoring/routing';
import { checkConfig, written } from './support';

const team = Receiver.of('team', Integration.webhook({ url: 'http://team' }));
const critical = Matcher.equal('severity', 'critical');
const holidays = new TimeInterval({ name: 'holidays', years: [YearRange.only(2030)] });
const office = new TimeInterval({ name: 'office', years: [YearRange.only(2031)] });

test('all the props', () => {
  const inner = new Route({ matchers: [Matcher.equal('team', 'a')], groupByAll: true });
  const props: Required<Omit<RouteProps, 'groupByAll'>> = {
    receiver: team, matchers: [critical, Matcher.notEqual('env', 'test')], continue: true, groupBy: ['cluster', 'alertname'],
    groupWait: Duration.seconds(0),
    groupInterval: Duration.seconds(90), repeatInterval: Duration.hours(12), muteTimeIntervals: [holidays], activeTimeIntervals: [office],
    routes: [inner],
  };
  const route = new Route(props);
  expect(written(route._wire())).toEqual({
    receiver: 'team', matchers: ['severity="critical"', 'env!="test"'], continue: true, group_by: ['cluster', 'alertname'], group_wait: '0s',
    group_interval: '90s', repeat_interval: '12h', mute_time_intervals: ['holidays'], active_time_intervals: ['office'],
    routes: [expect.objectContaining({ matchers: ['team="a"'], group_by: ['...'] })],
  });
  expect([route.receiver, route.matchers, route.continues, route.routes, route.timeIntervals])
    .toEqual([team, props.matchers, true, [inner], [holidays, office]]);
  const routing = new AlertRouting({ routes: [route] });
  expect(checkConfig(routing)).toContain('SUCCESS');
  expect(routing._render().time_intervals).toMatchObject([{ name: 'holidays' }, { name: 'office' }]);
});

test('a caller\'s arrays are not kept', () => {
  const matchers = [critical];
  const route = new Route({ matchers });
  matchers.push(critical);
  route.matchers.push(critical);
  expect(route.matchers).toHaveLength(1);
});

test('a route may take what one before it passes on, or what that takes in part', () => {
  expect(() => new Route({ routes: [new Route({ matchers: [critical], continue: true }), new Route({ matchers: [critical] })] })).not.toThrow();
  const narrow = new Route({ matchers: [critical, Matcher.equal('a', 'b')] });
  expect(() => new Route({ routes: [narrow, new Route({ matchers: [critical] }), new Route({})] })).not.toThrow();
});

test.each<[string, () => unknown, string]>([
  ['groupBy label', () => new Route({ groupBy: ['a '] }), "Route: groupBy[0]: 'a ' is not a label name"],
  [
    'groupBy twice', () => new Route({ groupBy: ['a', 'b', 'a'], matchers: [critical] }),
    "Route {severity=\"critical\"}: groupBy: label 'a' is named twice; name each label once",
  ],
  ['groupBy ...', () => new Route({ groupBy: ['...'] }), "Route: groupBy has '...'; set 'groupByAll' instead"],
  ['groupBy and all', () => new Route({ groupBy: ['a'], groupByAll: true }), "got 'groupBy' and 'groupByAll'; keep one of them"],
  [
    'groupInterval', () => new Route({ groupInterval: Duration.seconds(0), receiver: team }),
    "Route to 'team': groupInterval is zero; give a minute or more",
  ],
  [
    'repeatInterval', () => new Route({ repeatInterval: Duration.seconds(0) }),
    'Route: repeatInterval is zero; give some hours',
  ],
  ['negative', () => new Route({ groupWait: Duration.seconds(-1) }), 'negative'],
  [
    'after one that takes all', () => new Route({ routes: [new Route({ receiver: team }), new Route({ matchers: [critical] })] }),
    "Route: no alert reaches 'Route {severity=\"critical\"}' because 'Route to 'team'' before it matches them all; "
    + "let that one 'continue', or put it after",
  ],
  [
    'after one that takes more',
    () => new Route({ routes: [new Route({ matchers: [critical] }), new Route({ matchers: [Matcher.equal('a', 'b'), critical] })] }),
    "no alert reaches 'Route {a=\"b\", severity=\"critical\"}'",
  ],
])('%s', (_, act, message) => {
  expect(act).toThrow(message);
});
