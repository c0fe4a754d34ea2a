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
    size: Size.gibibytes(10), storageClassName: 'fast', whenDeleted: ClaimRetention.DELETE, whenScaled: ClaimRetention.DELETE,
  };
  const storage = DataStorage.volumeClaimTemplate(template);
  expect(storage._volume('data')).toEqual([]);
  expect(storage._claims('data')).toEqual({
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' },
    volumeClaimTemplates: [{
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', volumeMode: 'Filesystem', resources: { requests: { storage: { value: '10Gi' } } } },
    }],
  });
});

test('a claim keeps its data, and takes the size that it is told late', () => {
  const { persistentVolumeClaimRetentionPolicy, volumeClaimTemplates } = DataStorage.volumeClaimTemplate()._claims('data', Size.gibibytes(3));
  expect(persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  expect(volumeClaimTemplates?.[0].spec?.resources?.requests?.storage.value).toBe('3Gi');
});

test('a claim has a name', () => {
  expect(() => DataStorage.existingClaim('')).toThrow('DataStorage.existingClaim: the name is empty; name the PersistentVolumeClaim, in the namespace of the Prometheus');
});

test('a claim has a size', () => {
  expect(() => DataStorage.volumeClaimTemplate({ size: Size.kibibytes(0) }))
    .toThrow("DataStorage.volumeClaimTemplate: size 0Ki is below one MiB; give the size of each replica's claim");
});
