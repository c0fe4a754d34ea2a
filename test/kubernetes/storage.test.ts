import { Size } from 'cdk8s';
import { ClaimRetention, DataStorage, VolumeClaimTemplate } from '../../lib';
import { quantity } from '../../lib/units';

test.each([
  [Size.gibibytes(50), '50Gi'], [Size.tebibytes(1), '1024Gi'], [Size.mebibytes(1536), '1536Mi'], [Size.mebibytes(2048), '2Gi'], [Size.kibibytes(1500), '1500Ki'],
])('%j is written %s', (size, text) => {
  expect(quantity(size)).toBe(text);
});

test('an emptyDir', () => {
  expect(DataStorage.emptyDir()._volume('data')).toEqual([{ name: 'data', emptyDir: {} }]);
  expect(DataStorage.emptyDir({ sizeLimit: Size.gibibytes(1) })._volume('data')).toEqual([{ name: 'data', emptyDir: { sizeLimit: { value: '1Gi' } } }]);
  expect(DataStorage.emptyDir()._claims('data')).toEqual({});
});

test('an existing claim', () => {
  expect(DataStorage.existingClaim('metrics')._volume('data')).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'metrics' } }]);
});

test('a claim for each replica', () => {
  const template: Required<VolumeClaimTemplate> = {
    name: 'metrics', subPath: 'tsdb/eu', size: Size.gibibytes(10), storageClassName: 'fast', whenDeleted: ClaimRetention.DELETE, whenScaled: ClaimRetention.DELETE,
  };
  const storage = DataStorage.volumeClaimTemplate(template);
  expect(storage._volume('data')).toEqual([]);
  expect(storage._mount('data', '/prometheus', 'prometheus')).toEqual({ name: 'metrics', mountPath: '/prometheus', subPath: 'tsdb/eu' });
  expect(storage._claims('data')).toEqual({
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' },
    volumeClaimTemplates: [{
      metadata: { name: 'metrics' },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeMode: 'Filesystem', resources: { requests: { storage: { value: '10Gi' } } } },
    }],
  });
});

test.each<[string, DataStorage, object]>([
  ['nothing in an emptyDir', DataStorage.emptyDir(), { name: 'data' }],
  ['the program\'s own in a claim', DataStorage.existingClaim('metrics'), { name: 'data', subPath: 'prometheus-db' }],
  ['the program\'s own in claims of a template', DataStorage.volumeClaimTemplate(), { name: 'data', subPath: 'prometheus-db' }],
  ['a given one', DataStorage.existingClaim('metrics', { subPath: 'data' }), { name: 'data', subPath: 'data' }],
  ['none for the root', DataStorage.existingClaim('metrics', { subPath: '/' }), { name: 'data' }],
  ['none for the root, left empty', DataStorage.volumeClaimTemplate({ subPath: '' }), { name: 'data' }],
])('the folder is %s', (_, storage, mount) => {
  expect(storage._mount('data', '/prometheus', 'prometheus')).toEqual({ mountPath: '/prometheus', ...mount });
});

test.each(['/data', 'data/', 'a//b', '../other', 'a/../b', './a', '.'])('%j is no folder in a volume', (subPath) => {
  const message = `subPath '${subPath}' is not a folder in the volume; write it as 'prometheus-db' or 'data/prometheus', and '/' for the root`;
  expect(() => DataStorage.existingClaim('metrics', { subPath })).toThrow(`DataStorage.existingClaim: ${message}`);
  expect(() => DataStorage.volumeClaimTemplate({ subPath })).toThrow(`DataStorage.volumeClaimTemplate: ${message}`);
});

test.each(['Data', 'my_data', '', 'a'.repeat(64), '-data'])('%j names no claim template', (name) => {
  expect(() => DataStorage.volumeClaimTemplate({ name })).toThrow(`DataStorage.volumeClaimTemplate: '${name}' cannot name a volume, which a claim template does; `);
});

test.each(['config', 'rules', 'secret-0', 'kube-api-access', 'config-out', 'tls-assets', 'prometheus-main-rulefiles-0'])('%s is the name of another volume', (name) => {
  expect(() => DataStorage.volumeClaimTemplate({ name }))
    .toThrow(`DataStorage.volumeClaimTemplate: '${name}' is the name of another volume of the Pods; give the template another 'name'`);
});

test('a claim keeps its data, and takes the size that it is told late', () => {
  const { persistentVolumeClaimRetentionPolicy, volumeClaimTemplates } = DataStorage.volumeClaimTemplate()._claims('data', Size.gibibytes(3));
  expect(persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  expect(volumeClaimTemplates?.[0].spec?.resources?.requests?.storage.value).toBe('3Gi');
});

test('a claim has a name', () => {
  expect(() => DataStorage.existingClaim('')).toThrow("DataStorage.existingClaim: name: '' is not the name of an object; use at most 253 lower-case letters, digits, '-' and '.', a letter or digit first and last");
  expect(() => DataStorage.existingClaim('My_Claim')).toThrow("DataStorage.existingClaim: name: 'My_Claim' is not the name of an object; use at most 253 lower-case letters, digits, '-' and '.', a letter or digit first and last");
  expect(() => DataStorage.volumeClaimTemplate({ storageClassName: 'Fast!' })).toThrow("DataStorage.volumeClaimTemplate: storageClassName: 'Fast!' is not the name of a storage class");
  expect(() => DataStorage.volumeClaimTemplate({ storageClassName: '' })).not.toThrow();
});

test('a claim has a size', () => {
  expect(() => DataStorage.volumeClaimTemplate({ size: Size.kibibytes(0) }))
    .toThrow('DataStorage.volumeClaimTemplate: size: a size of zero holds nothing; leave it out, or give a larger one');
});
