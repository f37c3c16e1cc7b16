// Turns what the schema says about a settings file into a sentence a person can act on, with its place in the text.
import { isMap, isPair, isScalar, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import { nearName, typeWords } from '../base/index.ts';
import { toolKinds } from '../tools/index.ts';
import { settingsSchema } from './settings-schema.ts';

/** A fault with offsets into the text. */
export interface RawProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint?: string;
}

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The problems that one schema issue stands for (an issue may name several unknown keys). */
export function describeIssue(issue: Issue, document: Document, text: string): readonly RawProblem[] {
  const where = spanOf(document, issue.path);
  const subject = issue.path.length === 0 ? 'This file' : `\`${issue.path.map(String).join('.')}\``;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, issue, document));
    case 'invalid_union':
      return [describeUnion(issue, document, text)];
    case 'invalid_key': {
      const detail = issue.issues[0]?.message ?? 'expected a name';
      return [
        { ...keySpan(document, issue.path), message: `${subject} is not a name that can be used here; ${detail}.` },
      ];
    }
    default: {
      const expected = expectation(issue);
      const missing = document.getIn(issue.path as unknown[]) === undefined;
      if (missing) return [{ ...where, message: `${subject} is missing; expected ${expected}.` }];
      const message = `${subject} is ${found(document, issue.path, text)}; expected ${expected}.`;
      return [{ ...where, message, ...hintOf(indentHint(issue.path)) }];
    }
  }
}

/** Offsets of the value at a path; where it is missing, of the nearest key above it. */
export function spanOf(document: Document, path: Path): { start: number; end: number } {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : (document.getIn(path.slice(0, length) as unknown[], true) as Node);
    if (length < path.length && length > 0) return keySpan(document, path.slice(0, length));
    const range = node && typeof node === 'object' ? node.range : undefined;
    if (range) return length === 0 ? { start: range[0], end: range[0] } : { start: range[0], end: range[1] };
  }
  return { start: 0, end: 0 };
}

/** Offsets of the key that a path ends in. */
export function keySpan(document: Document, path: Path): { start: number; end: number } {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1) as unknown[], true);
  const last = String(path.at(-1));
  if (isMap(parent))
    for (const pair of parent.items)
      if (isPair(pair) && isScalar(pair.key) && String(pair.key.value) === last && pair.key.range)
        return { start: pair.key.range[0], end: pair.key.range[1] };
  return path.length > 1 ? spanOf(document, path.slice(0, -1)) : { start: 0, end: 0 };
}

function unknownKey(key: string, issue: Issue, document: Document): RawProblem {
  const inside = issue.path.length === 0 ? 'this file' : `\`${issue.path.map(String).join('.')}\``;
  const known = knownKeys(issue.path, document);
  const close = nearName(key, known) ?? sameThing(key, known);
  return {
    ...keySpan(document, [...issue.path, key]),
    message: `\`${key}\` is not a setting of ${inside}${known.length > 0 ? `; expected ${list(known)}` : ''}.`,
    ...(close !== undefined && { hint: `did you mean \`${close}\`?` }),
  };
}

/** Other words for settings, most of them what another kind, or another product, calls them. */
const otherWords: Readonly<Record<string, RegExp>> = {
  baseUrl: /^(url|endpoint|address|base|server|host)$/i,
  url: /^(baseUrl|endpoint|address)$/i,
  host: /^(hostname|server|address|url|endpoint)$/i,
  user: /^(username|login|as)$/i,
  password: /^(pass|passwd|pwd|secret|token)$/i,
  database: /^(db|dbname|schema|catalog)$/i,
  data: /^(path|file|files|folder|dir|directory)$/i,
  cwd: /^(dir|directory|folder|workdir|working-?directory|path)$/i,
  auth: /^(token|bearer|login|credentials|basic|password)$/i,
  bash: /^(shell|command|program|path)$/i,
  command: /^(python|node|program|interpreter|args|path)$/i,
  identity: /^(key|keyfile|identity-?file|private-?key)$/i,
  tls: /^(ssl|sslmode|encrypt)$/i,
  timeout: /^(timeoutMs|timeoutSeconds|limit)$/i,
};

