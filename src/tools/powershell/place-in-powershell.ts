// Puts values into PowerShell twice: as references to environment variables for PowerShell, and as quoted text for the person
// who reads it. The value itself is never part of the script, so it can never become code. Where what stands around it would
// take it for code (another interpreter, a constructor, a call), only plain words pass; where the reference would mean nothing
// (blocks that run on another machine), nothing does. `$using:pool` is PowerShell's own way into such a block: it stays, and
// `$pool` is given the value before the script.
import type { ActionFailure } from '../../run/index.ts';
import { failure, isFailure } from '../failure.ts';
import type { Hole } from '../placeholders.ts';
import type { PlacedCommand } from '../shell/place-values.ts';
import { scanPowershell, type Region, type Scan } from '../../effect/index.ts';

/** The script with its values, or why one cannot be placed. */
export function placeInPowershell(code: string, holes: readonly Hole[]): PlacedCommand | ActionFailure {
  const scan = scanPowershell(code, (at) => holes.find(({ start }) => start === at)?.end);
  if (holes.length > 0 && scan.fault)
    return refuse(
      holes[0],
      `cannot be placed safely, since ${scan.fault.message}: \`${code.slice(scan.fault.at).slice(0, 20)}\``,
    );
  const env: Record<string, string> = {};
  const out = { script: '', text: '', skeleton: '', filled: '' };
  let from = 0;
  const copy = (to: number): void => {
    for (const key of ['script', 'text', 'skeleton', 'filled'] as const) out[key] += code.slice(from, to);
    from = to;
  };
  for (let index = 0; index < holes.length; index++) {
    const hole = holes[index];
    if (!hole || hole.start < from) continue;
    const region = scan.regions.find(({ start, end }) => start < hole.start && hole.end <= end);
    if (region?.kind === 'comment') {
      copy(hole.end);
      continue;
    }
    const span = region?.kind === 'single' || region?.kind === 'double' ? region : wordAround(code, hole, holes);
    const inside = holes.filter(({ start, end }) => span.start <= start && end <= span.end);
    for (const one of inside) {
      const problem = problemOf(code, one, region, scan);
      if (problem) return problem;
    }
    const place: Place = { code, span, holes: inside, region, env };
    const placed = region ? inText(place) : inWord(place, scan);
    if (isFailure(placed)) return placed;
    copy(span.start);
    for (const key of ['script', 'text', 'skeleton', 'filled'] as const) out[key] += placed[key];
    from = span.end;
  }
  copy(code.length);
  const handed = handOver(code, holes, env);
  if (typeof handed !== 'string') return handed;
  return { ...out, script: `${handed}${out.script}`, env };
}

/** `$using:pool` and `${using:pool}`, with the variable whose value it takes along. */
function takenAlong(code: string, { start, end }: Hole): string | null {
  return /^\$\{?using:(\w+)\}?$/i.exec(code.slice(start, end))?.[1] ?? null;
}

