import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject, App, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import { stringify } from 'yaml';
import { PrometheusOperatorCrd, PrometheusOperatorCrds, PrometheusOperatorCrdsProps } from '../../../lib/operator';
import { PROGRAMS } from '../../../lib/versions';
import { Loose, objectsIn } from '../../manifests';

const root = path.join(__dirname, '..', '..', '..');
const folder = path.join(root, 'crds');
const files = fs.readdirSync(folder).sort();
const definitions: Loose[] = files.map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')));
const definitionOf = (kind: PrometheusOperatorCrd) => definitions.find(({ spec }) => spec.names.kind === kind);
/** Kinds whose definitions are read soon. */
const small = [PrometheusOperatorCrd.POD_MONITOR, PrometheusOperatorCrd.PROBE, PrometheusOperatorCrd.PROMETHEUS_RULE];
const kindsOf = (objects: readonly Loose[]): string[] => objects.map(({ spec }) => spec.names.kind);

/** Where in a schema a description stands; a property may be called so. */
function descriptions(schema: Loose, at = ''): string[] {
  return Object.entries<Loose>(schema).flatMap(([key, value]) => (
    key === 'description' && typeof value === 'string' ? [at] : typeof value === 'object' && value !== null ? descriptions(value, `${at}/${key}`) : []
  ));
}

/** A chart with definitions, and what it is written as. */
function synthesized(props?: PrometheusOperatorCrdsProps): { readonly objects: Loose[]; readonly text: string } {
  const app = Testing.app();
  const chart = new Chart(app, 'crds', { namespace: 'ops', labels: { team: 'a' } });
  new PrometheusOperatorCrds(chart, 'crds', props);
  const objects: Loose[] = Testing.synth(chart);
  app.synth();
  return { objects, text: fs.readFileSync(path.join(app.outdir, 'crds.k8s.yaml'), 'utf8') };
}

describe('the files of crds/', () => {
  test('are the ten definitions of the operator', () => {
    const told = definitions.map(({ metadata, spec }, i) => [
      files[i], metadata.name, spec.scope, spec.versions.map(({ name }: Loose) => name).join(), JSON.stringify(definitions[i]).length,
    ]);
    expect(told).toMatchSnapshot();
    expect(kindsOf(definitions).sort()).toEqual(Object.values(PrometheusOperatorCrd).sort());
    expect(definitions.map(({ spec }) => spec.group)).toEqual(definitions.map(() => 'monitoring.coreos.com'));
  });

  test('fit into the annotation in which client-side apply keeps them', () => {
    const largest = Math.max(...definitions.map((definition) => Buffer.byteLength(JSON.stringify(definition))));
    expect(largest).toBeGreaterThan(50_000);
    expect(largest).toBeLessThan(262_144 / 2);
  });

  test('have no descriptions', () => {
    const found = definitions.flatMap(({ spec }) => spec.versions.flatMap(({ schema }: Loose) => descriptions(schema, spec.names.kind)));
    expect(found).toEqual([]);
  });

  test('are of the version that is deployed, and so are the Go types that they are made from', () => {
    const { version } = PROGRAMS.prometheusOperator;
    expect(definitions.map(({ metadata }) => `v${metadata.annotations['operator.prometheus.io/version']}`)).toEqual(definitions.map(() => version));
    expect(fs.readFileSync(path.join(root, 'tools/crds/go.mod'), 'utf8')).toContain(`prometheus-operator/pkg/apis/monitoring ${version}\n`);
    expect(PROGRAMS.configReloader.version).toBe(version);
  });
});