function sameThing(key: string, known: readonly string[]): string | undefined {
  return known.find((name) => otherWords[name]?.test(key) === true);
}

/** Keys that the schema knows at a path; a tool's depend on its kind. */
function knownKeys(path: Path, document: Document): readonly string[] {
  let schema: Schema | undefined = settingsSchema as unknown as Schema;
  for (let depth = 0; ; depth++) {
    while (schema?._zod.def.innerType) schema = schema._zod.def.innerType;
    const definition: SchemaDefinition | undefined = schema?._zod.def;
    if (definition?.options && depth <= path.length) {
      const at = (key: string): unknown => document.getIn([...path.slice(0, depth), key]);
      const options: readonly Schema[] = definition.options.flatMap((option) => option._zod.def.options ?? [option]);
      const chosen = options.find((option) => chooses(option, 'kind', at) && chooses(option, 'engine', at));
      if (!chosen) return [...new Set(options.flatMap((option) => Object.keys(option._zod.def.shape ?? {})))];
      schema = chosen;
    }
    if (depth >= path.length) return Object.keys(schema?._zod.def.shape ?? {}).filter((key) => key !== '$schema');
    const inner: SchemaDefinition | undefined = schema?._zod.def;
    schema = inner?.shape ? inner.shape[String(path[depth])] : (inner?.valueType ?? inner?.element);
  }
}

/** True when a map's value at `key` is one that this option is for; a key that the option leaves open counts too. */
function chooses(option: Schema, key: string, at: (key: string) => unknown): boolean {
  let schema = option._zod.def.shape?.[key];
  const value = at(key);
  if (!schema) return key !== 'kind';
  let open = false;
  for (let inner = schema._zod.def.innerType; inner; inner = schema._zod.def.innerType) {
    schema = inner;
    open = true;
  }
  return (open && value === undefined) || schema._zod.def.values?.includes(value) === true;
}

/** The part of zod's definitions that tells which keys there are. */
interface SchemaDefinition {
  readonly innerType?: Schema;
  readonly valueType?: Schema;
  readonly element?: Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly options?: readonly Schema[];
  readonly values?: readonly unknown[];
}

interface Schema {
  readonly _zod: { readonly def: SchemaDefinition };
}

function describeUnion(issue: Issue & { code: 'invalid_union' }, document: Document, text: string): RawProblem {
  const subject = `\`${issue.path.map(String).join('.')}\``;
  const what = found(document, issue.path, text);
  if (issue.path.at(-1) === 'kind') {
    const kinds = toolKinds.map((known) => known.kind);
    const value: unknown = document.getIn(issue.path as unknown[]);
    const close = typeof value === 'string' ? nearName(value, kinds) : undefined;
    const state = value === undefined ? 'is missing' : `is ${what}`;
    return {
      ...spanOf(document, issue.path),
      message: `${subject} ${state}; expected a kind of tool: ${list(kinds)}.`,
      ...hintOf(kindHint(value) ?? (close !== undefined ? `did you mean \`${close}\`?` : undefined)),
    };
  }
  if (issue.path.at(-1) === 'engine')
    return {
      ...spanOf(document, issue.path),
      message: `${subject} is ${what}; expected \`duckdb\`, \`postgres\` or \`mysql\`.`,
      ...hintOf(engineHint(document.getIn(issue.path as unknown[]))),
    };
  if (issue.path.at(-1) === 'auth')
    return {
      ...spanOf(document, issue.path),
      message: `${subject} is ${what}; expected one of \`bearer\`, \`basic\` and \`header\` with what belongs to it.`,
      hint: 'write for example `auth: { bearer: "${secret:API_TOKEN}" }`.',
    };
  const expected =
    issue.path[0] === 'secrets' ? '`env: VARIABLE` or `store: NAME`' : 'a text, a number, or `true` or `false`';
  return { ...spanOf(document, issue.path), message: `${subject} is ${what}; expected ${expected}.` };
}

