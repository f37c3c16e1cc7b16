// "If it is the primary, do not restart it. Run the switchover instead." and behind it "Restart the node": whoever is told not to do a
// thing must not be led into the step that does it. Finds that step, and where the option goes instead of into it.
import { contentWords, sharedWords } from './content-words.ts';
import { anaphora } from './antecedent.ts';
import type { Condition, Flow, Option, StepDraft } from './draft.ts';
import { isImperative, restOfImperative } from './imperative.ts';
import { looksOn } from './asks-for-work.ts';

/** What the words of an option say not to do. */
interface Refusal {
  readonly verb: string;
  /** What it would be done to; empty for "it" and "them". */
  readonly things: ReadonlySet<string>;
  /** "Do not do this", "don't do it": only what stands around it says what. */
  readonly isThis: boolean;
  /** "Do not proceed": nothing of what follows. */
  readonly isAll: boolean;
}

/** Where an option goes that says what not to do; `reason`: that was not said in so many words. Null: it goes on as any other. */
export interface WayAround {
  readonly to: StepDraft | 'end' | null;
  readonly reason: string | null;
}

const doesIt = 'it says what not to do, and its step has done that by then';
const notSaid = 'it says what not to do, and not where to go on behind the steps that do it';

/** `parts[at]` is the choice that `option` belongs to, `nexts` the step behind each part, and `decider` the step that makes the choice. */
export function wayAround(
  option: Option,
  parts: Flow,
  at: number,
  nexts: readonly (StepDraft | 'end')[],
  decider: StepDraft | null,
): WayAround | null {
  const { condition } = option;
  const refusal = refusalOf(condition);
  if (!refusal) return null;
  if (refusal.isAll) return { to: 'end', reason: null };
  const own = option.flow[0]?.kind === 'step' ? option.flow[0].step : null;
  const about = contentWords(`${condition.text} ${decider?.title ?? ''}`);
  const ahead = parts
    .slice(at + 1)
    .flatMap((part, index) => (part.kind === 'step' ? [{ step: part.step, place: at + 1 + index }] : []))
    .slice(0, mostAhead);
  const found = refusal.isThis ? -1 : ahead.findIndex(({ step }) => does(step, refusal, about));
  const doer = ahead[found];
  if (!doer) {
    const isDone =
      decider !== null &&
      // A heading may be called like what it comes to in the end.
      decider.kind !== 'heading' &&
      decider.chooses !== true &&
      !anaphora(condition.text) &&
      !comesOut.test(condition.text) &&
      (refusal.isThis ? isImperative(decider.title) && !looksOn.test(decider.title) : does(decider, refusal, about));
    if (isDone) return { to: null, reason: doesIt };
    return refusal.isThis && ahead.length > 0 ? { to: 'end', reason: notSaid } : null;
  }
  const { group } = doer.step;
  const isListOfIts = group !== 0 && group !== decider?.group && group !== own?.group;
  if (!isListOfIts)
    return found === 0 ? { to: nexts[doer.place] ?? 'end', reason: null } : { to: 'end', reason: notSaid };
  const isAllOfIt = ahead.slice(0, found).every(({ step }) => step.group === group);
  const last = ahead.findLast(({ step }) => step.group === group);
  return isAllOfIt && last ? { to: nexts[last.place] ?? 'end', reason: null } : { to: 'end', reason: notSaid };
}

/** So many steps ahead nobody thinks of what one of them says. */
const mostAhead = 12;

/** "Do not restart it again", "not yet": once more, or later, and not never. */
const limits =
  /\b(?:again|yet|until|till|before|without|unless|more\s+than|twice|any\s?more|any\s+longer|another|repeatedly|other\s+than|too|immediately|at\s+once|first|blindly|manually|both|all|while|during)\b/i;
/** "If it does not come up, do not restart it": asked of what was done. */
const comesOut =
  /\b(?:fail(?:s|ed)?|comes?|came|returns?|helps?|helped|works?|worked|succeeds?|finish(?:es)?|after|then|now|still|already)\b/i;
const refuses =
  /^(?:[^.:;,]{0,80}[:;,]\s+|[\s,;:–—-]*)(?:(?:then|please|so|but)\s+)*(?:do\s+not|don['’]t|never|(?:you|we)\s+(?:must|should|may|can)(?:\s+not|n['’]t)|must\s+not|avoid)\s+([^.;,:]{2,80}?)\s*(?=[.;,:]|\s+(?:but|and)\s|\s[–—-]\s|$)/i;
const particles = /^(?:over|back|up|down|off|out|on)$/;
const pronouns = /^(?:it|this|that|them|these|those|so|anything)$/i;

function refusalOf({ sentence, start, end }: Condition): Refusal | null {
  const { prose } = sentence;
  // A condition behind what is refused ("Do not restart it if …") has its words before it.
  if (start - sentence.start > 40) return null;
  const words = refuses.exec(prose.plain.slice(end, end + 200))?.[1];
  if (words === undefined || limits.test(words)) return null;
  const [first = '', second = '', ...others] = words.toLowerCase().split(/\s+/);
  const isJoined = particles.test(second);
  const rest = (isJoined ? others : [second, ...others]).join(' ');
  const isAll =
    /^(?:proceed|continue)$/.test(first) || (/^(?:go|move|carry)$/.test(first) && /^(?:on|ahead)$/.test(second));
  return {
    verb: isJoined ? `${first} ${second}` : first,
    things: pronouns.test(rest) ? new Set() : contentWords(rest),
    isThis: first === 'do' && (rest === '' || pronouns.test(rest)),
    isAll,
  };
}

/** True when the step does what is refused; `about` are the words that "it" may speak of. */
function does({ title }: StepDraft, { verb, things }: Refusal, about: ReadonlySet<string>): boolean {
  const words = (restOfImperative(title) ?? title).toLowerCase();
  const rest = words.slice(verb.length);
  const joined = verb.replace(' ', '');
  const isVerb = words.startsWith(verb) && /^(?:\W|$)/.test(rest);
  const isRun = runs.test(words) && (words.includes(` ${verb}`) || (joined.length > 4 && words.includes(joined)));
  if (!isVerb && !isRun) return false;
  const object = contentWords(isVerb ? rest : words);
  const isSame = /^\s+(?:it|them|this)\b/.test(rest) || object.size === 0;
  if (isVerb && isSame) return true;
  if (things.size > 0) return sharedWords(things, object) > 0;
  return verb.includes(' ') || sharedWords(object, about) > 0;
}

const runs = /^(?:run|execute|issue|use|perform|do|start|trigger|call|initiate|begin)\s/;
