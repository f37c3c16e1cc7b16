// What is known of a command's output before it runs: that it is kubectl's table and of what, the lines that a search let
// through, or one number.
import { singular } from './condition-sentence.ts';
import { type Pipeline, readPipeline } from './read-command.ts';
import type { ResultShape } from './scope.ts';

/** What a command prints, as far as its words tell. */
export type Printed =
  /** `grep` and its like: the lines found, and code 1 for none. */
  | { readonly kind: 'search' }
  /** `… | wc -l`; what `grep -c` counts, which ends with code 1 for none; the status of an answer, where curl prints that alone. */
  | { readonly kind: 'number'; readonly of?: 'search' | 'http-status' }
  /** The head of one answer, as `curl -I` prints it. */
  | { readonly kind: 'head' }
  /** One word or number and nothing else: `systemctl is-active`, a path of `jsonpath`, `redis-cli ping`. */
  | {
      readonly kind: 'value';
      /** The codes that it answers with beside 0. */
      readonly codes?: readonly number[];
    }
  /** Samples of Prometheus. */
  | {
      readonly kind: 'samples';
      /** What their values are: whether a target answers, a quotient, or one in percent. */
      readonly of?: 'up' | 'share' | 'percent';
      /** The words of the query's names and labels, in lower case and the singular. */
      readonly words?: readonly string[];
      /** What the one metric counts or measures, in the singular. */
      readonly measured?: string | null;
    }
  | Listing;

/** A table with a row for each object. */
export interface Listing {
  readonly kind: 'listing';
  /** What the rows are, in kubectl's full word (`pod`), or as the command has it. */
  readonly of: string;
  /** Singular words by which the rows may be called. */
  readonly things: readonly string[];
  /** The object that the command names: there is one row, or the command fails. */
  readonly named: string | null;
  /** Names of columns that are sure to be there. */
  readonly columns: readonly string[];
}

const several = { commands: 'several' } as const;

/** The shape of a shell block's result. */
export function shapeOfShell(code: string, hasSeveral: boolean): ResultShape {
  const members = ['exitCode', 'text', 'errorText'] as const;
  if (hasSeveral) return { members, ...several };
  const pipeline = readPipeline(code);
  // What `grep -v` lets through may be no more than a line of names, in a list of processes a search finds itself, and
  // `-q` and `-c` print no lines.
  if (
    !pipeline ||
    pipeline.some(
      (words, at) =>
        (/^(?:ps|top)$/.test(words[0] ?? '') && !isOthersOnly(pipeline[at + 1])) ||
        searchesCommandLines(words) ||
        (isGrep(words) && (hidesLines.test(flagsOf(words)) || (isCount(words) && at + 1 < pipeline.length))),
    )
  )
    return /[^|]\|[^|]/.test(code) ? { members, piped: true } : { members };
  const printed = printedBy(pipeline);
  return {
    members,
    command: pipeline.flat(),
    ...(pipeline.length > 1 && { piped: true as const }),
    ...(printed && { printed }),
  };
}

/** The shape of a block that the kubernetes tool performs: `get` gives rows there. */
export function shapeOfKubectl(code: string): ResultShape {
  const pipeline = readPipeline(/^\s*kubectl\b/.test(code) ? code : `kubectl ${code.trimStart()}`);
  const listing = pipeline?.length === 1 ? listingOf(pipeline[0] ?? []) : null;
  const command = pipeline?.flat() ?? [];
  // A command that fails is a failed step there, whatever its code.
  if (!listing) return { members: ['text', 'errorText'], command };
  return { members: ['rows', 'columns', 'rowCount', 'errorText'], command, printed: listing };
}

/**
 * What a PowerShell pipeline prints that ends by choosing properties: a table, while they are at most four. Each is a word or a made
 * one (`@{n='FreeGB';e={…}}`).
 */
