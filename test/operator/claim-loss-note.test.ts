import { Chart, Size, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { ClaimRetention, OperatedAlertmanager, OperatedPrometheus, PrometheusServer, DataStorage } from '../../lib';

const TOLD = expect.stringContaining('the operator deletes a StatefulSet that refuses a change');

function notes(make: (chart: Chart, storage: DataStorage) => Construct, whenDeleted?: ClaimRetention): unknown[] {
  const storage = DataStorage.volumeClaimTemplate({ size: Size.gibibytes(1), whenDeleted });
  return make(new Chart(Testing.app(), 'test'), storage).node.metadata.map(({ data }): unknown => data);
}

test.each<[string, (chart: Chart, storage: DataStorage) => Construct]>([
  ['OperatedPrometheus', (chart, storage) => new OperatedPrometheus(chart, 'prometheus', { storage })],
  ['OperatedAlertmanager', (chart, storage) => new OperatedAlertmanager(chart, 'alertmanager', { storage })],
])('%s says that claims which go with a StatefulSet go when the operator makes it anew', (_, make) => {
  expect(notes(make, ClaimRetention.DELETE)).toEqual([TOLD]);
  expect(notes(make, ClaimRetention.RETAIN)).toEqual([]);
  expect(notes(make)).toEqual([]);
});

test('a StatefulSet of one\'s own is made anew by nobody', () => {
  expect(notes((chart, storage) => new PrometheusServer(chart, 'prometheus', { storage }), ClaimRetention.DELETE)).toEqual([]);
});