describe('the modules of imports/', () => {
  const modules = fs.readdirSync(path.join(root, 'imports')).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts')).sort();

  test('are of the versions that are stored, one kind each', () => {
    const made = modules.map((file) => {
      const text = fs.readFileSync(path.join(root, 'imports', file), 'utf8');
      return [...text.matchAll(/apiVersion: '(.+)',\n {4}kind: '(.+)',/g)].map(([, apiVersion, kind]) => [apiVersion, kind]);
    });
    expect(made).toEqual(made.map(([[, kind]]) => {
      const { spec } = definitions.find((definition) => definition.spec.names.kind === kind);
      return [[`${spec.group}/${spec.versions.find(({ storage }: Loose) => storage).name}`, kind]];
    }));
    expect(modules).toMatchSnapshot();
  });

  test('are used by the operator backend, each of them', () => {
    const sources = fs.readdirSync(path.join(root, 'lib/operator'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const texts = sources.map((file) => fs.readFileSync(path.join(root, 'lib/operator', file), 'utf8'));
    expect(modules.filter((file) => !texts.some((text) => text.includes(`imports/${file.slice(0, -3)}'`)))).toEqual([]);
  });
});

describe('PrometheusOperatorCrds', () => {
  test('defines what a Prometheus and an Alertmanager need', () => {
    const { objects } = synthesized();
    expect(kindsOf(objects)).toEqual([
      'Alertmanager', 'AlertmanagerConfig', 'PodMonitor', 'Probe', 'Prometheus', 'PrometheusRule', 'ScrapeConfig', 'ServiceMonitor',
    ]);
    expect(objects.map(({ metadata }) => metadata)).toMatchSnapshot();
  });

  test('defines all kinds, and the kinds that are named in one order', () => {
    expect(kindsOf(synthesized({ kinds: PrometheusOperatorCrds.allKinds() }).objects)).toEqual(Object.values(PrometheusOperatorCrd));
    expect(kindsOf(synthesized({ kinds: [PrometheusOperatorCrd.THANOS_RULER, PrometheusOperatorCrd.PROMETHEUS_RULE] }).objects))
      .toEqual(['PrometheusRule', 'ThanosRuler']);
  });

  test('gives what an ApiObject of the file gives, with the labels of the chart and without its namespace', () => {
    const { objects } = synthesized({ kinds: PrometheusOperatorCrds.allKinds() });
    const chart = new Chart(Testing.app(), 'crds', { labels: { team: 'a' } });
    PrometheusOperatorCrds.allKinds().forEach((kind) => new ApiObject(chart, kind, definitionOf(kind)));
    expect(JSON.stringify(objects)).toBe(JSON.stringify(Testing.synth(chart)));
  });

  test('is written as JSON, which is YAML, and read as what it is', () => {
    const { objects, text } = synthesized({ kinds: small });
    expect(objectsIn(text)).toEqual(objects);
    expect(text.split('---\n')).toHaveLength(objects.length);
    text.split('---\n').forEach((one, i) => {
      const [title, ...json] = one.split('\n');
      expect(title).toBe(`# ${objects[i].metadata.name}`);
      expect(JSON.parse(json.join('\n'))).toEqual(objects[i]);
    });
  });

  test('is written the same twice', () => {
    expect(synthesized().text).toBe(synthesized().text);
  });

  test('is written as it was changed after it was rendered, alone and within something else', () => {
    const [{ ...first }, second] = synthesized({ kinds: small }).objects;
    second.metadata.labels.team = 'b';
    expect(objectsIn(Yaml.stringify(second))).toEqual([second]);
    expect(objectsIn(stringify({ items: [second] }))).toEqual([{ items: [second] }]);
    expect(objectsIn(Yaml.stringify(first))).toEqual([first]);
    expect(second.metadata.labels.team).toBe('b');
    expect(first.kind).toBe('CustomResourceDefinition');
  });

  test('all the props', () => {
    const props: Required<PrometheusOperatorCrdsProps> = {
      kinds: [PrometheusOperatorCrd.SCRAPE_CONFIG],
      annotations: { 'helm.sh/resource-policy': 'keep', 'operator.prometheus.io/version': PROGRAMS.prometheusOperator.version.slice(1) },
    };
    expect(synthesized(props).objects.map(({ metadata }) => metadata)).toEqual([{
      name: 'scrapeconfigs.monitoring.coreos.com',
      labels: { team: 'a' },
      annotations: { ...definitionOf(PrometheusOperatorCrd.SCRAPE_CONFIG).metadata.annotations, ...props.annotations },
    }]);
    expect(props.kinds).toEqual(['ScrapeConfig']);
  });

  test('can be patched', () => {
    const chart = Testing.chart();
    const crds = new PrometheusOperatorCrds(chart, 'crds');
    const probe = crds.definitionOf(PrometheusOperatorCrd.PROBE);
    probe.addJsonPatch(JsonPatch.replace('/spec/preserveUnknownFields', false), JsonPatch.add('/spec/names/shortNames/-', 'pr'));
    probe.metadata.addAnnotation('a', 'b');
    const { metadata, spec } = Testing.synth(chart).find((object: Loose) => object.spec.names.kind === 'Probe');
    expect(spec.names.shortNames).toEqual([...definitionOf(PrometheusOperatorCrd.PROBE).spec.names.shortNames, 'pr']);
    expect(spec.preserveUnknownFields).toBe(false);
    expect(metadata.annotations.a).toBe('b');
    expect(Testing.synth(chart).find((object: Loose) => object.spec.names.kind === 'Probe').spec).toEqual(spec);
  });

  test('tells its kinds and its version', () => {
    const kinds = [PrometheusOperatorCrd.SERVICE_MONITOR, PrometheusOperatorCrd.POD_MONITOR];
    const crds = new PrometheusOperatorCrds(Testing.chart(), 'crds', { kinds });
    crds.kinds.push(PrometheusOperatorCrd.PROBE);
    expect(crds.kinds).toEqual(['PodMonitor', 'ServiceMonitor']);
    expect(kinds).toEqual(['ServiceMonitor', 'PodMonitor']);
    expect(crds.version).toBe(PROGRAMS.prometheusOperator.version);
  });

  test('in a chart of its own comes first', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'a-stack');
    new ApiObject(chart, 'probe', { apiVersion: 'monitoring.coreos.com/v1', kind: 'Probe' });
    const crds = new Chart(app, 'b-crds');
    new PrometheusOperatorCrds(crds, 'crds');
    chart.addDependency(crds);
    app.synth();
    expect(fs.readdirSync(app.outdir).sort()).toEqual(['0000-b-crds.k8s.yaml', '0001-a-stack.k8s.yaml']);
  });
});

