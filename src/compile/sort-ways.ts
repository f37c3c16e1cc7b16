// The ways that one step's statements ask for, told apart: under a condition, "otherwise", and without one. What none of them can be is
// skipped, with the reason.
import type { NodeId, Outcome } from '../plan/index.ts';
import type { Condition, Statement } from './draft.ts';

/** One arrow that a statement asks for. */
export interface Way {
  readonly statement: Statement;
  readonly condition: Condition | null;
  /** Empty when the statement names no target: it goes where the step goes by default. */
  readonly to: readonly NodeId[];
  readonly outcome: Outcome | null;
  readonly back: boolean;
  /** It leads to a step above, or to its own. */
  readonly upward: boolean;
  /** It names a step that there is not, or came when the plan had too many arrows. */
  readonly failed: boolean;
}

/** "Go back to Step 1. Do this at most twice. After that, escalate.": where one goes when the rounds are over. */
export function behindRounds(plain: readonly Way[], first: Way | undefined): Way | null {
  if (first?.upward !== true) return null;
  const later = plain
    .slice(plain.indexOf(first) + 1)
    .find(({ statement }) => afterRounds.test(statement.passage.sentence.text));
  return later && !later.upward && later.to.length > 0 ? later : null;
}

const afterRounds =
  /^\W*(?:(?:and|but)\s+)?(?:after\s+(?:that|this|those|these|the\s+(?:last|third|second|final)\s|\w+\s+(?:times|attempts|tries|rounds|retries))|then|afterwards?|thereafter|finally|next)\b/i;

interface SortedWays {
  readonly conditional: readonly Way[];
  readonly otherwise: Way | null;
  readonly plain: readonly Way[];
}

/** A condition that leads nowhere counts only when an "otherwise" follows it: then it means going on. */
export function sortWays(
  ways: readonly Way[],
  hasOptions: boolean,
  hasUnknown: boolean,
  asElse: boolean,
  skip: (way: Way, reason: string, quiet?: boolean) => void,
): SortedWays {
  const conditional: Way[] = [];
  const plain: Way[] = [];
  let otherwise: Way | null = null;
  let idle: Way | null = null;
  for (const way of ways) {
    const leads = way.to.length > 0 || way.statement.jump !== null;
    if (way.condition === null) {
      plain.push(way);
    } else if (way.condition.kind === 'else') {
      if (idle && !leads && way.outcome === null && conditional.length === 0) {
        skip(idle, idleReason(idle));
        skip(way, 'it names no step, and neither does the condition before it');
        idle = null;
        continue;
      }
      if (otherwise) skip(way, 'the step has another "otherwise"');
      else if (idle) conditional.push(idle);
      idle = null;
      if (leads && asElse && conditional.length === 0 && opensStep(way)) plain.push({ ...way, condition: null });
      else if (conditional.length > 0 || hasOptions) otherwise ??= way;
      else if (hasUnknown) skip(way, 'the condition before it leads to no step', true);
      else if (leads) skip(way, 'there is no condition before it that was read');
      else skip(way, 'there is no condition before it that was read, and it names no step');
    } else if (leads || way.outcome !== null) {
      conditional.push(way);
    } else if (goesSomewhere(way)) {
      skip(way, 'it does not name the step to go to');
    } else {
      if (idle) skip(idle, idleReason(idle));
      idle = way;
    }
  }
  if (idle) skip(idle, idleReason(idle));
  return { conditional, otherwise, plain };
}

/** "If it looks wrong, proceed as appropriate.": the reader is sent on, and nobody knows where. */
function goesSomewhere({ condition, statement }: Way): boolean {
  const { prose, end } = statement.passage.sentence;
  const rest = condition ? prose.plain.slice(condition.end, end) : '';
  return /^\W*(?:(?:please|then|you\s+(?:can|should|may))\s+)?(?:go|proceed|continue|jump|skip|move|return)\b[^.;]*\b(?:appropriate(?:ly)?|accordingly|relevant|matching|corresponding|suitable|right|correct|respective)\b/i.test(
    rest,
  );
}

function idleReason(way: Way): string {
  return way.statement.passage.leadsToAction
    ? 'it says when to run the code below; the step asks for approval instead'
    : 'the condition leads to no step and to no ending';
}

/** "If X, go to Step 3" where Step 3 follows anyway: what happens otherwise is not said. */
export function leadsOnlyTo(ways: readonly Way[], next: NodeId): boolean {
  return ways.some((way) => way.to.length === 0 || way.to.includes(next)) && next !== 'end';
}

/** "Otherwise, page the owner." with nothing before it: of the step before, and not of "Check it; otherwise page the owner." */
function opensStep({ statement }: Way): boolean {
  const { prose, start } = statement.passage.sentence;
  return !/[\p{L}\d]/u.test(prose.plain.slice(0, start));
}
