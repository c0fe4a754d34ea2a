import { Duration } from 'cdk8s';
import { AlertmanagerGossipOptions, AlertmanagerServer, AlertRouting, Integration, Matcher, OperatedAlertmanager, Receiver, Route } from '../../lib';
import { newChart } from '../charts';

const seconds = (amount: number) => Duration.seconds(amount);

function routing(child?: Duration, root?: Duration): AlertRouting {
  const receiver = Receiver.of('team', Integration.webhook({ url: 'http://team.example.com' }));
  return new AlertRouting({
    route: new Route({ receiver, groupInterval: root, routes: [new Route({ matchers: [Matcher.equal('team', 'shop')], groupInterval: child, groupWait: seconds(1) })] }),
  });
}

/** What Alertmanagers of both backends say about the intervals of their routes. */
function notes(replicas: number, of: AlertRouting, gossip?: AlertmanagerGossipOptions): string[][] {
  const texts = (metadata: ReadonlyArray<{ readonly data: unknown }>) => metadata.map(({ data }) => String(data)).filter((text) => text.includes('groupInterval'));
  return [AlertmanagerServer, OperatedAlertmanager].map((Alertmanager) => (
    texts(new Alertmanager(newChart(), 'alertmanager', { replicas, routing: of, gossip }).node.metadata)
  ));
}

test.each<[string, number, AlertRouting, string]>([
  ['a route below the wait of the last of three', 3, routing(seconds(30)), 'Route {team="shop"}: groupInterval is 30s, and with 3 replicas the last one waits 30s for the others'],
  ['the root of a pair', 2, routing(undefined, seconds(10)), "Route to 'team': groupInterval is 10s, and with 2 replicas the last one waits 15s for the others"],
])('%s', (_, replicas, of, text) => {
  notes(replicas, of).forEach((said) => expect(said).toEqual([expect.stringContaining(text)]));
});

test.each<[string, number, AlertRouting]>([
  ['a single one waits for none', 1, routing(seconds(5))],
  ['the interval is longer', 3, routing(seconds(31))],
  ['none is given', 3, routing()],
  ['the configuration is a text', 3, AlertRouting.raw('route: { receiver: a, group_interval: 5s }\nreceivers: [{ name: a }]')],
])('nothing is said where %s', (_, replicas, of) => {
  expect(notes(replicas, of)).toEqual([[], []]);
});

test('the time-out of peers may be another', () => {
  expect(notes(3, routing(seconds(30)), { peerTimeout: seconds(5) })).toEqual([[], []]);
});