describe('PrometheusOperatorCrds refuses', () => {
  const make = (props: PrometheusOperatorCrdsProps) => () => new PrometheusOperatorCrds(Testing.chart(), 'crds', props);

  test('to define nothing', () => {
    expect(make({ kinds: [] })).toThrow(
      "test/crds: no kind to define; name some, or leave 'kinds' out for those that a Prometheus and an Alertmanager need",
    );
  });

  test('a kind twice', () => {
    expect(make({ kinds: [PrometheusOperatorCrd.PROBE, PrometheusOperatorCrd.POD_MONITOR, PrometheusOperatorCrd.POD_MONITOR] })).toThrow(
      "test/crds: PrometheusOperatorCrd.POD_MONITOR is listed twice in 'kinds'; list it once",
    );
  });

  test('a kind without those that the operator watches for it', () => {
    expect(make({ kinds: [PrometheusOperatorCrd.PROMETHEUS, PrometheusOperatorCrd.SERVICE_MONITOR, PrometheusOperatorCrd.POD_MONITOR] })).toThrow(
      'test/crds: for Prometheus the operator waits until Probe, PrometheusRule are defined, and ends when it has waited ten minutes; '
      + "add PrometheusOperatorCrd.PROBE, PrometheusOperatorCrd.PROMETHEUS_RULE to 'kinds', or leave PrometheusOperatorCrd.PROMETHEUS out",
    );
    expect(make({ kinds: [PrometheusOperatorCrd.ALERTMANAGER] })).toThrow('the operator waits until AlertmanagerConfig is defined');
    expect(make({ kinds: [PrometheusOperatorCrd.PROMETHEUS_AGENT] })).toThrow('waits until PodMonitor, Probe, ServiceMonitor are defined');
    expect(make({ kinds: [PrometheusOperatorCrd.THANOS_RULER] })).toThrow('waits until PrometheusRule is defined');
  });

  test('another value for an annotation of the release', () => {
    expect(make({ annotations: { 'operator.prometheus.io/version': '1.2.3' } })).toThrow(
      `test/crds/Alertmanager: annotation 'operator.prometheus.io/version' is the operator's own, '${PROGRAMS.prometheusOperator.version.slice(1)}'; `
      + "leave it out of 'annotations'",
    );
  });

  test('to give a definition that it does not make', () => {
    const crds = new PrometheusOperatorCrds(Testing.chart(), 'crds');
    expect(() => crds.definitionOf(PrometheusOperatorCrd.THANOS_RULER)).toThrow(
      "test/crds: ThanosRuler is not defined here; add PrometheusOperatorCrd.THANOS_RULER to 'kinds'",
    );
  });

  test('resources of a kind that it does not define, in its chart and in those that depend on it', () => {
    const app = new App();
    const charts = ['crds', 'dependent', 'constructive', 'other'].map((id) => new Chart(app, id));
    const [own, dependent, constructive] = charts;
    const crds = new PrometheusOperatorCrds(own, 'crds');
    dependent.addDependency(own);
    constructive.node.addDependency(crds);
    charts.forEach((chart) => {
      new ApiObject(chart, 'agent', { apiVersion: 'monitoring.coreos.com/v1alpha1', kind: 'PrometheusAgent' });
      new ApiObject(chart, 'probe', { apiVersion: 'monitoring.coreos.com/v1', kind: 'Probe' });
      new ApiObject(chart, 'namesake', { apiVersion: 'example.com/v1', kind: 'ThanosRuler' });
      new ApiObject(chart, 'unknown', { apiVersion: 'monitoring.coreos.com/v1', kind: 'Unknown' });
    });
    expect(crds.node.validate()).toEqual(['crds', 'dependent', 'constructive'].map((chart) => (
      `${chart}/agent: PrometheusAgent is not defined by 'crds/crds'; add PrometheusOperatorCrd.PROMETHEUS_AGENT to its 'kinds', which are `
      + 'Alertmanager, AlertmanagerConfig, PodMonitor, Probe, Prometheus, PrometheusRule, ScrapeConfig, ServiceMonitor'
    )));
  });

  test('to define a kind twice in a chart', () => {
    const chart = Testing.chart();
    const kinds = [PrometheusOperatorCrd.SCRAPE_CONFIG];
    ['a', 'b'].forEach((id) => new PrometheusOperatorCrds(chart, id, { kinds }));
    expect(() => Testing.synth(chart)).toThrow("CustomResourceDefinition 'scrapeconfigs.monitoring.coreos.com' already exists");
  });
});
