import { checkNoUrlSecret, checkUrl } from '../../checks';
import { didYouMean } from '../../text';
import { checkNotificationTemplate } from '../../templates/notification-template';

/** Words that open a block which `end` closes. */
const OPENING = new Set(['if', 'range', 'with', 'define', 'block']);

/** The actions of a Go template, without their braces and comments; throws where a brace, a quote or a comment is not closed. */
function actions(text: string, where: string): string[] {
  const found: string[] = [];
  let at = text.indexOf('{{');
  while (at >= 0) {
    const shown = text.slice(at, at + 30).split('\n')[0];
    if (/^\{\{(?:- )?\/\*/.test(text.slice(at, at + 6))) {
      const closed = text.indexOf('*/', at);
      if (closed < 0 || !/^\*\/(?: -)?\}\}/.test(text.slice(closed, closed + 6))) {
        throw new Error(`${where}: the comment '${shown}' is not closed; end it with '*/}}'`);
      }
      at = text.indexOf('{{', closed);
      continue;
    }
    let end = at + 2;
    let quote = '';
    while (end < text.length && (quote !== '' || !text.startsWith('}}', end))) {
      const char = text[end];
      if (quote === '' && text.startsWith('{{', end)) {
        break;
      }
      if (quote !== '' && quote !== '`' && char === '\\') {
        end++;
      } else if (quote !== '' ? char === quote : '"\'`'.includes(char)) {
        quote = quote === '' ? char : '';
      } else if (char === '\n' && quote !== '' && quote !== '`') {
        break;
      }
      end++;
    }
    if (!text.startsWith('}}', end) || quote !== '') {
      throw new Error(`${where}: the template action '${shown}' has ${quote === '' ? "no closing '}}'" : `an open ${quote}`}; close it`);
    }
    const action = text.slice(at + 2, end).replace(/^- /, '').replace(/ -$/, '').trim();
    if (action === '' || action === '-') {
      throw new Error(`${where}: the template action '${text.slice(at, end + 2)}' is empty; write an expression between the braces, or leave it out`);
    }
    found.push(action);
    at = text.indexOf('{{', end + 2);
  }
  return found;
}

/**
 * Throws unless the Go template in `text` has its braces, quotes and blocks closed, and asks for what Alertmanager has.
 * @see https://prometheus.io/docs/alerting/latest/notifications/
 */
export function checkMessageTemplate(text: string, where: string): void {
  const open: string[] = [];
  for (const action of actions(text, where)) {
    const word = /^[a-z]+/.exec(action)?.[0] ?? '';
    if (OPENING.has(word)) {
      open.push(action);
    } else if (word === 'end' && open.pop() === undefined) {
      throw new Error(`${where}: the template has an '{{ end }}' that closes nothing; remove it`);
    } else if (word === 'else' && open.length === 0) {
      throw new Error(`${where}: the template has an '{{ ${action} }}' outside of a block; open one with '{{ if … }}'`);
    }
  }
  const left = open.pop();
  if (left !== undefined) {
    throw new Error(`${where}: the template block '{{ ${left} }}' is not closed; close it with '{{ end }}'`);
  }
  checkNotificationTemplate(where, text);
}

/** Whether the text is rendered by Alertmanager, so that its value is not known at synth. */
export function isTemplated(text: string): boolean {
  return text.includes('{{');
}

/** The names that the text defines for other templates. */
export function definedTemplates(text: string): string[] {
  return [...text.matchAll(/\{\{-?\s*(?:define|block)\s+["`]([^"`]+)["`]/g)].map(([, name]) => name);
}

/** Throws where the text calls a template that is neither in `known` nor one of Alertmanager's own. */
export function checkTemplateCalls(text: string, known: readonly string[], where: string): void {
  for (const [, name] of text.matchAll(/\{\{-?\s*template\s+["`]([^"`]+)["`]/g)) {
    if (!known.includes(name) && !name.startsWith('__') && !name.includes('.default.')) {
      const suggestion = didYouMean(name, known);
      throw new Error(`${where}: no template defines '${name}'${suggestion}; define it in 'templates' by '{{ define "${name}" }}…{{ end }}'`);
    }
  }
}

/** Throws unless `url` is an http(s) URL without a secret in it; of one that is a template nothing else is known. */
export function checkTemplatedUrl(url: string | undefined, where: string): void {
  const wayOut = "give it by 'authorization' in 'httpConfig', or the whole URL by a SecretKey";
  if (url !== undefined && isTemplated(url)) {
    checkMessageTemplate(url, where);
    checkNoUrlSecret(url, where, wayOut);
  } else if (url !== undefined) {
    checkUrl(url, where, wayOut);
  }
}