export function shapeOfPowershell(code: string, hasSeveral: boolean): ResultShape {
  const members = ['exitCode', 'text', 'errorText'] as const;
  if (hasSeveral) return { members, ...several };
  const line = code
    .replace(/^\s*#.*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  const [, noun = '', chosen = ''] =
    /^(?:PS[^>]*> )?[A-Z]\w+-([A-Z]\w+)\b[^|;]*(?:\| ?(?:Where-Object|Sort-Object)\b[^|;]*)*\| ?(?:Select-Object|Select|Format-Table|ft) (?:-Property )?(.+)$/i.exec(
      line.length > 2000 ? '' : line,
    ) ?? [];
  const columns = propertiesOf(chosen);
  if (!columns) return { members, command: line.split(' ') };
  const last = noun.match(/[A-Z][a-z]+/g)?.at(-1) ?? noun;
  const printed: Listing = {
    kind: 'listing',
    of: 'object',
    things: [singular(last.toLowerCase()), 'object'],
    named: null,
    columns,
  };
  return { members, command: line.split(' '), columns: columns.map((name) => ({ name })), printed };
}

/** At most four properties, or null when one of them is not understood. */
function propertiesOf(chosen: string): readonly string[] | null {
  const names: string[] = [];
  let rest = chosen.trim();
  while (rest !== '') {
    const found =
      /^(?<plain>[A-Za-z]\w*)(?: ?, ?|$)/.exec(rest) ??
      /^@\{ ?(?:n|name|l|label) ?= ?(?<quote>['"])(?<made>[A-Za-z]\w*)\k<quote> ?; ?(?:e|expression) ?= ?\{(?:[^{}]|\{[^{}]*\})*\} ?\}(?: ?, ?|$)/i.exec(
        rest,
      );
    const name = found?.groups?.['plain'] ?? found?.groups?.['made'];
    if (!found || name === undefined) return null;
    names.push(name);
    rest = rest.slice(found[0].length);
  }
  return names.length > 0 && names.length <= 4 ? names : null;
}

const hidesLines = /^\w*[vq]|--(?:invert-match|quiet|silent)/;

function isCount(words: readonly string[]): boolean {
  return /^\w*c|--count/.test(flagsOf(words));
}

/** `grep [w]eb`: written so that it does not find itself. */
function isOthersOnly(words: readonly string[] | undefined): boolean {
  return words !== undefined && isGrep(words) && words.some((word) => /^\[\w\]\w/.test(word));
}

/** `pgrep -f web` finds the `sudo` that it was called with; `pgrep -f [w]eb` does not. */
function searchesCommandLines(words: readonly string[]): boolean {
  return words[0] === 'pgrep' && /^\w*f|--full/.test(flagsOf(words)) && !words.some((word) => /\[\w\]/.test(word));
}

function isGrep([program = '']: readonly string[]): boolean {
  return /^(?:.*\/)?(?:[ef]?grep|zgrep|rg|pgrep)$/.test(program);
}

/** The letters of the short options, and the long options behind them. */
function flagsOf(words: readonly string[]): string {
  const short = words.filter((word) => /^-[A-Za-z]/.test(word)).map((word) => word.slice(1).replace(/\d+$/, ''));
  return [short.join(''), ...words.filter((word) => word.startsWith('--'))].join(' ');
}

function printedBy(pipeline: Pipeline): Printed | null {
  const last = pipeline.at(-1) ?? [];
  const [program = '', ...args] = last;
  const name = program.replace(/^.*\//, '');
  if (isGrep(last)) return isCount(last) ? { kind: 'number', of: 'search' } : { kind: 'search' };
  if (name === 'wc') return args.length === 1 && /^(?:-l|--lines)$/.test(args[0] ?? '') ? { kind: 'number' } : null;
  if (name === 'jq' && /(?:^|\| ?)length$/.test(args.at(-1) ?? '')) return { kind: 'number' };
  if (pipeline.length > 1) return null;
  if (name === 'curl') {
    if (printsStatusAlone(args)) return { kind: 'number', of: 'http-status' };
    return printsHead(args) ? { kind: 'head' } : null;
  }
  if (/^(?:docker|podman)$/.test(name)) {
    const containers = containersOf(args);
    if (containers) return containers;
  }
  if (!printsOneValue(name, args)) return listingOf(last);
  return name === 'systemctl' ? { kind: 'value', codes: [1, 3] } : { kind: 'value' };
}

/** `curl -s -o /dev/null -w "%{http_code}" …` */
function printsStatusAlone(args: readonly string[]): boolean {
  const after = (names: RegExp): string | undefined => {
    const at = args.findIndex((word) => names.test(word));
    return at === -1 ? undefined : args[at + 1];
  };
  const format = after(/^(?:-\w*w|--write-out)$/)?.replace(/\\n$/, '');
  return /^%\{(?:http_code|response_code)\}$/.test(format ?? '') && after(/^(?:-\w*o|--output)$/) === '/dev/null';
}

/** `curl -I …`; what follows redirects may print several. */
function printsHead(args: readonly string[]): boolean {
  const has = (pattern: RegExp): boolean => args.some((word) => pattern.test(word));
  return (
    has(/^(?:-[a-zA-Z]*[Ii]|--head|--include|--show-headers)$/) &&
    !has(/^(?:-[a-zA-Z]*[Lwo]|--location|--write-out|--output|--next)/)
  );
}

/** `docker ps -a`: all containers, whatever their state, as a table. */
function containersOf(args: readonly string[]): Listing | null {
  const [verb, ...rest] = args[0] === 'container' ? args.slice(1) : args;
  if (!/^(?:ps|ls|list)$/.test(verb ?? '') || (verb !== 'ps' && args[0] !== 'container')) return null;
  let all = false;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? '';
    if (/^(?:-a|--all)$/.test(word)) all = true;
    else if (/^(?:-f|--filter)$/.test(word)) at++;
    else if (!/^(?:--filter=.*|--no-trunc)$/.test(word)) return null;
  }
  const columns = ['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES'];
  return all ? { kind: 'listing', of: 'container', things: ['container'], named: null, columns } : null;
}

function printsOneValue(name: string, args: readonly string[]): boolean {
  const has = (pattern: RegExp): boolean => args.some((word) => pattern.test(word));
  const valueOf = (option: RegExp): string | undefined => {
    const at = args.findIndex((word) => option.test(word));
    return at === -1 ? undefined : (/=(.*)$/s.exec(args[at] ?? '')?.[1] ?? args[at + 1]);
  };
  const said = args.filter((word) => !word.startsWith('-'));
  switch (name) {
    case 'systemctl':
      return /^is-(?:active|enabled|failed)$/.test(said[0] ?? '') && said.length === 2;
    case 'kubectl':
    case 'oc':
      return /^\s*jsonpath=\{[\w.\\/-]+\}\s*$/.test(valueOf(/^(?:-o|--output)(?:=|$)/) ?? '');
    case 'docker':
    case 'podman':
      return said[0] === 'inspect' && /^\{\{\s*\.[\w.]+\s*\}\}$/.test(valueOf(/^(?:-f|--format)(?:=|$)/) ?? '');
    case 'redis-cli':
    case 'valkey-cli':
      return has(/^(?:ping|get|dbsize|llen|scard|zcard|hlen|exists|ttl|strlen|xlen)$/i);
    case 'az':
      return /^tsv$/.test(valueOf(/^(?:-o|--output)(?:=|$)/) ?? '') && isOnePath(valueOf(/^--query(?:=|$)/));
    case 'aws':
      return /^text$/.test(valueOf(/^--output(?:=|$)/) ?? '') && isOnePath(valueOf(/^--query(?:=|$)/));
    case 'gcloud':
      return /^value\([\w.]+\)$/.test(valueOf(/^--format(?:=|$)/) ?? '') && has(/^describe$/);
    case 'psql':
      return has(/^-\w*t/) && has(/^-\w*A/) && has(/^-\w*c$|^--command/);
    case 'mysql':
    case 'mariadb':
      return has(/^-\w*N|^--skip-column-names$/) && has(/^-\w*e$|^--execute/);
    case 'nproc':
      return true;
    default:
      return false;
  }
}

/** A path of JMESPath to one thing: no list is walked. */
function isOnePath(query: string | undefined): boolean {
  return query !== undefined && /^[A-Za-z]\w*(?:\.[A-Za-z]\w*|\[\d+\])*$/.test(query);
}

const kinds: readonly (readonly [RegExp, string, readonly string[], readonly string[]])[] = [
  [/^(?:po|pods?)$/, 'pod', ['pod'], ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE']],
  [/^(?:no|nodes?)$/, 'node', ['node'], ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION']],
  [/^(?:deploy|deployments?)(?:\.apps)?$/, 'deployment', ['deployment'], ['NAME', 'READY', 'AGE']],
  [/^(?:sts|statefulsets?)(?:\.apps)?$/, 'statefulset', ['statefulset'], ['NAME', 'READY', 'AGE']],
  [/^(?:ds|daemonsets?)(?:\.apps)?$/, 'daemonset', ['daemonset'], ['NAME', 'DESIRED', 'READY', 'AGE']],
  [/^(?:rs|replicasets?)(?:\.apps)?$/, 'replicaset', ['replicaset'], ['NAME', 'DESIRED', 'READY', 'AGE']],
  [/^(?:svc|services?)$/, 'service', ['service'], ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE']],
  [/^(?:pvc|persistentvolumeclaims?)$/, 'claim', ['pvc', 'claim'], ['NAME', 'STATUS', 'VOLUME', 'AGE']],
  [/^(?:pv|persistentvolumes?)$/, 'volume', ['pv', 'volume'], ['NAME', 'CAPACITY', 'STATUS', 'AGE']],
  [/^(?:ns|namespaces?)$/, 'namespace', ['namespace'], ['NAME', 'STATUS', 'AGE']],
  [/^jobs?(?:\.batch)?$/, 'job', ['job'], ['NAME', 'COMPLETIONS', 'AGE']],
  [/^(?:co|clusteroperators?)(?:\.config\.openshift\.io)?$/, 'operator', ['operator'], ['NAME', 'VERSION', 'AVAILABLE', 'PROGRESSING', 'DEGRADED']],
  [/^(?:mcp|machineconfigpools?)$/, 'pool', ['pool', 'mcp'], ['NAME', 'CONFIG', 'UPDATED', 'UPDATING', 'DEGRADED']],
]; // prettier-ignore

const withValue =
  /^(?:-n|--namespace|--context|--kubeconfig|--cluster|--user|-l|--selector|--field-selector|--sort-by|--as|-s|--server|--request-timeout|--chunk-size|-f|--filename)$/;

/** What `kubectl get` lists; null for other commands and other forms of output. */
function listingOf(words: readonly string[]): Listing | null {
  if (!/^(?:kubectl|oc|k)$/.test(words[0] ?? '')) return null;
  const said: string[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) {
      said.push(word);
      continue;
    }
    const form = /^(?:-o|--output)(?:=?(.*))$/.exec(word);
    if (form && ((form[1] ?? '') || words[++at]) !== 'wide') return null;
    if (
      /^(?:-w|--watch|--watch-only|--no-headers|--raw|--template|-L|--label-columns|-R|--show-kind|--ignore-not-found|-k|-f|--filename)\b/.test(
        word,
      )
    )
      return null;
    if (withValue.test(word)) at++;
  }
  const [verb, kind = '', ...names] = said;
  if (verb !== 'get' || kind === '' || /[,{$<]/.test(kind) || kind === 'all' || names.length > 1) return null;
  const [resource = '', slash] = kind.split('/');
  const named = slash ?? names[0] ?? null;
  const known = kinds.find(([pattern]) => pattern.test(resource.toLowerCase()));
  if (known) return { kind: 'listing', of: known[1], things: known[2], named, columns: known[3] };
  const word = singular(resource.toLowerCase().split('.')[0] ?? '');
  return { kind: 'listing', of: word, things: [word], named, columns: [] };
}
