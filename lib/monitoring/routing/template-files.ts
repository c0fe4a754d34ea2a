import { checkMessageTemplate, checkTemplateCalls, definedTemplates } from './template';
import { visitTexts, Wire } from '../../wire/data';

/** The template files by file name; throws on names that are not file names, and on texts that are not templates or define none. */
export function templateFiles(templates: { readonly [name: string]: string } = {}): { [file: string]: string } {
  const files: { [file: string]: string } = {};
  for (const [name, text] of Object.entries(templates)) {
    const where = `AlertRouting: template '${name}'`;
    if (!/^[a-zA-Z0-9][-._a-zA-Z0-9]*$/.test(name)) {
      throw new Error(`${where}: the name is not that of a file; use letters, digits, '-', '_' and '.'`);
    }
    const file = name.endsWith('.tmpl') ? name : `${name}.tmpl`;
    if (file in files) {
      throw new Error(`${where}: there are two templates for the file '${file}'; rename one`);
    }
    checkMessageTemplate(text, where);
    if (definedTemplates(text).length === 0) {
      const defined = `{{ define "${name.replace(/\.tmpl$/, '')}" }}…{{ end }}`;
      throw new Error(`${where}: the text defines no template that receivers could use; wrap it in '${defined}'`);
    }
    files[file] = text;
  }
  return files;
}

/** Throws where the files or the settings call a template that is not defined. */
export function checkCalls(files: { readonly [file: string]: string }, settings: ReadonlyArray<readonly [where: string, data: Wire]>): void {
  const known = Object.values(files).flatMap(definedTemplates);
  for (const [file, text] of Object.entries(files)) {
    checkTemplateCalls(text, known, `AlertRouting: template '${file}'`);
  }
  for (const [where, data] of settings) {
    visitTexts(data, (text) => checkTemplateCalls(text, [...known, ...definedTemplates(text)], where));
  }
}

/** The patterns of files that are there already; throws on one that is relative, to a folder that differs between the backends. */
export function templatePatterns(patterns: readonly string[] = []): string[] {
  const relative = patterns.find((pattern) => !pattern.startsWith('/'));
  if (relative !== undefined) {
    throw new Error(`AlertRouting: templateFiles has '${relative}', which is not an absolute path; begin it with '/'`);
  }
  return [...patterns];
}
