// Judges what a command may do by parsing it. Every command in it must be known to only read, with the arguments it has;
// every expansion must be harmless; output may go nowhere but to us. Whatever is not understood is unknown.
import { allMatches } from '../../base/index.ts';
import { saidOrder } from '../change-address.ts';
import { onlyWords } from '../only-words.ts';
import { parse, type Command, type Redirection, type SyntaxNode, type Word, type WordPart } from 'unbash';
import { forEachChild } from 'unbash';
import type { Classification } from '../../plan/index.ts';
import { firstError } from './first-error.ts';
import { isOddPlace, leadsElsewhere, obeysFolder } from './odd-places.ts';
import { plainVariable } from './plain-variable.ts';
import { reachesHost, sendsElsewhere } from './reaching-commands.ts';
import { judgeCommandRule } from './read-only-commands.ts';

/** The effect of a bash script. */
export function classifyShell(script: string): Classification {
  if (script.trim() === '') return unknown('there is no command');
  const tree = parse(script);
  const error = firstError(tree);
  if (error !== null) return unknown(`it cannot be read as bash: ${error}`);
  const names: string[] = [];
  const verdict = judge(tree, {
    names,
    fedNothing: new Set(),
    fedQuestion: new Set(),
    isElsewhere: goesElsewhere(tree),
    ...variablesOf(tree),
  });
  if (verdict) return verdict;
  if (names.length === 0) return unknown('there is no command');
  return { effect: 'read', because: onlyWords([...new Set(names)]) };
}

const unknown = (because: string): Classification => ({ effect: 'unknown', because });
const write = (because: string): Classification => ({ effect: 'write', because });

/** Commands that are known to change something; the rest of the unlisted is unknown. */
const writers =
  /^(rm|rmdir|mv|cp|dd|mkdir|touch|ln|chmod|chown|chgrp|tee|truncate|shred|install|kill|pkill|killall|reboot|shutdown|halt|poweroff|mkfs(\..*)?|fdisk|parted|mkswap|swapoff|umount|useradd|userdel|usermod|passwd|groupadd|apt|apt-get|yum|dnf|pip|npm|logrotate|fallocate|rsync|scp|patch|unlink|mknod|mkfifo|setfacl|chattr|renice)$/;

/** What ZooKeeper and Memcached are asked over a bare connection, and HAProxy over its socket. */
const plainQuestion =
  /^(ruok|stat|srvr|mntr|isro|conf|cons|envi|wchs|dump|stats|version|show (info|stat|sess|errors|servers state|backend|pools|activity|table))$/;

interface Walk {
  /** Commands met so far, for the reason. */
  readonly names: string[];
  /** Variables that hold what another command printed. */
  readonly computed: ReadonlySet<string>;
  /** Variables that only ever hold one of several plain words of the script, with these. */
  readonly plain: ReadonlyMap<string, readonly string[]>;
  /** True behind a `cd` to a folder whose settings may be anybody's. */
  readonly isElsewhere: boolean;
  /** Commands whose input is an empty line: `echo | …`. */
  readonly fedNothing: Set<SyntaxNode>;
  /** Commands whose input is one plain question: `echo ruok | nc host 2181`. */
  readonly fedQuestion: Set<SyntaxNode>;
}

