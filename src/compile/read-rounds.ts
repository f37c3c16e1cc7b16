// Reads what a step's own words ask to do several times: "run it every 5 minutes until the lag is gone", "retry up to 3 times",
// "wait until all pods are ready", "for each node: …".
import { onceFor } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';
import { isHedged } from './branching.ts';
import type { Condition, EdgeDraft, Passage, Statement, Step } from './draft.ts';
import { asksPlainly, isImperative } from './imperative.ts';
import { halting } from './read-outcome.ts';
import type { StepText } from './read-passages.ts';

const cheap = /\b(?:until|till|times|twice|each|every|wait|repeat|all|remaining|while|long)\b/i;
const until = /\b(?:until|till)\s+(?=\S)/i;
/** "Wait for the pod to start"; not "wait for ten minutes to let it start", which is over then. */
const waitFor =
  /^\W*(?:(?:then|and|now|please)\b\W*)*wait\s+for\s+(?!(?:(?:about|around|approximately|roughly|at\s+least|up\s+to|another|a|an|some|several|(?:a\s+)?few|one|two|three|five|ten|the|\d[\d–-]*)\s+){1,3}(?:(?:more|full)\s+)?(?:seconds?|minutes?|mins?|hours?|moments?|while|days?)\b)[^.;]{3,160}?\bto\s+\w/i;
const goesRound =
  /\b(?:wait|repeat|retry|re-?run|re-?check|re-?try|poll|watch|monitor|observe|loop|keep|continue|check|run|execute|query|try|ping|sleep|every|again)\b/i;
