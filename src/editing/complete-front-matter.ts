// Completion between the two `---` lines: keys of the guide and of its parameters, and the values that some of them take.
import type { Completion } from './completion.ts';

interface KeyFacts {
  readonly name: string;
  readonly detail: string;
  readonly values?: readonly string[];
}

/** Keys of the guide. */
const guideKeys: readonly KeyFacts[] = [
  { name: 'title', detail: "the guide's title" },
  { name: 'owner', detail: 'who keeps it' },
  { name: 'alerts', detail: 'names of the alerts it is for' },
  { name: 'verified', detail: 'when someone last followed it to its end' },
  { name: 'parameters', detail: 'values that the guide needs' },
];

/** Keys of one parameter. */
const parameterKeys: readonly KeyFacts[] = [
  { name: 'name', detail: 'as in the placeholder {name}' },
  {
    name: 'type',
    detail: 'string when absent',
    values: ['string', 'number', 'integer', 'boolean', 'timestamp', 'duration'],
  },
  { name: 'description', detail: 'what it is, for the person who is asked' },
  { name: 'default', detail: 'the value when none is given' },
  { name: 'examples', detail: 'values as they may look' },
  { name: 'required', detail: 'false: a run may go on without it', values: ['true', 'false'] },
  { name: 'pattern', detail: 'RE2 expression for the whole value' },
  { name: 'secret', detail: 'true: never written to a journal, log or output', values: ['true', 'false'] },
];

/** What a key of the front matter is for; `inner` keys are those of a parameter. */
export function aboutKey(name: string, inner: boolean): string | undefined {
  return (inner ? parameterKeys : guideKeys).find((key) => key.name === name)?.detail;
}

/** `above` are the lines before the cursor's, the opening `---` included; `below` those after it. */
export function completeFrontMatter(
  line: string,
  above: readonly string[],
  below: readonly string[],
  offset: number,
): Completion[] {
  const value = /^\s*(?:-\s+)?([\w-]+):[ \t]+(\w*)$/.exec(line);
  if (value) return valuesOf(value[1] ?? '', value[2] ?? '', line, offset);
  const key = /^([ \t]*)(-[ \t]+)?([\w-]*)$/.exec(line);
  if (!key) return [];
  const [, indent = '', dash = '', written = ''] = key;
  const span = { start: offset - written.length, end: offset };
  const column = indent.length + dash.length;
  if (column === 0) {
    const given = keysAt(0, [...above, ...below]);
    return guideKeys
      .filter(({ name }) => !given.has(name))
      .map(({ name, detail }): Completion => {
        const list = name === 'parameters';
        const insert = list
          ? 'parameters:\n  - name: ${1:name}\n    description: ${2:What it is}'
          : name === 'alerts'
            ? 'alerts: [${1}]'
            : `${name}: `;
        return { kind: 'key', label: name, detail, insert, holders: insert.includes('${'), span };
      });
  }
  if (sectionOf(above) !== 'parameters') return [];
  const entry = entryAround(indent.length, dash !== '', above, below);
  const given = keysAt(column, entry);
  if (dash === '' && given.size === 0) {
    const insert = '- name: ${1:name}\n  description: ${2:What it is}';
    return [{ kind: 'snippet', label: '- name', detail: 'another parameter', insert, holders: true, span }];
  }
  return parameterKeys
    .filter(({ name }) => !given.has(name))
    .map(({ name, detail }) => ({ kind: 'key', label: name, detail, insert: `${name}: `, span }));
}

function valuesOf(key: string, written: string, line: string, offset: number): Completion[] {
  const facts = /^\s/.test(line) || line.startsWith('-') ? parameterKeys.find(({ name }) => name === key) : undefined;
  const span = { start: offset - written.length, end: offset };
  return (facts?.values ?? []).map((label) => ({ kind: 'value', label, insert: label, span }));
}

/** The last key at the margin above. */
function sectionOf(above: readonly string[]): string | undefined {
  return /^([\w-]+):/.exec(above.findLast((line) => /^[\w-]+:/.test(line)) ?? '')?.[1];
}

/** The other lines of the entry that the cursor's line belongs to. */
function entryAround(
  indent: number,
  isStart: boolean,
  above: readonly string[],
  below: readonly string[],
): readonly string[] {
  const starts = (line: string): boolean => /^\s*-(\s|$)/.test(line) || /^[^\s-]/.test(line) || line.startsWith('---');
  const from = isStart
    ? above.length
    : above.findLastIndex((line) => starts(line) && indentOf(line) < Math.max(1, indent));
  const to = below.findIndex(starts);
  return [...above.slice(Math.max(0, from)), ...below.slice(0, to < 0 ? below.length : to)];
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}

/** Keys that begin in a column, a dash before them counted as blanks. */
function keysAt(column: number, lines: readonly string[]): ReadonlySet<string> {
  const keys = lines.flatMap((line) => {
    const found = /^(\s*(?:-\s+)?)([\w-]+):/.exec(line);
    return found?.[1]?.length === column && found[2] !== undefined ? [found[2]] : [];
  });
  return new Set(keys);
}
