// Items of lists that ask, that answer a question, or that plainly say what to do.
import { sentencesOf, type Item, type List, type Prose, type Section } from '../guide/index.ts';
import type { Condition } from './draft.ts';
import { isImperative, isMotion, isWeak } from './imperative.ts';
import { readOutcome } from './read-outcome.ts';

const yesOrNo = String.raw`(?:is|are|was|were|do|does|did|has|have|had|can|could)\b[^.?!]{3,160}\?(?:\s*\([^()]{2,120}\))?\W*$`;
const asksYesOrNo = new RegExp(String.raw`^\W*${yesOrNo}`, 'i');
/** "If you changed it did you restart it?" */
const asksIt = new RegExp(String.raw`^\W*(?:if\b[^.?!]{3,80}?[\s,])?${yesOrNo}`, 'i');

/** "Is the agent running? (`systemctl status agent`)": looked up with the command. */
export function asksWithCommand(item: Item): boolean {
  const [first] = item.blocks;
  return (
    first?.kind === 'paragraph' &&
    asksIt.test(first.prose.plain) &&
    first.prose.codes.some(({ start, end }) => /\S\s+\S/.test(first.prose.plain.slice(start, end)))
  );
}

/** "Restart the service" among items with conditions: it is done in any case. */
export function asksPlain({ blocks: [first] }: Item): boolean {
  if (first?.kind !== 'paragraph') return false;
  const { plain } = first.prose;
  return (
    isImperative(plain) &&
    !isMotion(plain) &&
    !isWeak(plain) &&
    !/^\W*(?:or|alternatively|please|see|refer|note|do\s+not|don['’]t|never)\b/i.test(plain) &&
    readOutcome(plain) === null
  );
}

/** "Have you pushed the image?" with no answer below it: it is to be looked up. */
export function asksToLook({ blocks: [first, ...rest] }: Item): boolean {
  return (
    first?.kind === 'paragraph' && asksYesOrNo.test(first.prose.plain) && rest.every(({ kind }) => kind !== 'list')
  );
}

/** "Is nobody on call?" and what to do then below it, where no answer is written. */
export function isQuestionItem({ blocks: [first, nested] }: Item): boolean {
  if (first?.kind !== 'paragraph' || nested?.kind !== 'list' || !asksYesOrNo.test(first.prose.plain)) return false;
  const opening = nested.items.flatMap(({ blocks: [one] }) => (one?.kind === 'paragraph' ? [one.prose.plain] : []));
  return (
    !opening.some((words) => /^\W*(?:yes|no|if|otherwise|when|unless)\b/i.test(words)) &&
    opening[0] !== undefined &&
    isImperative(opening[0])
  );
}

/** "Is it restarting?", and "Is it restarting? `kubectl get pods`": nothing behind the question but how it is looked up. */
function endsAsking({ plain, codes }: Prose): boolean {
  const at = plain.lastIndexOf('?') + 1;
  if (at === 0) return false;
  const behind = codes.reduceRight(
    (rest, { start, end }) => (start < at ? rest : rest.slice(0, start - at) + rest.slice(end - at)),
    plain.slice(at),
  );
  return /^\W*$/.test(behind);
}

/** "Is the site down?" with an item for yes and one for no below it. */
export function isAnsweredItem({ blocks: [first, nested] }: Item): boolean {
  return (
    first?.kind === 'paragraph' &&
    endsAsking(first.prose) &&
    nested?.kind === 'list' &&
    nested.items.length > 1 &&
    nested.items.every(isAnswer)
  );
}

/** "Yes" alone, or "No, but it fails elsewhere", with what to do below it. */
export function bareAnswer({ blocks: [first, ...rest] }: Item): Condition | null {
  const sentence = first?.kind === 'paragraph' ? sentencesOf(first.prose)[0] : undefined;
  const answer = sentence && (/^\W*(yes|no)\W*$/i.exec(sentence.text) ?? furtherAnswer.exec(sentence.text))?.[1];
  if (!sentence || answer === undefined || rest.length === 0) return null;
  if (/\s/.test(answer) && (rest[0]?.kind !== 'list' || sentence.end < sentence.prose.plain.length)) return null;
  return {
    kind: 'if',
    text: answer.charAt(0).toLowerCase() + answer.slice(1),
    start: sentence.start,
    end: sentence.end,
    sentence,
  };
}

const furtherAnswer = /^\W*((?:yes|no)\s*,\s+(?:and|but)\s[^:.?!]{3,120}?)\s*[.]?$/i;

/** "Yes, …" or "No, …". */
export function isAnswer(item: Item): boolean {
  const first = item.blocks[0];
  return first?.kind === 'paragraph' && /^\W*(?:yes|no)\b/i.test(first.prose.plain);
}

/** "Pre-checks" and "- No backup is running": what is to be so is looked up, though no word asks for it. */
export function listsChecks({ heading, blocks }: Section): boolean {
  return (
    heading !== null &&
    blocks.some(
      (block) =>
        block.kind === 'list' &&
        block.items.length > 1 &&
        (namesChecks.test(heading.title) || block.items.every(isTickedQuestion) || asksForFacts(block)),
    )
  );
}

/** "- Is the relay reachable?", "- Any change of late?", "- Free addresses left": two or more, and half of the items, ask what is so. */
function asksForFacts({ items }: List): boolean {
  const asking = items.filter(
    ({ blocks: [first, ...rest] }) =>
      first?.kind === 'paragraph' &&
      first.prose.links.length === 0 &&
      rest.length === 0 &&
      asksFact.test(first.prose.plain),
  ).length;
  return asking > 1 && asking * 2 >= items.length;
}

/** Not "How do I …?", which a list of contents asks. */
const asksFact =
  /^\W*(?!(?:what|which|who|whose|whom|where|when|why|how|should|shall|would|could|can|may|might|do\s+(?:i|we|you)|want|need|looking)\b)[^.?!]{3,160}\?\W*$/i;

/** `- [ ] Is the address known?` */
function isTickedQuestion({ task, blocks: [first] }: Item): boolean {
  return task === true && first?.kind === 'paragraph' && /\?|\S\s+(?:or|–|—)\s+\S/.test(first.prose.plain);
}

const namesChecks = /^\W*(?:(?:pre|post|safety|sanity|final)[\s-]?checks?|pre-?flight(?:\s+checks?)?|checklist)\W*$/i;
