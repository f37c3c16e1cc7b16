// Puts values into a bash command twice: as references to environment variables, quoted for the place where they stand,
// for bash; and as quoted text for the person who reads it. The value itself is never part of the script, so it can never
// become code. Where bash would read a variable's content as code (arithmetic, `eval`, another interpreter's program),
// only plain words pass.
import { forEachChild, parse, type SyntaxNode } from 'unbash';
import { firstError } from '../../effect/index.ts';
import type { ActionFailure } from '../../run/index.ts';
import { failure } from '../failure.ts';
import type { Hole } from '../placeholders.ts';

export interface PlacedCommand {
  readonly script: string;
  /** Variables that the script refers to. */
  readonly env: Readonly<Record<string, string>>;
  /** The command with values quoted in place, secrets as `***`. */
  readonly text: string;
  /** The command with a harmless word for each placeholder, for classification: values are data, not code. */
  readonly skeleton: string;
  /** The command with real values quoted in place: what `script` does, for classification only; never shown. */
  readonly filled: string;
}

/** The command with its values, or why one cannot be placed. */
export function placeValues(code: string, holes: readonly Hole[]): PlacedCommand | ActionFailure {
  if (holes.length === 0) return { script: code, env: {}, text: code, skeleton: code, filled: code };
  const { skeleton, markers } = markHoles(code, holes);
  const tree = parse(skeleton);
  const error = firstError(tree);
  if (error !== null)
    return failure(
      'invalid-parameter',
      `The command cannot be read as bash (${error}), so no value can be placed in it safely.`,
      {
        at: { start: holes[0]?.start ?? 0, end: holes[0]?.end ?? 0 },
      },
    );
  const contexts = new Map<number, Context>();
  visit(tree, { path: [], inCode: null }, markers, skeleton, contexts);

  const env: Record<string, string> = {};
  let script = '';
  let text = '';
  let filled = '';
  let from = 0;
  for (const [index, hole] of holes.entries()) {
    const refuse = (why: string): ActionFailure =>
      failure('invalid-parameter', `\`${hole.binding.name}\` ${why}.`, { at: { start: hole.start, end: hole.end } });
    const value = String(hole.binding.value);
    const shown = hole.binding.secret ? '***' : value;
    const context =
      contexts.get(index) ??
      (isInComment(code, hole)
        ? { kind: 'comment' as const }
        : { kind: 'refused' as const, why: 'stands where no value can be placed safely' });
    const literal = code.slice(from, hole.start);
    from = hole.end;
    script += literal;
    text += literal;
    filled += literal;
    if (context.kind === 'comment') {
      script += code.slice(hole.start, hole.end);
      text += code.slice(hole.start, hole.end);
      filled += code.slice(hole.start, hole.end);
      continue;
    }
    if (context.kind === 'refused') return refuse(context.why);
    if (value.includes('\0')) return refuse('holds a NUL character, which no command can be given');
    if (context.inCode !== null && !/^\w[\w.:@/-]*$/.test(value))
      return refuse(
        `stands in ${context.inCode}, where only a plain word (letters, digits, \`_.:@/-\`) can be placed safely`,
      );
    if (context.arithmetic && !/^\d{1,18}$/.test(value))
      return refuse('stands in arithmetic, where only a whole number can be placed safely');
    if (context.startsWord && /^-/.test(value) && typeof hole.binding.value !== 'number')
      return refuse('begins with `-`, so the command would take it for an option');
    const variable = variableFor(hole.binding.name, value, env);
    env[variable] = value;
    script += referenceIn(context.quote, variable);
    text += quotedIn(context.quote, shown);
    filled += quotedIn(context.quote, value);
  }
  return {
    script: script + code.slice(from),
    env,
    text: text + code.slice(from),
    skeleton,
    filled: filled + code.slice(from),
  };
}

/** A value as a word of bash. */
export function quoteForShell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

type Quote = 'bare' | 'single' | 'double' | 'ansi';

type Context =
  | {
      readonly kind: 'placed';
      readonly quote: Quote;
      readonly inCode: string | null;
      readonly arithmetic: boolean;
      readonly startsWord: boolean;
    }
  | { readonly kind: 'comment' }
  | { readonly kind: 'refused'; readonly why: string };

interface Marker {
  readonly start: number;
  readonly end: number;
}