const notBefore = /\b(?:do\s+not|don['’]t|never|not|cannot|can['’]t|won['’]t|without)\b/i;
const holdsBack = new RegExp(
  String.raw`^\W*(?:(?:please|then|but|and|so|important|note|warning)\b\W*)*${halting}\s+$`,
  'i',
);
/** "Never continue while a backup is running." */
const during = /\b(?:while|as\s+long\s+as)\s+(?=\S)/i;
const again = /\b(?:retry|retrying|try|repeat|re-?run|re-?execute|re-?try|attempt)\b/i;
const upTo =
  /\b(?:(?:up\s+to|at\s+most|no\s+more\s+than|a\s+maximum\s+of|max(?:imum)?\.?)\s+)?(?:\d{1,3}|twice|two|three|four|five|six|seven|eight|nine|ten)(?:\s+more)?(?:\s+times|\b(?<=twice))/i;
/** "Do the following for each broker:" */
const eachBelow = /\b(for\s+(?:each|every)\b[^,:;.?!—–]{2,160}):\W*$/i;
const each =
  /^\W*(?:(?:step|phase|stage|part)\s+[\w.]+\W+)?(?:(?:then|and|next|now|also|finally)\b\W*)*(for\s+(?:each|every)\b[^,:;.?!—–]{2,160})/i;

/** "For each node", "for every partition with lag": what a sentence, item or heading is done for, one after the other. */
export const readEach = onceFor((sentence: Sentence): Condition | null => {
  const words = (each.exec(sentence.text) ?? eachBelow.exec(sentence.text))?.[1];
  return words === undefined ? null : conditionAt(sentence, 'if', sentence.text.indexOf(words), words.trimEnd().length);
});

/** Where the sentences begin that stand above what they say is done for each thing: those steps lead back, and none that they stand in. */
const saidAbove = onceFor(
  (steps: readonly Step[]): ReadonlySet<number> =>
    new Set(steps.flatMap(({ each: said }) => (said ? [said.span.start] : []))),
);

/** The rounds that a step's words ask for, and those that it ends, as edges back to where they begin. */
export function readRounds(
  step: Step,
  steps: readonly Step[],
  text: StepText,
  statements: readonly Statement[],
): readonly EdgeDraft[] {
  const own = ownRounds(step, steps, text, statements);
  const first = step.eachSteps === undefined ? undefined : steps[Math.max(0, step.order - step.eachSteps + 1)];
  const condition = step.each && readEach(step.each);
  const outer = first && step.each && condition ? [back(step, first, condition, passageOf(step.each))] : [];
  return own === null ? outer : [own, ...outer];
}

function ownRounds(
  step: Step,
  steps: readonly Step[],
  text: StepText,
  statements: readonly Statement[],
): EdgeDraft | null {
  for (const passage of mayGoRound(text)) {
    const { sentence } = passage;
    if (saidAbove(steps).has(sentence.span.start)) continue;
    const condition = roundsOf(sentence);
    const once = onceMore(sentence);
    if (once) {
      const first =
        step.kind === 'item' && step.group > 0 ? steps.find(({ group }) => group === step.group) : undefined;
      return back(step, first ?? step, once, passage);
    }
    if (!condition || statements.some((said) => said.passage.sentence === sentence && said.jump !== null)) continue;
    return back(step, step, condition, { ...passage, lastAction: text.actions.at(-1) ?? null });
  }
  return null;
}

/** Passages with a word of rounds. */
const mayGoRound = onceFor(({ passages }: StepText) => passages.filter(({ sentence }) => cheap.test(sentence.text)));

/** "Repeat for each affected node.": what stands before it. */
const onceMore = onceFor((sentence: Sentence): Condition | null => {
  const match =
    /^\W*(?:(?:then|and|now|finally|please)\b\W*)*(?:repeat|do)\s+(?:(?:this|that|it|so|the\s+same|(?:the|these|all)\s+(?:above\s+|previous\s+)?(?:steps|commands|actions|process|procedure))\s+)*(for\s+(?:each|every|all|the\s+(?:other|remaining))\s+[^.;:]{2,160})/i.exec(
      sentence.text,
    );
  return match?.[1] === undefined
    ? null
    : conditionAt(sentence, 'if', match[0].length - match[1].length, match[1].length);
});

const roundsOf = onceFor((sentence: Sentence): Condition | null => {
  const { text } = sentence;
  // "Undo: none, the old tasks run until the new ones are up" says what the way back is.
  if (/^\W*(?:undo|roll-?back)\s*:/i.test(text)) return null;
  const whole = readEach(sentence);
  if (whole) return whole;
  const toTheEnd = (kind: Condition['kind'], at: number): Condition =>
    conditionAt(sentence, kind, at, endOf(text, at) - at);
  const later = until.exec(text);
  // "Do not continue until all replicas are in sync" asks to wait for it.
  if (later && holdsBack.test(text.slice(0, later.index))) {
    const condition = toTheEnd('unless', later.index);
    return isHedged(condition.text) ? null : condition;
  }
  // "Do not continue while it is running" asks for the same.
  const meanwhile = during.exec(text);
  if (meanwhile && holdsBack.test(text.slice(0, meanwhile.index))) return toTheEnd('if', meanwhile.index);
  if (!isImperative(text.replace(/^\W*(?:then|and|now|next)\b\W*/i, ''))) return null;
  const wait = waitFor.exec(text);
  if (wait && !later) return conditionAt(sentence, 'unless', text.search(/wait/i), text.length);
  if (later && later.index > 0) {
    const before = text.slice(0, later.index);
    if (!goesRound.test(before) || notBefore.test(before) || /\bif\b/i.test(before)) return null;
    const condition = toTheEnd('unless', later.index);
    return isHedged(condition.text) ? null : condition;
  }
  const times = upTo.exec(text);
  if (!times || !again.test(text.slice(0, times.index)) || notBefore.test(text.slice(0, times.index))) return null;
  const start = text.search(/\p{L}/u);
  return conditionAt(sentence, 'if', start, endOf(text, times.index + times[0].length) - start);
});

/** "Retry up to three times, then escalate.": when one comes to what stands behind "then". Null for other sentences. */
export const afterRounds = onceFor((sentence: Sentence): Condition | null => {
  const rounds = cheap.test(sentence.text) ? roundsOf(sentence) : null;
  if (rounds?.kind !== 'if' || !upTo.test(rounds.text) || !again.test(rounds.text)) return null;
  const rest = sentence.prose.plain.slice(rounds.end, sentence.end);
  return /^[,;]?\s+(?:and\s+)?then\s/i.test(rest)
    ? { ...rounds, text: `if it did not help to ${rounds.text.replace(/^(?:then|and|now|next)\s+/i, '')}` }
    : null;
});

/** Where what is waited for ends: at a comma or semicolon behind which something else is said. */
function endOf(text: string, start: number): number {
  const rest = text.slice(start);
  const match = /[,;]\s+(?:(?:and\s+)?then|at\s+most|up\s+to|or\s+(?:for|at)|which|with)\b|;|\s+and\s+then\b/i.exec(
    rest,
  );
  // "until it is done and retry your job"
  const and = / and /.exec(rest);
  const next = and && asksPlainly(rest.slice(and.index + and[0].length)) ? and.index : Infinity;
  return start + Math.min(match?.index ?? rest.length, next);
}

function conditionAt(sentence: Sentence, kind: Condition['kind'], at: number, length: number): Condition {
  const words = sentence.text.slice(at, at + length).replace(/[\s.;,:!]+$/, '');
  const text = words.replace(/\s+/g, ' ');
  const start = sentence.start + at;
  return {
    kind,
    text: text.charAt(0).toLowerCase() + text.slice(1),
    start,
    end: start + words.length,
    sentence,
  };
}

function passageOf(sentence: Sentence): Passage {
  return { sentence, paragraph: -1, inItem: false, leadsToAction: false, lastAction: null };
}

function back(from: Step, to: Step, condition: Condition, passage: Passage): EdgeDraft {
  return { from: from.id, to: to.id, condition, words: condition.text, back: true, passage };
}
