// Takes the loops out of the edges. An arrow up the guide that closes a circle becomes a bounded repeat and is reported;
// an arrow up the guide that closes none stays an edge.
import { allMatches, collect, Memory } from '../base/index.ts';
import { sentencesOf, type Sentence } from '../guide/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { type NodeId, usualRounds } from '../plan/index.ts';
import type { EdgeDraft, Step } from './draft.ts';

export interface Loop {
  readonly edge: EdgeDraft;
  readonly max: number;
  /** The author says how often. */
  readonly said: boolean;
  readonly waitMs: number | null;
  /** The time that the author gives all rounds together, in the guide's words: "10 minutes". */
  readonly within?: string;
}

export function findLoops(
  steps: readonly Step[],
  drafts: readonly EdgeDraft[],
  next: (step: Step) => NodeId,
  rounds: readonly EdgeDraft[] = [],
): { edges: EdgeDraft[]; loops: Loop[]; diagnostics: Diagnostic[] } {
  const order = new Map<NodeId, number>(steps.map((step) => [step.id, step.order]));
  const placeOf = (node: NodeId): number => order.get(node) ?? steps.length;
  // What nobody wrote never leads up the guide: a way on that would becomes the way to the step below.
  const onward = (step: Step): NodeId => {
    const to = next(step);
    return placeOf(to) > step.order ? to : (steps[step.order + 1]?.id ?? 'end');
  };
  const arrows: number[][] = Array.from({ length: steps.length + 1 }, () => []);
  const connect = (draft: EdgeDraft): void => void arrows[placeOf(draft.from)]?.push(placeOf(draft.to));
  const upward = new Set(drafts.filter((draft) => placeOf(draft.to) <= placeOf(draft.from)));
  for (const draft of drafts) if (!upward.has(draft)) connect(draft);

  // A step whose every arrow leads up may lose them all and then goes on to its next one: count that way as taken.
  const down = new Set(
    drafts.filter((draft) => !upward.has(draft) && draft.onFailure !== true).map(({ from }) => from),
  );
  for (const step of steps) if (!down.has(step.id)) arrows[step.order]?.push(placeOf(onward(step)));

  const looping = new Set<EdgeDraft>();
  const seen = new Int32Array(steps.length + 1).fill(-1);
  let round = 0;
  let anyKept = false;
  for (const draft of upward) {
    const goal = placeOf(draft.from);
    const closes = draft.to === draft.from || reaches(arrows, placeOf(draft.to), goal, !anyKept, seen, round++);
    if (closes) {
      looping.add(draft);
    } else {
      connect(draft);
      anyKept = true;
    }
  }
  const edges = drafts.filter((draft) => !looping.has(draft));
  const leaving = new Set(edges.filter(({ onFailure }) => onFailure !== true).map(({ from }) => from));
  for (const step of steps) {
    if (leaving.has(step.id)) continue;
    edges.push(wayOn(step, onward(step)));
  }
  const loops = [...looping, ...rounds].map((edge): Loop => ({ edge, ...bounds(edge) }));
  return { edges, loops, diagnostics: collect(once(loops), (loop) => report(loop, steps[placeOf(loop.edge.to)])) };
}

/** Of the loops that one sentence asks for, back to one step, the first. */
function once(loops: readonly Loop[]): readonly Loop[] {
  const seen = new Set<string>();
  return loops.filter(({ edge: { passage, to } }) => {
    const key = `${String(passage?.sentence.span.start)} ${to}`;
    return passage === null || !seen.has(key) ? seen.add(key) : false;
  });
}

const madeWays = new Memory<Step, EdgeDraft>();

/** A step's way on that nobody wrote: the same as before while it leads to the same. */
function wayOn(step: Step, to: NodeId): EdgeDraft {
  let made = madeWays.get(step);
  if (made?.to !== to) {
    made = { from: step.id, to, condition: null, words: null, back: false, passage: null };
    madeWays.set(step, made);
  }
  return made;
}

/**
 * True when arrows lead from step `from` to step `goal`. While all arrows lead down the guide, steps below the goal need not
 * be visited. `seen[step] === round` marks a step that was.
 */
function reaches(
  arrows: readonly (readonly number[])[],
  from: number,
  goal: number,
  allDown: boolean,
  seen: Int32Array,
  round: number,
): boolean {
  const open = [from];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const to of arrows[place] ?? []) {
      if (to === goal) return true;
      if (seen[to] === round || (allDown && to > goal)) continue;
      seen[to] = round;
      open.push(to);
    }
  }
  return false;
}