const hintOf = (hint: string | undefined): { readonly hint?: string } => (hint === undefined ? {} : { hint });

/** Names that people have for the engines, beside ours. */
const engines: readonly (readonly [string, RegExp])[] = [
  ['postgres', /^(pg|pgsql|postgre\w*|timescale\w*|redshift|cockroach\w*)$/i],
  ['mysql', /^(mariadb|my-?sql|maria|aurora)$/i],
  ['duckdb', /^(sqlite\d?|duck|csv|parquet)$/i],
];

function engineHint(value: unknown): string | undefined {
  const engine = typeof value === 'string' ? engines.find(([, names]) => names.test(value))?.[0] : undefined;
  if (engine === 'duckdb') return 'write `engine: duckdb`, and the file or the folder of files as `data`.';
  return engine && `did you mean \`${engine}\`?`;
}

/** Names that people have for the kinds: of a database, of a shell, of a program. */
const otherKinds: readonly (readonly [string, RegExp])[] = [
  ['shell', /^(bash|sh|zsh|command|cmd|terminal|local)$/i],
  ['kubernetes', /^(kubectl|k8s|oc|openshift)$/i],
  ['elasticsearch', /^(elastic|opensearch|es)$/i],
  ['kusto', /^(kql|adx|azure-?data-?explorer|log-?analytics)$/i],
  ['prometheus', /^(prom|promql|thanos|mimir|victoria-?metrics)$/i],
  ['loki', /^logql$/i],
  ['http', /^(https|rest|api|curl|web)$/i],
  ['javascript', /^(js|node|nodejs)$/i],
  ['python', /^(py|python3)$/i],
  ['powershell', /^(pwsh|ps)$/i],
];

function kindHint(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const engine = /^(mysql|postgres|duckdb)$/i.test(value)
    ? value.toLowerCase()
    : engines.find(([, names]) => names.test(value))?.[0];
  if (engine !== undefined) return `write \`kind: sql\` and \`engine: ${engine}\`.`;
  const kind = otherKinds.find(([, names]) => names.test(value))?.[0];
  return kind && `did you mean \`${kind}\`?`;
}

/** A setting of a tool that stands beside the tools, because its line is not indented enough. */
function indentHint(path: Path): string | undefined {
  const [root, name] = path;
  if (root !== 'tools' || path.length !== 2 || typeof name !== 'string') return undefined;
  const isSetting = /^(kind|engine|host|port|database|user|password|url|data|shell|languages|timeout|limits)$/.test(
    name,
  );
  return isSetting
    ? `\`${name}\` is read as the name of a tool; indent it further to make it a setting of the one above.`
    : undefined;
}

/** What the schema wanted, as the end of "expected …". */
function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.message.startsWith('expected ')) return issue.message.replace(/^expected /, '');
      return settingWords[issue.expected] ?? `a value of type ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((value) => `\`${String(value)}\``).join(' or ');
    case 'too_small':
      if (issue.origin === 'string') return 'a text that is not empty';
      if (issue.origin === 'array') return `at least ${issue.minimum} entry`;
      return `a number of at least ${issue.minimum}`;
    case 'too_big':
      return `a number of at most ${issue.maximum}`;
    default:
      return issue.message.replace(/^expected /, '');
  }
}

const settingWords: Readonly<Record<string, string>> = {
  ...typeWords,
  object: 'a map of settings',
  tuple: 'a list of a program and its arguments, such as `[npx, some-server]`',
};

/** What stands in the file, shortened; a whole map or list is named, not printed. */
function found(document: Document, path: Path, text: string): string {
  const value: unknown = document.getIn(path as unknown[]);
  if (value === null) return 'empty';
  if (Array.isArray((value as { items?: unknown[] } | undefined)?.items)) return isMap(value) ? 'a map' : 'a list';
  const { start, end } = spanOf(document, path);
  const written = text.slice(start, end).trim();
  return `\`${written.length > 60 ? `${written.slice(0, 57)}…` : written}\``;
}

function list(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`;
}