/** Gives their values to the variables that blocks take along; on the first line, so that the others keep their numbers. */
function handOver(code: string, holes: readonly Hole[], env: Record<string, string>): string | ActionFailure {
  const given = new Map<string, string>();
  for (const hole of holes) {
    const name = takenAlong(code, hole);
    if (name === null) continue;
    // Nothing may stand before these words.
    if (/^\s*(?:#[^\n]*\n\s*)*(?:param|using|\[|#requires|begin|process|end)(?![\w-])/i.test(code))
      return refuse(hole, 'is taken along by a script before which nothing can be set');
    given.set(name, valueIn(hole, env));
  }
  return [...given].map(([name, value]) => `$${name} = ${value}; `).join('');
}

function valueIn(hole: Hole, env: Record<string, string>): string {
  const { value } = hole.binding;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return `$${String(value)}`;
  return value === '' ? "''" : reference(hole, env);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Place {
  readonly code: string;
  readonly span: Span;
  readonly holes: readonly Hole[];
  readonly region: Region | undefined;
  readonly env: Record<string, string>;
}

type Placed = Pick<PlacedCommand, 'script' | 'text' | 'skeleton' | 'filled'>;

const forEye = (hole: Hole): string => (hole.binding.secret ? '***' : String(hole.binding.value));
const forJudge = (hole: Hole): string => String(hole.binding.value);
const harmlessWord = (): string => 'tsgvalue';

/** The whole text, in double quotes for PowerShell, so that it can refer to variables. */
function inText({ code, span, holes, region, env }: Place): Placed {
  const isSingle = region?.kind === 'single';
  const literal = (text: string): string => (isSingle ? inDouble(text.replace(/(['‘’‚‛])['‘’‚‛]/g, '$1')) : text);
  const shown = (valueOf: (hole: Hole) => string): string =>
    fill(
      code,
      span,
      holes,
      (text) => text,
      (hole) => (isSingle ? inSingle(valueOf(hole)) : inDouble(valueOf(hole))),
    );
  const within = { start: span.start + 1, end: span.end - 1 };
  const script = fill(code, within, holes, literal, (hole) => inScript(code, hole, env));
  return { script: `"${script}"`, text: shown(forEye), skeleton: shown(harmlessWord), filled: shown(forJudge) };
}

function inWord({ code, span, holes, env }: Place, scan: Scan): Placed | ActionFailure {
  const [hole] = holes;
  const { start, end } = span;
  if (holes.length === 1 && hole?.start === start && hole.end === end) {
    const { value } = hole.binding;
    const taken = takenAlong(code, hole) !== null;
    if (!taken && (typeof value !== 'string' || value === '')) {
      const literal = value === '' ? "''" : typeof value === 'number' ? String(value) : `$${String(value)}`;
      const eye = hole.binding.secret ? "'***'" : literal;
      return { script: literal, text: eye, skeleton: literal, filled: literal };
    }
    const quoted = (text: string): string => `'${inSingle(text)}'`;
    return {
      script: inScript(code, hole, env),
      text: quoted(forEye(hole)),
      skeleton: quoted(harmlessWord()),
      filled: quoted(forJudge(hole)),
    };
  }
  const around = fill(
    code,
    span,
    holes,
    (text) => text,
    () => '',
  );
  if (!/^[\w.:\\/*?~%+-]*$/.test(around) || /^-/.test(code.slice(start)))
    return refuse(
      hole,
      'stands inside a word where no value can be placed safely; put a space before it, or quotes around the word',
    );
  if (!/^\S/.test(segmentsAround(code, start, scan)[0]?.before ?? ''))
    return refuse(hole, 'stands in the name of a command, so its value would be run');
  const shown = (valueOf: (hole: Hole) => string): string =>
    `'${fill(
      code,
      span,
      holes,
      (text) => text,
      (one) => inSingle(valueOf(one)),
    )}'`;
  const script = fill(
    code,
    span,
    holes,
    (text) => text,
    (one) => inScript(code, one, env),
  );
  return { script: `"${script}"`, text: shown(forEye), skeleton: shown(harmlessWord), filled: shown(forJudge) };
}

/** The text of a span with its literal parts and its holes written as told. */
function fill(
  code: string,
  { start, end }: Span,
  holes: readonly Hole[],
  literal: (text: string) => string,
  valueOf: (hole: Hole) => string,
): string {
  let text = '';
  let from = start;
  for (const hole of holes) {
    text += literal(code.slice(from, hole.start)) + valueOf(hole);
    from = hole.end;
  }
  return text + literal(code.slice(from, end));
}

function inScript(code: string, hole: Hole, env: Record<string, string>): string {
  return takenAlong(code, hole) === null ? reference(hole, env) : code.slice(hole.start, hole.end);
}

function reference({ binding }: Hole, env: Record<string, string>): string {
  let name = `TSG_${binding.name.replace(/\W/g, '_')}`;
  while (env[name] !== undefined && env[name] !== String(binding.value)) name += '_';
  env[name] = String(binding.value);
  return `\${env:${name}}`;
}

/** As it stands inside of single quotes, each of which PowerShell knows in five forms. */
function inSingle(value: string): string {
  return value.replace(/['‘’‚‛]/g, '$&$&');
}

/** As it stands inside of double quotes. */
function inDouble(value: string): string {
  return value.replace(/[`$"“”„]/g, '`$&');
}

/** Why a value cannot stand at this place; null when it can. */
function problemOf(code: string, hole: Hole, region: Region | undefined, scan: Scan): ActionFailure | null {
  const value = String(hole.binding.value);
  if (value.includes('\0')) return refuse(hole, 'holds a NUL character, which no script can be given');
  if (region?.kind === 'here') return refuse(hole, 'stands in a here-string, where no value can be placed safely');
  if (region?.runs) return refuse(hole, 'stands in a text that runs something, where no value can be placed safely');
  if (/[`$]$/.test(code.slice(0, hole.start))) return refuse(hole, 'stands behind a sign that changes its meaning');
  let isPlain = false;
  for (const { before, opens } of segmentsAround(code, region?.start ?? hole.start, scan)) {
    const word = firstWord(before);
    if (/^[&.]$/.test(word))
      return refuse(hole, 'stands where the name of a command is expected, so its value would be run');
    if (opens === '{' && takesAlong.test(word) && takenAlong(code, hole) !== null) continue;
    if (opens === '{' && !ownBlocks.test(word))
      return refuse(hole, `stands in a block of \`${word}\`, which may run where the value is not known`);
    // Behind a point or two colons stands the name of something that is called.
    const isCall = opens === '(' && /(\.|::)\w+$/.test(before);
    isPlain ||= isCall || !(takesAnything(word) || (opens !== null && ownBlocks.test(word)));
  }
  return isPlain && !/^\w[\w.:@/-]*$/.test(value)
    ? refuse(
        hole,
        'stands where it may be read as code, so only a plain word (letters, digits, `_.:@/-`) can be placed safely',
      )
    : null;
}

/** What may hold a block that runs in this very session. */
const ownBlocks =
  /^(@|\?|%|where(-object)?|foreach(-object)?|(select|sort|group|measure)-object|format-\w+|measure-command|if|elseif|else|for|while|do|switch|try|catch|finally)$/i;

/** What runs a block elsewhere, and hands over what it takes along. */
const takesAlong = /^(?:invoke-command|icm|start-(?:thread)?job|sajb|foreach(?:-object)?|%)$/i;

/** Cmdlets that read an argument as code, or hand it to a program that may. */
const readsCode =
  /^(invoke|enter|register|debug|trace)-|^(start-(process|job|threadjob)|add-type|new-(object|alias|service|pssession|scheduledtaskaction)|set-(alias|variable|item|content)|foreach-object|import-module|export-modulemember|update-\w+)$/i;

/** True where any text is a text: cmdlets that do not read code, keywords, plain variables, nothing at all. */
function takesAnything(word: string): boolean {
  if (/^[a-z]+-[a-z]\w*$/i.test(word)) return !readsCode.test(word);
  return /^(|@|\?|where|if|elseif|else|while|switch|return|\$\w+(\.\w+)*|-\w+|['"\d].*)$/i.test(word);
}

/** The word that begins a command, behind an assignment or a key. */
function firstWord(before: string): string {
  const bare = before.replace(/^\s*(?:\$[\w:]+|'[^']*'|[A-Za-z]\w*)\s*[-+]?=\s*/, '').trimStart();
  return /^(&|\.(?=\s)|@|[^\s({]+)/.exec(bare)?.[0] ?? '';
}

/**
 * The commands around a place, innermost first: what stands of each before the place, and the bracket inside of it that
 * leads there.
 */
function segmentsAround(
  code: string,
  place: number,
  { marks }: Scan,
): readonly { readonly before: string; readonly opens: string | null }[] {
  const segments: { before: string; opens: string | null }[] = [];
  let end = place;
  let opens: string | null = null;
  let depth = 0;
  const close = (start: number): void => {
    segments.push({ before: code.slice(start, end).replace(/^\s+/, ''), opens });
  };
  /** Behind a separator: what stands before it belongs to another command, until the bracket around both. */
  let isClosed = false;
  for (const { at, sign } of [...marks].reverse()) {
    if (at >= place) continue;
    if (/[)}]/.test(sign)) depth++;
    else if (/[({]/.test(sign)) {
      if (depth > 0) depth--;
      else {
        if (!isClosed) close(at + 1);
        isClosed = false;
        end = sign === '{' && code[at - 1] === '@' ? at - 1 : at;
        opens = sign;
        if (sign === '{' && code[at - 1] === '@') {
          segments.push({ before: '@', opens });
          opens = null;
        }
      }
    } else if (depth === 0 && !isClosed) {
      close(sign === '&' && code[at - 1] !== '&' ? at : at + 1);
      isClosed = true;
    }
  }
  if (!isClosed) close(0);
  return segments;
}

/** The word that a value is a part of. */
function wordAround(code: string, hole: Hole, holes: readonly Hole[]): Span {
  const ends = /[\s;|(){},&'"‘’‚‛“”„`]/;
  let { start, end } = hole;
  for (;;) {
    const value = holes.find((one) => one.end === start);
    if (value) start = value.start;
    else if (start > 0 && !ends.test(code[start - 1] ?? '')) start--;
    else break;
  }
  for (;;) {
    const value = holes.find((one) => one.start === end);
    if (value) end = value.end;
    else if (end < code.length && !ends.test(code[end] ?? '')) end++;
    else break;
  }
  return { start, end };
}

function refuse(hole: Hole | undefined, why: string): ActionFailure {
  return failure('invalid-parameter', `\`${hole?.binding.name ?? ''}\` ${why}.`, {
    at: { start: hole?.start ?? 0, end: hole?.end ?? 0 },
  });
}