const units: Readonly<Record<string, number>> = {
  second: 1000,
  sec: 1000,
  s: 1000,
  minute: 60_000,
  min: 60_000,
  hour: 3_600_000,
};
const numerals = ['once', 'twice', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** "For each node" has as many rounds as there are things; so many are asked about. */
const mostThings = 20;
const unit = String.raw`\s*-?(seconds?|secs?|s|minutes?|mins?|hours?)\b`;
const pause = new RegExp(String.raw`\b(?:wait(?:ing)?(?:\s+for)?|after|every)\s+(\d{1,5})` + unit, 'i');
const within = new RegExp(
  String.raw`\b(?:at\s+most|up\s+to|no\s+more\s+than|no\s+longer\s+than|a\s+maximum\s+of|within|for\s+up\s+to)\s+(\d{1,5})` +
    unit,
  'i',
);

const counted =
  /\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:more\s+)?(?:times|attempts|tries|retries|rounds|iterations)\b/gi;
/** "More than 5 times" is no bound. */
const comparesBefore = /\b(?:(?:more|fewer|less|greater)\s+than|over|at\s+least)\s+$/i;

/** "up to 5 times", "wait 10 minutes", "every 5 minutes for at most an hour" in the sentence that states the loop. */
function bounds(edge: EdgeDraft): Omit<Loop, 'edge'> {
  const words = edge.passage ? wordsAround(edge.passage.sentence) : '';
  const times =
    allMatches(words, counted).find(({ index }) => !comparesBefore.test(words.slice(Math.max(0, index - 40), index))) ??
    /\b(once|twice)\b(?!\s+(?:the|it|this|that|\w+\s+is)\b)/i.exec(words);
  const wait = duration(pause.exec(words));
  const limited = within.exec(words);
  const limit = duration(limited);
  const number = times?.[1]?.toLowerCase().replace('two', 'twice');
  if (number !== undefined) {
    const place = numerals.indexOf(number);
    return { max: Math.max(1, place === -1 ? Number(number) : place + 1), said: true, waitMs: wait };
  }
  if (limit !== null) {
    // "At most 10 minutes": so many rounds as fit, a minute apart where the author does not say how far.
    const waitMs = wait ?? Math.min(60_000, limit);
    return {
      max: Math.max(1, Math.ceil(limit / waitMs)),
      said: true,
      waitMs,
      within: `${limited?.[1] ?? ''} ${limited?.[2] ?? ''}`,
    };
  }
  const isEach = edge.condition !== null && /^for\s+(?:each|every|all|the)\b/i.test(edge.condition.text);
  return { max: isEach ? mostThings : usualRounds, said: false, waitMs: wait };
}

/** The sentence of a loop, with "If it is high, wait 5 minutes." before it and "Do this at most twice." behind it. */
function wordsAround(sentence: Sentence): string {
  const all = sentencesOf(sentence.prose);
  const at = all.indexOf(sentence);
  const before = all[at - 1]?.text ?? '';
  const behind = all[at + 1]?.text ?? '';
  return [waits.test(before) && before, sentence.text, limits.test(behind) && behind].filter(Boolean).join(' ');
}

const waits = /^\W*(?:if|when|otherwise)\b.*\bwait\s+(?:for\s+)?(?:about\s+)?\d[^.,;]{0,20}\W*$/i;
const limits =
  /^\W*(?:(?:do|repeat|try|retry)\s+(?:this|it|that|so|these\s+steps)\b|(?:at\s+most|no\s+more\s+than|up\s+to|a\s+maximum\s+of)\b|(?:give\s+up|stop)\s+after\b)/i;

/** In milliseconds. */
function duration(match: RegExpExecArray | null): number | null {
  const one = match?.[2]?.toLowerCase().replace(/(?<=\w\w)s$/, '');
  return match && one !== undefined ? Number(match[1]) * (units[one] ?? 1000) : null;
}

function report({ edge, max, said, within: time }: Loop, target: Step | undefined): Diagnostic[] {
  if (!edge.passage) return [];
  const to = edge.to === edge.from ? 'itself' : `\`${edge.to}\``;
  const times = max === 1 ? 'once' : `${String(max)} times`;
  const message =
    time === undefined
      ? `\`${edge.from}\` leads back to ${to}; the plan repeats it at most ${times}.`
      : `\`${edge.from}\` leads back to ${to}; the plan repeats it for ${time}, so at most ${times}.`;
  return [
    makeDiagnostic('step.loop', edge.passage.sentence.span, message, {
      labels:
        target && edge.to !== edge.from ? [{ span: target.titleSpan, message: 'the step that is run again' }] : [],
      ...(!said && { hint: 'Write "up to 5 times" in the sentence to set the number.' }),
    }),
  ];
}
