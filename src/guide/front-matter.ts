// Reads the YAML between two `---` lines at the very top of a guide, and the little of TOML that a guide has use for. Only what a guide may say there is kept; YAML that
// cannot be read is one diagnostic at the place that the YAML parser names, and the rest of the guide is read as ever.
import { isMap, isScalar, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { placeOfFault, type Span } from '../base/index.ts';
import { type Diagnostic, makeDiagnostic } from '../diagnostics/index.ts';
import type { DeclaredParameter, FrontMatter } from './guide.ts';

const longest = 64 * 1024;
const none: FrontMatter = { span: null, alerts: [], parameters: [] };

/** The front matter, the offset at which the markdown begins, and what was wrong. */
export function readFrontMatter(
  text: string,
  from: number,
): { frontMatter: FrontMatter; bodyStart: number; diagnostics: Diagnostic[] } {
  const absent = { frontMatter: none, bodyStart: from, diagnostics: [] };
  if (text.startsWith('+++', from)) return tomlAt(text, from) ?? absent;
  if (!text.startsWith('---', from)) return absent;
  const opening = /^---[ \t]*(\r\n|\r|\n)/.exec(text.slice(from, from + 80));
  if (!opening) return absent;
  const start = from + opening[0].length;
  const window = text.slice(start, start + longest);
  const closing = /^(?:---|\.\.\.)[ \t]*$/m.exec(window);
  if (!closing) return absent;
  const yaml = window.slice(0, closing.index);
  if (!/^\s*(?:#.*\s*)*["']?[\w-]+["']?[ \t]*:/.test(yaml) && !/^\s*[{[]/.test(yaml)) {
    if (yaml.trim() !== '') return absent;
  }
  const end = start + closing.index + closing[0].length;
  const span = { start: from, end };
  const document = parse(yaml);
  const problem = document.errors[0];
  if (problem || (document.contents !== null && !isMap(document.contents))) {
    const at = start + Math.min(problem ? placeOfFault(problem, yaml) : 0, Math.max(0, yaml.length - 1));
    const because = problem ? firstLine(problem.message) : 'it is not a list of names and values';
    return { frontMatter: { ...none, span }, bodyStart: end, diagnostics: [invalid(at, because)] };
  }
  const map = document.contents;
  return { frontMatter: map ? readMap(map, span, start) : { ...none, span }, bodyStart: end, diagnostics: [] };
}

/** A name that the map of parameters has twice is no fault of YAML's here: the check on parameters tells it, and the rest is read. */
function parse(yaml: string): ReturnType<typeof parseDocument> {
  const document = parseDocument(yaml, { logLevel: 'silent' });
  if (document.errors.length === 0 || document.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return document;
  const lenient = parseDocument(yaml, { logLevel: 'silent', uniqueKeys: false });
  const entries: unknown = isMap(lenient.contents) ? lenient.contents.get('parameters', true) : null;
  const starts = new Set(
    isMap(entries) ? entries.items.map(({ key }) => (isScalar(key) ? key.range?.[0] : undefined)) : [],
  );
  return document.errors.every(({ pos }) => starts.has(pos[0])) ? lenient : document;
}

/** Between `+++` lines stands TOML (Hugo, Zola): no words of the guide, of which its title and owner are read. */
function tomlAt(text: string, from: number): ReturnType<typeof readFrontMatter> | null {
  const window = text.slice(from, from + longest);
  const match = /^\+{3}[ \t]*(?:\r\n|\r|\n)([^]*?)^\+{3}[ \t]*$/m.exec(window);
  const body = match?.[1] ?? '';
  if (!match || !/^\s*(?:#.*\s*)*(?:[\w."'-]+[ \t]*=|\[)/.test(body)) return null;
  const valueOf = (name: string): string | undefined =>
    new RegExp(`^${name}[ \\t]*=[ \\t]*(["'])(.{1,300}?)\\1[ \\t]*$`, 'm').exec(body)?.[2];
  const end = from + match[0].length;
  const title = valueOf('title');
  const owner = valueOf('owner');
  const read = { ...(title !== undefined && { title }), ...(owner !== undefined && { owner }) };
  return { frontMatter: { ...none, ...read, span: { start: from, end } }, bodyStart: end, diagnostics: [] };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/:$/, '').replace(/ at line \d+, column \d+/, '');
}

function invalid(at: number, because: string): Diagnostic {
  const message = `The front matter is not valid YAML (${because}), so nothing of it was read.`;
  const hint = 'Correct it, or remove the `---` lines if it is not meant as front matter.';
  return makeDiagnostic('guide.front-matter', { start: at, end: at + 1 }, message, { hint });
}

function readMap(map: YAMLMap, span: Span, base: number): FrontMatter {
  const title = textOf(map, 'title');
  const owner = textOf(map, 'owner');
  const verified = textOf(map, 'verified');
  const alerts = map.get('alerts', true);
  const list = isSeq(alerts) ? alerts.items : alerts === undefined ? [] : [alerts];
  return {
    span,
    ...(title !== undefined && { title }),
    ...(owner !== undefined && { owner }),
    ...(verified !== undefined && { verified }),
    alerts: list.flatMap((item) => (isScalar(item) && item.value !== null ? [String(item.value)] : [])),
    parameters: readParameters(map.get('parameters', true), base),
  };
}

/** Accepts a list of entries with `name`, a list of names, and a map from name to entry. */
function readParameters(node: unknown, base: number): DeclaredParameter[] {
  const found: DeclaredParameter[] = [];
  const place = (range: readonly number[] | null | undefined): Span => ({
    start: base + (range?.[0] ?? 0),
    end: base + (range?.[1] ?? 0),
  });
  if (isSeq(node)) {
    for (const item of node.items) {
      if (isScalar(item) && typeof item.value === 'string') found.push({ name: item.value, span: place(item.range) });
      if (!isMap(item)) continue;
      const name = item.get('name', true);
      if (isScalar(name) && typeof name.value === 'string') {
        found.push({ name: name.value, ...readEntry(item), span: place(name.range) });
      }
    }
  } else if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      found.push({ name: String(key.value), ...(isMap(value) ? readEntry(value) : {}), span: place(key.range) });
    }
  }
  return found;
}

function readEntry(map: YAMLMap): Omit<DeclaredParameter, 'name' | 'span'> {
  const type = textOf(map, 'type');
  const description = textOf(map, 'description');
  const pattern = textOf(map, 'pattern');
  const value = scalarOf(map, 'default');
  const required = scalarOf(map, 'required');
  const secret = scalarOf(map, 'secret');
  const examples = map.get('examples', true);
  return {
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
    ...(pattern !== undefined && { pattern }),
    ...(value !== undefined && { default: value }),
    ...(typeof required === 'boolean' && { required }),
    ...(typeof secret === 'boolean' && { secret }),
    ...(isSeq(examples) && {
      examples: examples.items.flatMap((item) => (isScalar(item) && item.value !== null ? [String(item.value)] : [])),
    }),
  };
}

function scalarOf(map: YAMLMap, key: string): string | number | boolean | undefined {
  const value: unknown = map.get(key);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function textOf(map: YAMLMap, key: string): string | undefined {
  const value = scalarOf(map, key);
  return value === undefined ? undefined : String(value);
}