/** Null when the node and everything in it only reads. */
function judge(node: SyntaxNode, walk: Walk): Classification | null {
  const all = (nodes: readonly SyntaxNode[]): Classification | null => {
    let worst: Classification | null = null;
    for (const child of nodes) {
      const verdict = judge(child, walk);
      if (verdict?.effect === 'write') return verdict;
      worst ??= verdict;
    }
    return worst;
  };
  switch (node.type) {
    case 'Statement':
      return all([node.command]) ?? (node.background ? unknown('it goes on in the background') : null);
    case 'Pipeline':
      node.commands.forEach((command, index) => {
        const before = node.commands[index - 1];
        if (before?.type !== 'Command' || before.name?.value !== 'echo' || before.redirects.length > 0) return;
        if (before.args.length === 0) walk.fedNothing.add(command);
        const [only, ...more] = before.args;
        if (only?.type === 'Word' && more.length === 0 && plainQuestion.test(staticValue(only) ?? ''))
          walk.fedQuestion.add(command);
      });
      return all(children(node));
    case 'Script':
    case 'CompoundList':
    case 'AndOr':
    case 'If':
    case 'Elif':
    case 'Subshell':
    case 'BraceGroup':
    case 'Case':
    case 'CaseItem':
    case 'DoubleQuoted':
    case 'HereDocBody':
    case 'TestCommand':
    case 'TestLogical':
    case 'TestNot':
    case 'TestGroup':
    case 'BraceExpansion':
    case 'Glob':
    case 'ArrayValue':
      return all(children(node));
    case 'While':
      return node.clause.commands.some(
        ({ command }) => command.type === 'Command' && /^(true|:)$/.test(command.name?.value ?? ''),
      )
        ? (all(children(node)) ?? unknown('it never ends by itself'))
        : all(children(node));
    case 'For':
      return plainVariable.test(node.name.value) ? all(children(node)) : unknown(`it sets \`${node.name.value}\``);
    case 'Redirected':
      return all([node.command]) ?? all(node.redirects);
    case 'Command':
      return judgeCommand(node, walk, all);
    case 'Assignment':
      if (!plainVariable.test(node.name)) return unknown(`it sets \`${node.name}\``);
      return node.index || (node.append === true && node.value.type === 'ArrayValue')
        ? unknown('it sets an element of a list')
        : all(children(node));
    case 'Redirect':
    case 'HereString':
    case 'HereDoc':
      return judgeRedirection(node) ?? all(children(node));
    case 'TestUnary':
      return /^-[vR]$/.test(node.operator)
        ? unknown(`\`${node.operator}\` may evaluate an index`)
        : all([node.operand]);
    case 'TestBinary':
      if (
        /^-(eq|ne|lt|le|gt|ge)$/.test(node.operator) &&
        ![node.left, node.right].every((word) => /^-?\d+$/.test(staticValue(word) ?? ''))
      )
        return unknown(`\`[[ … ${node.operator} … ]]\` evaluates its sides`);
      return all([node.left, node.right]);
    case 'Word':
    case 'CommandExpansion':
    case 'ProcessSubstitution':
      if (node.type === 'ProcessSubstitution' && node.operator === '>')
        return unknown('output goes to another command');
      // `${a/$(cat /b)/c}` is cut at the slash within.
      if (node.type !== 'Word' && (node.script === undefined || !/^`[^]*`$|\)$/.test(node.text)))
        return unknown('an inner command cannot be read');
      if (node.type === 'Word' && plainTexts(node).some(isNotPlain)) return unknown('an inner command cannot be read');
      return all(children(node));
    case 'ArithmeticExpansion':
      return /^\$?\(\([\d\s+*/%()-]*\)\)$/.test(node.text) ? null : unknown('arithmetic evaluates what variables hold');
    case 'ParameterExpansion':
      if (node.prefix === '!' || node.index) return unknown('an expansion chooses its variable when it runs');
      if (node.operation && /^(Transform|Unknown|Names|Slice)$/.test(node.operation.type))
        return unknown('an expansion may evaluate what a variable holds');
      if (node.operation?.type === 'Default' && node.operation.operator.includes('='))
        return unknown('an expansion sets a variable');
      if (hidesCommand(node, node.text)) return unknown('an inner command cannot be read');
      return all(children(node));
    case 'Default':
    case 'Remove':
    case 'Replace':
    case 'CaseModification':
      return all(children(node));
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'SimpleExpansion':
    case 'Time':
    case 'Negation':
    case 'FileDescriptor':
    case 'HereDocDelimiter':
      return null;
    default:
      return unknown(node.type === 'Function' ? 'it defines a function' : `\`${node.type}\` is not known to only read`);
  }
}