/** Each hole becomes a word that occurs nowhere else, because `<pod>` would read as a redirection. */
function markHoles(code: string, holes: readonly Hole[]): { skeleton: string; markers: readonly Marker[] } {
  let stem = 'tsgvalue';
  while (code.includes(stem)) stem += 'x';
  let skeleton = '';
  let from = 0;
  const markers = holes.map((hole, index) => {
    skeleton += code.slice(from, hole.start);
    from = hole.end;
    const start = skeleton.length;
    skeleton += `${stem}${index}q`;
    return { start, end: skeleton.length };
  });
  return { skeleton: skeleton + code.slice(from), markers };
}

interface Where {
  readonly path: readonly SyntaxNode[];
  /** What reads its arguments as code, when we are inside such. */
  readonly inCode: string | null;
}

function visit(
  node: SyntaxNode,
  where: Where,
  markers: readonly Marker[],
  source: string,
  contexts: Map<number, Context>,
): void {
  const inside = markers.flatMap((marker, index) =>
    node.pos <= marker.start && marker.end <= node.end ? [index] : [],
  );
  if (inside.length === 0 && node.type !== 'Script') return;
  const path = [...where.path, node];
  const inCode = node.type === 'Command' ? interpreter(node, source) : where.inCode;
  // The deepest node that holds a marker decides, so children overwrite what their parents said.
  for (const index of inside) {
    const marker = markers[index];
    const context = marker && contextOf(path, inCode, marker, source);
    if (context) contexts.set(index, context);
    else contexts.delete(index); // Outside every word: a comment, or nothing that can be filled.
  }
  if (node.type === 'CommandExpansion' && source[node.pos] === '`') {
    for (const index of inside)
      contexts.set(index, {
        kind: 'refused',
        why: 'stands inside back-ticks, where no value can be placed safely; use `$(…)`',
      });
    return;
  }
  forEachChild(node, (child) => visit(child, { path, inCode }, markers, source, contexts));
}

