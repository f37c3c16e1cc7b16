// Decides by what an edge is decided: the expression that the author wrote in back-ticks, one that follows from the words and
// the last action's result, or nobody but a person. Also tells a condition's words without the expression.
import { Memory, nearName, onceFor, remember, sameItems, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import {
  checkGuard,
  type GuardParameters,
  inferGuard,
  shapeOfAction,
  type InferredGuard,
  type ResultShape,
} from '../guard/index.ts';
import { sourceOffset, sourceSpan, textOf, type Guide, type Mark } from '../guide/index.ts';
import type { Action, Guard, GuardOrigin, NodeId } from '../plan/index.ts';
import type { Condition, EdgeDraft, Passage } from './draft.ts';
import { sourceOf } from './source.ts';

/** The comment after a sentence that leaves its condition to a person. */
export const askComment = 'tsg-ask';

export interface GuardReading {
  readonly guard: Guard | null;
  readonly words: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads guards for the edges of one plan. A condition that stands where it stood is not read again. */
export function guardReader(
  guide: Guide,
  parameters: GuardParameters,
  /** Steps that send to another guide, so that they have its outcome too. */
  calling: ReadonlySet<NodeId>,
  /** The last action of a step, whose result its guards read. */
  lastActionOf: (step: NodeId) => Action | null,
): (edge: EdgeDraft, before: readonly (Guard | null)[]) => GuardReading {
  return (edge, before) => {
    const { condition, words, passage } = edge;
    const calls = calling.has(edge.from);
    const isLast = !passage || passage.lastAction === lastActionOf(edge.from);
    if (edge.otherwise) return { guard: otherwise[edge.otherwise], words, diagnostics: [] };
    if (!condition || !passage) return { guard: null, words, diagnostics: [] };
    // "Otherwise, if" depends on the conditions before it.
    if (condition.kind === 'else-if')
      return readGuard(guide, parameters, calls, isLast, edge, condition, passage, before);
    let known = made.get(condition);
    if (
      !known ||
      known.words !== words ||
      known.lastAction !== passage.lastAction ||
      known.onFailure !== edge.onFailure ||
      known.calls !== calls ||
      known.isLast !== isLast ||
      !sameItems(known.parameters.names, parameters.names) ||
      !sameItems(known.parameters.secrets, parameters.secrets)
    ) {
      const reading = readGuard(guide, parameters, calls, isLast, edge, condition, passage, before);
      const { lastAction } = passage;
      known = { words, lastAction, onFailure: edge.onFailure, calls, isLast, parameters, reading };
      made.set(condition, known);
    }
    return known.reading;
  };
}

const otherwise: Readonly<Record<GuardOrigin, Guard>> = {
  author: { kind: 'else', origin: 'author' },
  inferred: { kind: 'else', origin: 'inferred' },
  model: { kind: 'else', origin: 'model' },
};

interface Made extends Pick<EdgeDraft, 'words'>, Pick<Passage, 'lastAction'> {
  readonly onFailure: boolean | undefined;
  readonly calls: boolean;
  readonly isLast: boolean;
  readonly parameters: GuardParameters;
  readonly reading: GuardReading;
}

const made = new Memory<Condition, Made>();

function readGuard(
  guide: Guide,
  parameters: GuardParameters,
  calls: boolean,
  isLast: boolean,
  { words, onFailure }: EdgeDraft,
  condition: Condition,
  passage: Passage,
  before: readonly (Guard | null)[],
): GuardReading {
  const stands = condition.sentence;
  const shape = passage.lastAction && shapeOfAction(passage.lastAction);
  const written = writtenGuard(condition);
  if (written) {
    const { prose } = stands;
    const cel = prose.plain.slice(written.start, written.end);
    const source = sourceOf(guide, sourceSpan(prose, written.start, written.end));
    const problems = checkGuard(cel, shape && calls ? withOutcome(shape) : shape, parameters);
    const place = (offset: number): number => sourceOffset(prose, written.start + offset);
    // Where nothing is known of what it compares, it may be the code of a program that the text speaks of.
    const isForeign = !roots.test(cel) && shape?.columns === undefined && !isMisspelt(prose.plain, written, cel);
    const diagnostics = problems.map((problem) => {
      const span: Span = { start: place(problem.start), end: Math.max(place(problem.start) + 1, place(problem.end)) };
      return makeDiagnostic('guard.invalid', span, problem.message, {
        hint: problem.hint,
        ...(isForeign && { severity: 'hint' as const }),
      });
    });
    const whole = combine(condition, cel, before);
    const guard: Guard | null =
      diagnostics.length > 0 || whole === null || hasException(condition)
        ? null
        : { kind: 'cel', cel: whole, origin: 'author', source };
    return { guard, words: withoutCode(condition, written) ?? words, diagnostics };
  }
  if (
    onFailure === true ||
    !shape ||
    hasException(condition) ||
    stands.comments.some(({ text }) => text === askComment)
  ) {
    return { guard: null, words, diagnostics: [] };
  }
  // The words are about what stands before them; the step's result is that of its last action.
  if (!isLast) return { guard: null, words, diagnostics: [] };
  const inferred = inferrer(shape)((condition.told ?? withCode(condition)).replace(/^(?:unless|until|till)\b/i, 'if'));
  if (!inferred || (inferred.column !== undefined && parameters.names.includes(inferred.column)))
    return { guard: null, words, diagnostics: [] };
  const whole = combine(condition, inferred.cel, before);
  if (whole === null) return { guard: null, words, diagnostics: [] };
  // Of several rows the words do not say whether one is enough or all are meant.
  const isOpen = condition.kind === 'unless' && /\brows\.\w+\(/.test(inferred.cel);
  const cel = isOpen ? `rows.size() > 1 ? ask('there are several rows') : ${whole}` : whole;
  const source = sourceOf(guide, sourceSpan(stands.prose, condition.start, condition.end));
  return {
    guard: { kind: 'cel', cel, origin: 'inferred', source },
    words,
    diagnostics: [reportInferred(guide, condition, inferred.cel, inferred.because, source.span)],
  };
}

/** "If it is above 100, unless a release runs": no guard of the first half decides it. */
function hasException({ kind, text }: Condition): boolean {
  return kind === 'if' && /, (?:unless|except)\s/i.test(text);
}

/** The condition's words with the back-ticks of its code, which say that a word is meant as it stands. */
function withCode({ sentence: { prose }, start, end }: Condition): string {
  let words = '';
  let at = start;
  for (const mark of prose.codes) {
    if (mark.start < at || mark.end > end) continue;
    const code = prose.plain.slice(mark.start, mark.end);
    words += `${prose.plain.slice(at, mark.start)}${code.includes('`') ? code : `\`${code}\``}`;
    at = mark.end;
  }
  return (words + prose.plain.slice(at, end)).replace(/\s+/g, ' ');
}

const withOutcome = onceFor((shape: ResultShape): ResultShape => {
  return shape.members.length === 0 ? shape : { ...shape, members: [...shape.members, 'outcome'] };
});

/** What words say of a result of one shape. */
const inferrer = onceFor((shape: ResultShape) =>
  remember((words): InferredGuard | null => inferGuard(words, shape), 100),
);

/** "Unless" turns a guard round; "otherwise, if" holds only where none of the conditions before it did. */
function combine(condition: Condition, cel: string, before: readonly (Guard | null)[]): string | null {
  if (condition.kind === 'unless') return `!(${cel})`;
  if (condition.kind !== 'else-if') return cel;
  const parts: string[] = [];
  for (const guard of before) {
    if (guard?.kind !== 'cel') return null;
    parts.push(`!(${guard.cel})`);
  }
  return [...parts, `(${cel})`].join(' && ');
}

const roots =
  /^[!(\s-]*(?:rows|columns|rowCount|text|json|exitCode|status|outcome|params|steps|results|(?:size|has)(?=\())\b|^[!(\s-]*(?:table|listed|printed|found|number|same)\((?=[a-z])/;
const operator = /[=!<>]=|&&|\|\||[<>]|\.\w+\(|^\s*!|\bin\b|\b(?:size|has)\(/;
/** One `=` where two are meant, or a word for the sign: no guard, and yet nothing else. */
const slip =
  /^[!(\s]*(?:(?:rowCount|exitCode|rows|params|steps|results)\b[^=!<>]*\s=\s|json\.[\w.]+\s?=\s?(?![=~])|text\s?=\s?[\"']|(?:rowCount|exitCode)\s+(?:is|equals?|not)\s|(?:rowCount|exitCode|status|rows\[\d+\]\.\w+|json\.[\w.]+)\s*(?:=[<>]|<>)\s)/;
/** `(status = 204)` in brackets of its own. */
const statusSlip = /^[!(\s]*status\s?=\s?\d{3}\b/;
const fillers =
  /^(?:if|when|unless|whenever|in case|that|is|holds|true|then|the|result|expression|condition|of|and|,|:|;|\s|\(|\))*$/i;

/** The code span of a condition that is its guard: one that begins with what guards read, or that is the whole condition. */
function writtenGuard(condition: Condition): Mark | null {
  const { prose } = condition.sentence;
  const inside = prose.codes.filter((mark) => mark.start >= condition.start && mark.end <= condition.end);
  for (const mark of inside) {
    const code = prose.plain.slice(mark.start, mark.end);
    const inBrackets = prose.plain[mark.start - 1] === '(' && prose.plain[mark.end] === ')';
    if (!operator.test(code) && !slip.test(code) && !(inBrackets && statusSlip.test(code))) continue;
    if (roots.test(code) || isMisspelt(prose.plain, mark, code)) return mark;
    const around = prose.plain.slice(condition.start, mark.start) + prose.plain.slice(mark.end, condition.end);
    if (inside.length === 1 && fillers.test(around) && /[=!<>]=|&&|\|\||\s[<>]\s/.test(code)) return mark;
  }
  return null;
}

/** `(rowCont > 0)`: in brackets of its own, and its first word is nearly one of those that guards begin with. */
function isMisspelt(plain: string, { start, end }: Mark, code: string): boolean {
  if (plain[start - 1] !== '(' || plain[end] !== ')') return false;
  if (/^(?:result|step)\.\w+\.(?:rows|columns|rowCount|exitCode|text|json|status)\b|^param\.\w/.test(code)) return true;
  if (/^rows?\.(?:exists|all|filter|map|size)\b|^row\.(?:exists|all|filter|map)\(/.test(code)) return true;
  const short = /^!?([a-z]{3,5})(?=(?:\[\d+\])?\.\w)/.exec(code)?.[1];
  if (short !== undefined && nearName(short, shortRoots) !== undefined) return true;
  const word = /^!?([A-Za-z_]{6,12})(?=\s*[=!<>]=|\s+[<>]|\.\w)/.exec(code)?.[1];
  if (word === undefined || /^(?:result|column|states|params)$/i.test(word)) return false;
  return /^(?:exit_?code|rows?_?count|status_?code)$/i.test(word) || nearName(word, longRoots) !== undefined;
}

const shortRoots = ['rows', 'json', 'steps'];
const longRoots = ['rowCount', 'exitCode', 'columns', 'results', 'params', 'outcome', 'status'];

/** The author's words beside the expression, when there are any. */
function withoutCode(condition: Condition, mark: Mark): string | null {
  const { prose } = condition.sentence;
  const around = `${prose.plain.slice(condition.start, mark.start)}\u0000${prose.plain.slice(mark.end, condition.end)}`;
  const words = around
    .replace(/\s*\(\s*\u0000\s*\)|\u0000/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (fillers.test(words)) return null;
  return /^(?:If|Unless|When)\b/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
}

function reportInferred(guide: Guide, condition: Condition, cel: string, because: string, span: Span): Diagnostic {
  const message = `The condition \`${shorten(condition.told ?? condition.text)}\` is decided by \`${cel}\` (${because}).`;
  const { end } = condition.sentence.span;
  const behind = span.end + marksBehind(textOf(guide).slice(span.end, span.end + 40), endsInCode(condition));
  const after = end + (closingMarks.exec(textOf(guide).slice(end, end + 40))?.[0].length ?? 0);
  return makeDiagnostic('guard.inferred', span, message, {
    hint:
      condition.told === undefined
        ? 'Accept it into the text, or leave the decision to a person.'
        : 'Leave the decision to a person where the table means something else.',
    fixes: [
      // In a cell it would be another value.
      ...(condition.told === undefined
        ? [
            {
              title: 'Write the guard into the sentence',
              edits: [{ span: { start: behind, end: behind }, newText: ` (\`${cel}\`)` }],
            },
          ]
        : []),
      {
        title: 'Leave this decision to a person',
        edits: [{ span: { start: after, end: after }, newText: ` <!-- ${askComment} -->` }],
      },
    ],
  });
}

function endsInCode({ sentence: { prose }, end }: Condition): boolean {
  return prose.codes.some((mark) => mark.end === end);
}

/** How many signs behind a condition close its inline code and its emphasis; brackets and quotes there are the sentence's own. */
function marksBehind(behind: string, inCode: boolean): number {
  const ticks = inCode ? (/^ ?`+/.exec(behind)?.[0].length ?? 0) : 0;
  return ticks + (/^[*_~]*/.exec(behind.slice(ticks))?.[0].length ?? 0);
}

/** What closes the markup of a sentence, so that a comment behind it does not split `**`. */
const closingMarks = /^[*_~`)\]"”]*/;

function shorten(text: string): string {
  const line = text.replace(/[`\s]+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
