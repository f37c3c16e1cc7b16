// Declares the parameter that a placeholder stands for, beside those that the guide declares already: in its front matter, in the
// list that asks for them, or in front matter of its own.
import { contains } from '../base/index.ts';
import type { TextEdit } from '../diagnostics/index.ts';
import type { Guide } from '../guide/index.ts';
import type { Parameter } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { actionAt } from './places.ts';

/** A declaration that is put in. */
export interface Declaration {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/**
 * Declares the parameter of the placeholder at the offset; null where none stands, or where it is declared. A guide that declares none
 * gets them all: one that declares some has to declare the others too.
 */
export function declareParameterAt({ guide, plan }: Analysis, offset: number): Declaration | null {
  const here = { start: offset, end: offset };
  const name = actionAt(plan, offset)?.placeholders.find(({ span }) => contains(span, here))?.parameter;
  const { parameters } = plan.guide;
  const declared = parameters.filter(({ origin }) => origin === 'declared');
  if (name === undefined || !plainName.test(name) || declared.some((one) => one.name === name)) return null;
  const names = declared.length > 0 ? [name] : parameters.map((one) => one.name).filter((one) => plainName.test(one));
  const edit = declarationIn(guide, declared.at(-1), names);
  const title =
    names.length > 1 ? `Declare the ${names.length} parameters of this guide` : `Declare the parameter \`${name}\``;
  return edit && { title, edits: [edit] };
}

/** A name that YAML reads as the words that it is. */
const plainName = /^(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z_][\w-]*$/i;

function declarationIn(guide: Guide, last: Parameter | undefined, names: readonly string[]): TextEdit | null {
  const { span, parameters } = guide.frontMatter;
  const [name = ''] = names;
  if (last?.source && (!span || last.source.span.start >= span.end))
    return listItem(guide, last.source.span.start, name);
  const entry = parameters.at(-1);
  if (span && entry) return listEntry(guide, entry.span.start, span.end, name);
  const list = `parameters:\n${names.map((one) => `  - name: ${one}\n    description: ${wordsOf(one)}\n`).join('')}`;
  if (!span) {
    const start = guide.text.startsWith('\uFEFF') ? 1 : 0;
    return { span: { start, end: start }, newText: `---\n${list}---\n\n` };
  }
  const closing = lineAt(guide, span.end);
  const within = guide.text.slice(span.start, closing);
  // A list in one line, or one without entries, is for the author to write.
  if (!within.startsWith('---') || /^\s*["']?parameters\b/m.test(within) || /^[{[]/m.test(within)) return null;
  return { span: { start: closing, end: closing }, newText: list };
}

/** Behind the entry at the offset, as that one is written: `- name: x`, `- x` or `x:`. */
function listEntry(guide: Guide, at: number, end: number, name: string): TextEdit | null {
  const first = guide.lines.positionAt(at).line;
  const closing = guide.lines.positionAt(end).line;
  const [, indent = '', dash = '', key = ''] =
    /^([ \t]*)(-[ \t]+)?(name:[ \t]*)?["']?[\w-]/.exec(lineOf(guide, first)) ?? [];
  if (indent === '' && dash === '') return null;
  let line = first;
  const isInside = (words: string): boolean =>
    words.trim() === '' || /^[ \t]*/.exec(words)?.[0].startsWith(`${indent} `) === true;
  while (line + 1 < closing && isInside(lineOf(guide, line + 1))) line++;
  while (line > first && lineOf(guide, line).trim() === '') line--;
  const inner = `${indent}${' '.repeat(dash === '' ? 2 : dash.length)}`;
  const about = `\n${inner}description: ${wordsOf(name)}`;
  const head = dash === '' ? `${name}:` : key === '' ? name : ['name:', name].join(' ');
  const newText = `\n${indent}${dash}${head}${dash !== '' && key === '' ? '' : about}`;
  const place = guide.lines.lineSpan(line).end;
  return { span: { start: place, end: place }, newText };
}

/** Behind the item at the offset: "- `region`: The region". */
function listItem(guide: Guide, at: number, name: string): TextEdit | null {
  const { line } = guide.lines.positionAt(at);
  const [, bullet] = /^([ \t>]*[-*+][ \t]+)`/.exec(lineOf(guide, line)) ?? [];
  if (bullet === undefined) return null;
  const place = guide.lines.lineSpan(line).end;
  return { span: { start: place, end: place }, newText: `\n${bullet}\`${name}\`: ${wordsOf(name)}` };
}

function lineOf({ lines, text }: Guide, line: number): string {
  const { start, end } = lines.lineSpan(line);
  return text.slice(start, end);
}

/** Where the line of an offset begins. */
function lineAt({ lines }: Guide, offset: number): number {
  return lines.lineSpan(lines.positionAt(offset).line).start;
}

/** What a name says: "start_time" is a start time. It is put together by hand, for it goes into the guide as it is, in no translation. */
function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .replace(/^\s*(?:the|your)\s+/i, '')
    .trim();
  const said = words.toUpperCase() === words ? words.toLowerCase() : words;
  return said === '' ? name : ['The', said.replace(/[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase())].join(' ');
}
