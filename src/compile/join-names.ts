// Diagnosis and mitigation told apart: causes are looked at one after another, and further down stands what to do for each.
// "For autoANALYZE: …" then hangs on the step that looks for autoANALYZE, wherever the words say so.
import type { Flow, Option, StepDraft } from './draft.ts';

/** For each place of an option in a choice, the steps after which it is decided; options that no cause names are absent. */
export type Joins = ReadonlyMap<number, readonly StepDraft[]>;

/** One cause: the steps from `first` up to the next cause, and those of them with which it ends. */
interface Cause {
  readonly words: ReadonlySet<string>;
  readonly exits: readonly StepDraft[];
}

const none: Joins = new Map();

/** Joins the options of the choice at `place` in `parts` to causes before it. At least two must find theirs, each another. */
export function joinByName(parts: Flow, place: number): Joins {
  const choice = parts[place];
  if (choice?.kind !== 'choice' || choice.options.length < 2 || choice.options.length > 40) return none;
  const causes = causesIn(parts, place);
  if (causes.length < 2) return none;
  const joins = new Map<number, StepDraft[]>();
  const used = new Set<Cause>();
  choice.options.forEach((option, index) => {
    if (
      option.condition.kind !== 'if' ||
      option.words !== option.condition.text ||
      /^if\s+(?:not|so)\b/i.test(option.words)
    )
      return;
    const found = causesOf(option, causes);
    if (found.length === 0) return;
    for (const cause of found) used.add(cause);
    joins.set(
      index,
      found.flatMap(({ exits }) => exits),
    );
  });
  const last = causes.at(-1);
  return joins.size > 1 && used.size > 1 && last !== undefined && used.has(last) ? joins : none;
}

/** The causes that share most words with an option; at least half of its own. */
function causesOf(option: Option, causes: readonly Cause[]): readonly Cause[] {
  const wanted = contentWords(option.words);
  if (wanted.size === 0) return [];
  const shares = causes.map(({ words }) => [...wanted].filter((word) => words.has(word)).length / wanted.size);
  const best = Math.max(...shares);
  if (best < 0.5) return [];
  const found = causes.filter((_, at) => shares[at] === best);
  return found.length * 2 <= causes.length + 1 ? found : [];
}

function causesIn(parts: Flow, place: number): readonly Cause[] {
  let from = place;
  while (from > 0 && place - from < 60 && parts[from - 1]?.kind !== 'chart') from--;
  const starts: number[] = [];
  for (let at = from; at < place; at++) if (parts[at]?.kind === 'step') starts.push(at);
  const named = namedStarts(parts, starts);
  return named.map((start, index) => {
    const end = named[index + 1] ?? place;
    const words = new Set<string>();
    const part = parts[start];
    if (part?.kind === 'step')
      for (const text of [part.step.title, ...part.step.aliases])
        for (const word of contentWords(text)) words.add(word);
    return { words, exits: exitsOf(parts.slice(start, end)) };
  });
}

/** Causes are sections of their own; where only one section stands before the choice, they are the items of its list. */
function namedStarts(parts: Flow, starts: readonly number[]): readonly number[] {
  const named = starts.filter((at) => aliasesAt(parts, at).length > 0 || isHeading(parts, at));
  const last = named.at(-1);
  if (last === undefined) return starts;
  const inside = starts.filter((at) => at >= last);
  const groups = new Set(inside.map((at) => groupAt(parts, at)));
  return inside.length > 1 && groups.size === 1 && !groups.has(0) ? inside : named;
}

function groupAt(parts: Flow, at: number): number {
  const part = parts[at];
  return part?.kind === 'step' ? part.step.group : 0;
}

function aliasesAt(parts: Flow, at: number): readonly string[] {
  const part = parts[at];
  return part?.kind === 'step' ? part.step.aliases : [];
}

function isHeading(parts: Flow, at: number): boolean {
  const part = parts[at];
  return part?.kind === 'step' && part.step.kind === 'heading';
}

/** The steps with which a stretch of a flow ends: its last one, and the last ones of options behind it. */
function exitsOf(flow: Flow): StepDraft[] {
  const exits: StepDraft[] = [];
  for (let at = flow.length - 1; at >= 0; at--) {
    const part = flow[at];
    if (part?.kind === 'step') {
      const behind = flow[at + 1];
      if (behind?.kind !== 'choice' || exits.length === 0) exits.push(part.step);
      return exits;
    }
    if (part?.kind === 'choice') for (const option of part.options) exits.push(...exitsOf(option.flow));
  }
  return exits;
}

const common =
  /^(?:the|and|for|with|due|from|that|this|are|was|has|have|not|but|you|your|can|may|will|when|case|cause|caused|causing|issue|issues|error|errors|problem|failure|failures|diagnosis|diagnose|check|verify|mitigation|resolution|halted|because|common|other)$/;

/** Words that tell one cause from another, cut to their stem where an ending differs. */
function contentWords(text: string): Set<string> {
  const found = text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(found.filter((word) => !common.test(word)).map((word) => word.replace(/(?:ies|es|s|ing|ed)$/, '')));
}
