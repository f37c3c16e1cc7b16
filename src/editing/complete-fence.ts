// Completion on the line that opens a code block: its language, its settings, and the values that some of these take.
import type { Completion, KnownTool } from './completion.ts';

const languages: readonly (readonly [string, string])[] = [
  ['sql', 'a query'],
  ['bash', 'a command'],
  ['http', 'a request'],
  ['promql', 'a query of metrics'],
  ['logql', 'a query of logs'],
  ['kusto', 'a query'],
  ['powershell', 'a command'],
  ['python', 'a script'],
  ['json', 'shown, never performed'],
  ['yaml', 'shown, never performed'],
  ['text', 'shown, never performed'],
];

const attributes: readonly { readonly name: string; readonly detail: string; readonly values: readonly string[] }[] = [
  { name: 'tool', detail: 'the tool of tsg.yaml to use', values: [] },
  { name: 'as', detail: 'keep the result under this name for later guards', values: [] },
  { name: 'dialect', detail: 'how the query is written', values: ['postgres', 'mysql', 'duckdb', 'sqlite'] },
  { name: 'timeout', detail: 'give up after this time', values: ['10s', '30s', '1m', '5m'] },
  { name: 'retries', detail: 'try again when the tool cannot be reached', values: ['1', '2', '3'] },
];

/** What a setting of a code block is for; undefined when it is none. */
export function aboutAttribute(name: string): string | undefined {
  return attributes.find((attribute) => attribute.name === name)?.detail;
}

/** `info` is what stands after the fence's signs, up to the cursor. */
export function completeFence(info: string, tools: readonly KnownTool[], offset: number): Completion[] {
  const words = info.split(/[ \t]+/);
  const last = words.at(-1) ?? '';
  const span = { start: offset - last.length, end: offset };
  if (words.length === 1) {
    const spoken = new Map(tools.flatMap((tool) => tool.languages.map((language) => [language, tool.name] as const)));
    const others = languages.filter(([language]) => !spoken.has(language));
    return [
      ...[...spoken].map(([label, tool]): Completion => ({
        kind: 'language',
        label,
        detail: tool,
        insert: label,
        span,
      })),
      ...others.map(([label, detail]): Completion => ({ kind: 'language', label, detail, insert: label, span })),
    ];
  }
  const value = /^(\w+)=(\S*)$/.exec(last);
  if (value) {
    const [, name = '', written = ''] = value;
    const place = { start: offset - written.length, end: offset };
    if (name === 'tool') {
      const language = words[0] ?? '';
      const speaking = tools.filter((tool) => tool.languages.includes(language));
      return (speaking.length > 0 ? speaking : tools).map((tool) => ({
        kind: 'tool',
        label: tool.name,
        detail: tool.languages.join(', '),
        insert: tool.name,
        span: place,
      }));
    }
    const values = attributes.find((attribute) => attribute.name === name)?.values ?? [];
    return values.map((label) => ({ kind: 'value', label, insert: label, span: place }));
  }
  const given = new Set(words.flatMap((word) => /^(\w+)=/.exec(word)?.[1] ?? []));
  return attributes
    .filter(({ name }) => !given.has(name))
    .map(({ name, detail }) => ({ kind: 'attribute', label: name, detail, insert: `${name}=`, span }));
}