function judgeCommand(
  node: Command,
  { names, computed, plain, fedNothing, fedQuestion, isElsewhere }: Walk,
  all: (nodes: readonly SyntaxNode[]) => Classification | null,
): Classification | null {
  const redirections = all(node.redirects);
  if (redirections?.effect === 'write') return redirections;
  const assignments = node.prefix.filter((part) => part.type === 'Assignment');
  const inner = all([...assignments, ...(node.name ? [node.name] : []), ...node.args]);
  if (!node.name) return redirections ?? inner ?? (names.push('='), null);
  const written = staticValue(node.name);
  if (written === null) return inner?.effect === 'write' ? inner : unknown('which command it runs is only known then');
  // What follows asks by the name of the command: it must be that of the one that runs, not of what limits its time.
  const from = timeLimit(written, node.args);
  const carried = from === 0 ? node.name : node.args[from - 1];
  const name = carried?.type === 'Word' ? staticValue(carried) : null;
  if (name === null) return inner?.effect === 'write' ? inner : unknown('which command it runs is only known then');
  const words = node.args.slice(from);
  const args = words.map((word, index) =>
    word.type === 'Word' ? (argument(word, plain) ?? valueOf(name, words[index - 1], word)) : word.text,
  );
  const asks = fedQuestion.has(node) && ((/^(nc|ncat)$/.test(name) && isConnection(args)) || isSocket([name, ...args]));
  const verdict = asks ? null : judgeCall(name, args);
  if (verdict?.effect === 'write') return verdict;
  names.push(plainName(name) ?? name);
  // Names of files are anybody's, and a shell reads them anew: `a;reboot` is one.
  if (!verdict && plainName(name) === 'watch' && words.some(hasPattern))
    return unknown(`\`${name}\` would run what a pattern finds`);
  if (!verdict && isElsewhere && (obeysFolder(plainName(name) ?? '', args) || handsOnToFolder(name, args)))
    return unknown(`\`${name}\` may run what the folder says that \`cd\` leads to`);
  if (!verdict && reachesHost(plainName(name) ?? '') && words.some((word) => isComputed(word, computed)))
    return unknown(`\`${name}\` would send what another command printed`);
  const isFed = !fedNothing.has(node) && !node.redirects.some(isEmptyInput);
  const ordered = /^(curl|wget)$/.test(plainName(name) ?? '')
    ? words.flatMap((word) => orderOf(word, plain))[0]
    : undefined;
  if (!verdict && ordered !== undefined)
    return unknown(`\`${name}\` is given \`${ordered}\`, which may ask for a change`);
  const told = sendsElsewhere.test(plainName(name) ?? '')
    ? words.find((word, index) => tellsSecret(name, words[index - 1], word))
    : undefined;
  if (!verdict && told) return unknown(`\`${name}\` would send a secret in \`${told.text}\``);
  const asksTls = plainName(name) === 'openssl' ? args[0] === 's_client' : isFind(name) && args.includes('s_client');
  if (!verdict && asksTls && isFed)
    return unknown(`\`${name}\` would send what stands on its input; \`</dev/null\` gives it none`);
  if (!verdict && !/^(echo|printf|test|\[)$/.test(name) && words.some(isFetched))
    return unknown(`what \`${name}\` is given comes from another machine`);
  return (
    redirections ??
    inner ??
    verdict ??
    variablesForCommand(assignments.map((part) => (part.type === 'Assignment' ? part.name : '')))
  );
}

/** True when names of files take the place of a part of the word. */
const hasPattern = (node: SyntaxNode): boolean => node.type === 'Glob' || children(node).some(hasPattern);

/** What is taken for plain text in a word, as written. */
function plainTexts(word: Word): readonly string[] {
  if (word.parts === undefined) return [word.text];
  return word.parts.flatMap((part) => (part.type === 'Literal' ? [part.text] : []));
}

/** `1<(rm a)`: taken for plain text, but bash runs what stands in it. */
const isNotPlain = (text: string): boolean => /[<>]\(|`|\$[({]/.test(text.replace(/\\[^]/g, ''));

/** True when the text says that a command stands in it which none of its nodes is. */
function hidesCommand(node: SyntaxNode, text: string): boolean {
  const inner: string[] = [];
  const visit = (child: SyntaxNode): void => {
    if (child.type === 'CommandExpansion' || child.type === 'ProcessSubstitution') inner.push(child.text);
    else children(child).forEach(visit);
  };
  children(node).forEach(visit);
  const rest = inner.reduce((left, found) => left.replace(found, ''), text);
  return /\$\((?!\()|`|[<>]\(/.test(rest.replace(/\\[^]/g, ''));
}

/** The command itself with its arguments; `watch` hands on to what it runs. */
function judgeCall(name: string, args: readonly (string | null)[]): Classification | null {
  const plain = plainName(name);
  if (plain === null) return unknown(`\`${name}\` is not a command of the system`);
  if (plain === 'watch') return judgeWatched(args);
  const why = judgeCommandRule(plain, args);
  if (why !== null && writers.test(plain)) return write(`\`${plain}\` writes`);
  if (why === undefined) return unknown(`\`${plain}\` is not known to only read`);
  return why === null ? null : unknown(`\`${plain}\`: ${why}`);
}

/**
 * How many words behind `timeout` stand before the arguments of the command that it runs, which is the last of them; several
 * may stand one in another. 0 where nothing is limited, or in a form that is not understood.
 */
function timeLimit(name: string, words: readonly SyntaxNode[]): number {
  const at = (index: number): string => {
    const word = words[index];
    return (word?.type === 'Word' ? staticValue(word) : null) ?? '';
  };
  let from = 0;
  while (plainName(from === 0 ? name : at(from - 1)) === 'timeout') {
    let limit = from;
    while (/^(--(foreground|preserve-status|verbose|(kill-after|signal)=\w+)|-v)$/.test(at(limit))) limit++;
    if (!/^\d+(\.\d+)?[smh]?$/.test(at(limit))) return from;
    from = limit + 2;
  }
  return from;
}

const isFind = (name: string): boolean => plainName(name) === 'find';

/** True when it runs a command, over files or over and over, that takes from its folder what to run. */
function handsOnToFolder(name: string, args: readonly (string | null)[]): boolean {
  return (
    (isFind(name) ? args.includes('-exec') : /^(xargs|watch)$/.test(plainName(name) ?? '')) &&
    args.some((arg) => (arg ?? '').split(/[^\w.-]+/).some((word) => obeysFolder(word, ['compose'])))
  );
}

/** `watch -n 5 'COMMAND'`: what it does over and over, which a shell reads anew. */
function judgeWatched(args: readonly (string | null)[]): Classification | null {
  let from = 0;
  while (/^-/.test(args[from] ?? ''))
    if (/^(-n|--interval)$/.test(args[from] ?? '')) from += 2;
    else if (
      /^(-n\d+(\.\d+)?|-[dtegbcw]+|--interval=\d+|--(differences|no-title|color|errexit|chgexit))$/.test(
        args[from] ?? '',
      )
    )
      from++;
    else return unknown(`the option \`${args[from] ?? ''}\` is not known to only read`);
  const words = args.slice(from);
  if (words.some((word) => word === null || word.includes('…')))
    return unknown('which command it watches is only known then');
  const { effect, because } = classifyShell(words.join(' '));
  return effect === 'read' ? null : { effect, because };
}

/** True when the script goes to a folder that may be anybody's. */
function goesElsewhere(node: SyntaxNode): boolean {
  if (node.type === 'Command' && node.name?.value === 'cd')
    return leadsElsewhere(node.args.map((word) => (word.type === 'Word' ? staticValue(word) : null)));
  return children(node).some(goesElsewhere);
}

/** A host and a port, waited for some seconds. */
function isConnection(args: readonly (string | null)[]): boolean {
  return /^(-N |-[wqi] ?\d+ )*\w[\w.-]* \d+$/.test(args.map((arg) => arg ?? '\0').join(' '));
}

/** A socket of HAProxy, to which `show …` is said. */
function isSocket(words: readonly (string | null)[]): boolean {
  return /^(socat (stdio|-) (unix-connect:)?|nc -U )\/(var\/)?run\/(haproxy\/)?(haproxy|admin)(-\w+)?\.sock$/i.test(
    words.map((word) => word ?? '\0').join(' '),
  );
}

function isEmptyInput(node: Redirection): boolean {
  return node.operator === '<' && node.target !== undefined && staticValue(node.target) === '/dev/null';
}

/** What bash fills without being told a name: the last argument, what `read` took and what a pattern found. */
const filledByItself = /^(_|REPLY|BASH_REMATCH)$/;

/** True when a part of the word is printed by a command, now or before. */
function isComputed(node: SyntaxNode, computed: ReadonlySet<string>): boolean {
  if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution') return true;
  const name = expandedName(node) ?? '';
  return computed.has(name) || filledByItself.test(name) || children(node).some((child) => isComputed(child, computed));
}

/** True when a command that reaches another machine prints a part of the word. */
function isFetched(node: SyntaxNode): boolean {
  if (node.type === 'Command' && sendsElsewhere.test(plainName(node.name?.value ?? '') ?? '')) return true;
  return children(node).some(isFetched);
}

/** The variable that an expansion puts in: `$a`, `${a}`, `${a:-b}`. */
function expandedName(node: SyntaxNode | undefined): string | undefined {
  return node?.type === 'SimpleExpansion' || node?.type === 'ParameterExpansion'
    ? /^\$\{?([A-Za-z_]\w*)/.exec(node.text)?.[1]
    : undefined;
}

/** What the script's own variables hold: assignments, loops and `read` fill them. */
function variablesOf(tree: SyntaxNode): Pick<Walk, 'computed' | 'plain'> {
  const computed = new Set<string>();
  const plain = new Map<string, string[]>();
  const other = new Set<string>();
  const fill = (name: string, words: readonly SyntaxNode[]): void => {
    if (words.some((word) => isComputed(word, computed))) computed.add(name);
    const isPlain = (word: SyntaxNode): boolean =>
      word.type === 'Word' && /^[\w.:/@%+][\w.:/@%+-]*$/.test(staticValue(word) ?? '');
    if (words.length === 1 && words.every(isName)) plain.set(name, plain.get(name) ?? []);
    else if (words.length === 0 || !words.every(isPlain)) other.add(name);
    else
      plain.set(name, [...(plain.get(name) ?? []), ...words.map((word) => (word.type === 'Word' ? word.value : ''))]);
  };
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Assignment') fill(node.name, [node.value]);
    if (node.type === 'For') fill(node.name.value, node.wordlist ?? []);
    if (
      node.type === 'Command' &&
      /^(read|printf|mapfile|readarray|getopts|declare|typeset|local|export|readonly)$/.test(node.name?.value ?? '')
    )
      for (const word of node.args) {
        const [, name, value] = /^([A-Za-z_]\w*)=([\w.:/@%+][\w.:/@%+-]*)$/.exec(word.text) ?? [];
        if (node.name?.value === 'export' && name !== undefined && value !== undefined) {
          plain.set(name, [...(plain.get(name) ?? []), value]);
          continue;
        }
        other.add(word.text.replace(/=.*$/s, ''));
        computed.add(word.text.replace(/=.*$/s, ''));
      }
    for (const child of children(node)) visit(child);
  };
  // In a loop a variable may be filled below the place where it is handed on.
  for (let before = -1; computed.size > before;) {
    before = computed.size;
    visit(tree);
  }
  return { computed, plain: new Map([...plain].filter(([name]) => !other.has(name))) };
}

/** `$(kubectl get pods -o name | head -1)`: names of things in a cluster, of which none begins with `-`. */
function isName(node: SyntaxNode): boolean {
  if (node.type !== 'Word' || node.parts?.length !== 1) return false;
  const [part] = node.parts;
  const only = part?.type === 'DoubleQuoted' && part.parts.length === 1 ? part.parts[0] : part;
  if (only?.type !== 'CommandExpansion' || only.script?.commands.length !== 1) return false;
  const command = only.script.commands[0]?.command;
  const [first, ...filters] = command?.type === 'Pipeline' ? command.commands : [command];
  const line = (one: SyntaxNode | undefined): string =>
    one?.type === 'Command' && one.prefix.length === 0 && one.redirects.length === 0
      ? [one.name, ...one.args].map((word) => (word?.type === 'Word' ? (staticValue(word) ?? '…') : '…')).join(' ')
      : '';
  return (
    /^kubectl (-n \S+ )?get (?!.*--raw).*(-o|--output)[ =]?(name|jsonpath=\{\.items\[(\d+|\*)\]\.metadata\.name\})( |$)/.test(
      line(first),
    ) && filters.every((filter) => /^(head|tail|sort|uniq)( -(n ?)?\d+)?$/.test(line(filter)))
  );
}

/** A bare name, or one in a system folder; anything else may be a program of its own. */
function plainName(name: string): string | null {
  return /^(?:\/(?:usr\/(?:local\/)?)?s?bin\/)?([\w.:[+-]+)$/.exec(name)?.[1] ?? null;
}

function variablesForCommand(set: readonly string[]): Classification | null {
  const strange = set.find((name) => !/^(TZ|LANG|LC_[A-Z]+|COLUMNS)$/.test(name));
  return strange === undefined ? null : unknown(`it runs with another \`${strange}\``);
}

function judgeRedirection(node: Redirection): Classification | null {
  if (node.type !== 'Redirect') return null;
  const target = node.target ? staticValue(node.target) : null;
  if (node.operator === '<') {
    if (target === null) return unknown('what it reads from is only known when it runs');
    return isOddPlace(target) || (target.startsWith('/dev/') && !/^\/dev\/(null|stdin|zero)$/.test(target))
      ? unknown(`\`${target}\` is not a plain file`)
      : null;
  }
  if ((node.operator === '>&' || node.operator === '<&') && target !== null && /^(\d|-)$/.test(target)) return null;
  if (target !== null && /^\/dev\/(null|stdout|stderr)$/.test(target)) return null;
  return write(target === null ? 'output goes to a file' : `output goes to \`${target}\``);
}

/** The text of a word without expansions; null when it is only known at run time. */
function staticValue(word: Word): string | null {
  return (word.parts ?? []).every(isStatic) && !hasTilde(word) ? word.value : null;
}

/**
 * An argument for the rules: its text with `…` for what only the run tells, or null when that could be an option or several
 * words. A word that begins with plain text cannot turn into an option, and what is quoted, or only ever holds plain words,
 * stays one word.
 */
function argument(word: Word, plain: Walk['plain']): string | null {
  const value = staticValue(word);
  if (value !== null) return value;
  const parts = word.parts ?? [];
  const isPlain = (part: WordPart): boolean => plain.has(expandedName(part) ?? '');
  const [first] = parts;
  const only = first?.type === 'DoubleQuoted' && first.parts.length === 1 ? first.parts[0] : first;
  if (parts.length === 1 && plain.has(expandedName(only) ?? '')) return '…';
  const isOneWord = (part: WordPart): boolean =>
    isStatic(part) || part.type === 'DoubleQuoted' || part.type === 'Glob' || isPlain(part);
  if (!first || !parts.every(isOneWord)) return null;
  const seen = parts.map(seenOf).join('');
  return /^[^-…]/.test(seen) && isLiteral(first) ? seen : null;
}

/** Options whose next word is theirs whatever it begins with, and only names something or lets somebody in. */
const namesOnly: Readonly<Record<string, RegExp>> = {
  kubectl: /^(-n|--namespace|-l|--selector|--field-selector|-c|--container|--tail|--since)$/,
  oc: /^(-n|--namespace|-l|--selector|--field-selector|-c|--container|--tail|--since)$/,
  helm: /^(-n|--namespace)$/,
  curl: /^(-u|--user)$/,
  'redis-cli': /^(-[hpna]|--user|--pass)$/,
  mysql: /^(-[hPu]|--(host|port|user))$/,
  mysqladmin: /^(-[hPu]|--(host|port|user))$/,
  psql: /^(-[hpU]|--(host|port|username))$/,
  pg_isready: /^(-[hpU])$/,
};

/** `…` for a quoted word that is the value of such an option, `-p…` where it is glued to it; else null. */
function valueOf(name: string, before: SyntaxNode | undefined, word: Word): string | null {
  const [first, ...rest] = word.parts ?? [];
  const isQuoted = (part: WordPart): boolean =>
    isStatic(part) || (part.type === 'DoubleQuoted' && !/[$]\{?[@*!]|\[[@*]\]/.test(part.text));
  const option = before?.type === 'Word' ? staticValue(before) : null;
  if (option !== null && namesOnly[name]?.test(option) && (word.parts ?? []).every(isQuoted)) return '…';
  const isGlued =
    name === 'mysql' && first?.type === 'Literal' && /^(-[phu]|--(host|user|password)=)/.test(first.value);
  return isGlued && rest.length > 0 && rest.every(isQuoted) ? `${first.value}…` : null;
}

/**
 * Values that a variable of the script may put into an address and that ask for a change, and variables whose names say that they
 * hold an order: `$action`.
 */
function orderOf(node: SyntaxNode, plain: Walk['plain']): readonly string[] {
  const variable = expandedName(node) ?? '';
  const values = plain.get(variable);
  if (values === undefined)
    return [
      ...(/^(action|verb|cmd|command|op|operation|order)$/i.test(variable) ? [`$${variable}`] : []),
      ...children(node).flatMap((child) => orderOf(child, plain)),
    ];
  const own = values.filter((value) => saidOrder(`http://host/${value}`) !== null);
  return [...own, ...children(node).flatMap((child) => orderOf(child, plain))];
}

/** True when a variable that is named like a secret stands in an address or a question, where it is no key to get in with. */
function tellsSecret(name: string, before: SyntaxNode | undefined, word: SyntaxNode): boolean {
  const option = before?.type === 'Word' ? (staticValue(before) ?? '') : '';
  if (word.type !== 'Word' || word.text.startsWith('-')) return false;
  if (namesOnly[name]?.test(option) || /^(-H|--header)$/.test(option)) return false;
  return allMatches(word.text, /\$\{?([A-Za-z_]\w*)/g).some(([, variable]) =>
    /secret|passw(or)?d|token|api_?key|access_?key|private_?key|credential/i.test(variable ?? ''),
  );
}

const isLiteral = (part: WordPart): boolean =>
  part.type === 'Literal' || (part.type === 'DoubleQuoted' && part.parts[0]?.type === 'Literal');

/** The text of a part, with `…` for what only the run tells. */
function seenOf(part: WordPart): string {
  if (part.type === 'DoubleQuoted') return part.parts.map(seenOf).join('');
  if (part.type === 'Glob') return part.text;
  // `${NAME:-word}` may be the word.
  if (part.type === 'ParameterExpansion') return `…${/^\$\{\w+:?[-+=?](.*)\}$/s.exec(part.text)?.[1] ?? ''}`;
  return part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted' ? part.value : '…';
}

function isStatic(part: WordPart): boolean {
  if (part.type === 'DoubleQuoted') return part.parts.every(({ type }) => type === 'Literal');
  return part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted';
}

function hasTilde(word: Word): boolean {
  return word.text.startsWith('~') && word.parts === undefined && !/^~(\/|$)/.test(word.text);
}

function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  forEachChild(node, (child) => {
    found.push(child);
  });
  return found;
}
