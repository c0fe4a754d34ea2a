import * as path from 'node:path';
import ts from 'typescript';
import { ROOT } from './support';

const FOLDER = path.join(ROOT, 'dashboards', 'grafana');

/**
 * What in the JSON of dashboards is not what Grafana reads, by the TypeScript compiler over the types of `dashboards/grafana/json.ts`: for each name
 * the places with the message.
 */
export function typeFaults(dashboards: ReadonlyMap<string, object>): Map<string, string[]> {
  const { options } = ts.parseJsonConfigFileContent(ts.readConfigFile(path.join(ROOT, 'tsconfig.dev.json'), (file) => ts.sys.readFile(file)).config, ts.sys, ROOT, {
    types: [], noEmit: true,
  });
  const texts = new Map([...dashboards].map(([name, json], i) => [path.join(FOLDER, `checked-${i}.ts`), {
    name, text: `import type { Dashboard } from './json';\nexport const dashboard: Dashboard =\n${JSON.stringify(json, null, 2)};\n`,
  }]));
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...texts.keys()], options, {
    ...host,
    getSourceFile: (file, version, ...rest) => {
      const text = texts.get(file)?.text;
      return text === undefined ? host.getSourceFile(file, version, ...rest) : ts.createSourceFile(file, text, version, true);
    },
    fileExists: (file) => texts.has(file) || host.fileExists(file),
    readFile: (file) => texts.get(file)?.text ?? host.readFile(file),
  });
  return new Map([...texts].map(([file, { name }]) => {
    const source = program.getSourceFile(file)!;
    return [name, program.getSemanticDiagnostics(source).map(({ messageText, start = 0 }) => (
      `${placeOf(source, start)}: ${ts.flattenDiagnosticMessageText(messageText, '\n').split('\n').at(-1)!.trim()}`
    ))];
  }));
}

/** Where in the JSON a position is: `panels[3].fieldConfig.defaults.unit`. */
function placeOf(source: ts.SourceFile, position: number): string {
  const steps: string[] = [];
  const visit = (node: ts.Node): void => {
    if (position < node.getStart() || position >= node.getEnd()) {
      return;
    }
    if (ts.isPropertyAssignment(node)) {
      steps.push(`.${node.name.getText().slice(1, -1)}`);
    } else if (ts.isArrayLiteralExpression(node.parent ?? node) && node.parent !== undefined && ts.isExpression(node)) {
      steps.push(`[${(node.parent as ts.ArrayLiteralExpression).elements.indexOf(node)}]`);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return steps.join('').replace(/^\./, '') || 'dashboard';
}