function contextOf(path: readonly SyntaxNode[], inCode: string | null, marker: Marker, source: string): Context | null {
  const refused = (why: string): Context => ({ kind: 'refused', why });
  const boundary = path.findLastIndex(
    (node) => node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution',
  );
  const own = path.slice(boundary + 1);
  if (path.some(({ type }) => type === 'HereDoc' || type === 'HereDocBody'))
    return refused('stands in a here-document, where no value can be placed safely');
  if (
    own.some(
      ({ type }) =>
        type === 'ParameterExpansion' ||
        type === 'BraceExpansion' ||
        type === 'LocaleString' ||
        type === 'ExtendedGlob',
    )
  )
    return refused('stands inside an expansion, where no value can be placed safely');
  if (source[marker.start - 1] === '\\')
    return refused('stands after a backslash, where no value can be placed safely');
  const command = own.findLast(({ type }) => type === 'Command');
  if (command?.type === 'Command' && command.name && command.name.pos <= marker.start && marker.end <= command.name.end)
    return refused('stands where the name of a command is expected, so its value would be run');
  const arithmetic = own.some(({ type }) => type.startsWith('Arithmetic'));
  const test = own.findLast((node) => node.type === 'TestBinary' || node.type === 'TestUnary');
  const numericTest =
    test !== undefined && 'operator' in test && /^-(eq|ne|lt|le|gt|ge|v|R)$/.test(String(test.operator));
  const word =
    own.findLast(({ type }) => type === 'Word') ??
    own.findLast(({ type }) => type === 'Assignment' || type === 'ArithmeticWord');
  if (!word) return null;
  const assignment = own.findLast((node) => node.type === 'Assignment');
  if (assignment?.type === 'Assignment') {
    const valueStart = source.indexOf('=', assignment.pos) + 1;
    if (marker.start < valueStart) return refused('stands in the name of a variable');
  }
  const parent = own.at(-2);
  if ((parent?.type === 'For' || parent?.type === 'Select') && 'name' in parent && parent.name === word)
    return refused('stands in the name of a variable');
  if (parent?.type === 'Function') return refused('stands in the name of a function');
  const last = own.at(-1);
  const single = own.some(({ type }) => type === 'SingleQuoted');
  const ansi = own.some(({ type }) => type === 'AnsiCQuoted');
  const double = own.some(({ type }) => type === 'DoubleQuoted');
  const quote: Quote = single ? 'single' : ansi ? 'ansi' : double ? 'double' : 'bare';
  if (last?.type === 'Glob') return refused('stands inside a pattern, where no value can be placed safely');
  const prefix = source.slice(word.pos, marker.start).replace(/^\$?['"]/, '');
  return {
    kind: 'placed',
    quote,
    inCode,
    arithmetic: arithmetic || numericTest,
    startsWord: prefix === '' && word.type === 'Word' && command?.type === 'Command',
  };
}

/** Commands that read an argument as a program or run another command; a value among theirs could become code. */
const interpreters =
  /^(eval|exec|command|builtin|sudo|doas|su|env|nohup|timeout|nice|ionice|setsid|stdbuf|strace|xargs|parallel|watch|ssh|rsh|scp|rsync|bash|sh|dash|zsh|ksh|fish|python[\d.]*|perl|ruby|node|php|lua|awk|gawk|mawk|nawk|sed|ed|vi|vim|trap|alias|source|\.|let|declare|typeset|local|export|readonly|read|mapfile|readarray|unset|find|psql|mysql|sqlite3|duckdb|redis-cli|mongo|mongosh|script|expect|at|batch|crontab|docker|podman|kubectl|nsenter|chroot|systemd-run|tmux|screen|git|make|jq|yq|bc|dc|gdb|nc|ncat|socat|curl|wget|tar|busybox)$/;

/** Of these, the ones whose arguments are code only in some places; elsewhere any value may stand. */
const sometimes: Readonly<Record<string, RegExp>> = {
  kubectl: /(^|\s)(exec|run|debug|plugin|patch|apply|create|edit|set)\b|\s--\s|\s(-o|--output|--template)\b/,
  docker: /(^|\s)(exec|run|build|compose)\b/,
  podman: /(^|\s)(exec|run|build)\b/,
  git: /(^|\s)-c\b|\s(config|submodule|filter-branch|bisect|rebase)\b|--(exec|upload-pack|ext-diff)/,
  curl: /(^|\s)(-K|--config|-w|--write-out)\b/,
  find: /\s-(exec|execdir|ok|okdir|delete|fprint\w*|fls)\b/,
  wget: /\s(-e|--execute|--use-askpass)\b/,
  tar: /\s--(to-command|checkpoint-action|use-compress-program|rsh-command)/,
  export: /\$/,
};

function interpreter(command: Extract<SyntaxNode, { type: 'Command' }>, source: string): string | null {
  const name = (command.name?.value ?? '').replace(/^.*\//, '');
  const text = source.slice(command.pos, command.end);
  if (/^(printf|test|\[)$/.test(name)) return /\s-[vR]\s/.test(text) ? `arguments of \`${name}\`` : null;
  if (!interpreters.test(name)) return null;
  const only = sometimes[name];
  return only && !only.test(text) ? null : `arguments of \`${name}\``;
}

function referenceIn(quote: Quote, variable: string): string {
  switch (quote) {
    case 'bare':
      return `"\${${variable}}"`;
    case 'double':
      return `\${${variable}}`;
    case 'single':
      return `'"\${${variable}}"'`;
    case 'ansi':
      return `'"\${${variable}}"$'`;
  }
}

function quotedIn(quote: Quote, value: string): string {
  switch (quote) {
    case 'bare':
      return value === '***' ? value : quoteForShell(value);
    case 'double':
      return value.replace(/[\\"$`]/g, '\\$&');
    case 'single':
      return value.replaceAll("'", `'\\''`);
    case 'ansi':
      return value.replace(/[\\']/g, '\\$&');
  }
}

/** `TSG_` and the parameter's name; another one when that name is taken by another value. */
function variableFor(name: string, value: string, env: Readonly<Record<string, string>>): string {
  const base = `TSG_${name.replace(/\W/g, '_')}`;
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? base : `${base}_${n}`;
    if (env[candidate] === undefined || env[candidate] === value) return candidate;
  }
}

function isInComment(code: string, hole: Hole): boolean {
  const line = code.slice(code.lastIndexOf('\n', hole.start - 1) + 1, hole.start);
  return /(^|[\s;&|()])#[^\n]*$/.test(line);
}
