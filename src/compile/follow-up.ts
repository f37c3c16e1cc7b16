// "If it answers, test a login. Should the login fail, …", "If it is locked, ask its holder. If they do not answer, …": conditions that are
// about what the option before them looks up, or about whom it asks, so that they are decided there and not beside it.
import { onceFor } from '../base/index.ts';
import type { Block } from '../guide/index.ts';
import { sentencesOf } from '../guide/index.ts';
import type { IfPiece, Piece } from './cut-paragraph.ts';
import type { Condition } from './draft.ts';
import { sameSubject } from './open-option.ts';
import { conditionOf } from './read-condition.ts';

/** `title` is what the option of `before` asks for last, `asked` what the step asks for that decided it. */
export function followsUp(title: string, next: Condition, before: Condition, asked: string): boolean {
  if (next.kind !== 'if' || sameSubject(before, next)) return false;
  const isNew = (word: string): boolean => !hasWord(before.text, word) && !hasWord(asked, word);
  const silent = asksSomebody.test(title) ? noAnswer.exec(next.text) : null;
  if (silent && (silent[1] === undefined || (hasWord(title, silent[1]) && isNew(silent[1])))) return true;
  const looked = looksInto.exec(title);
  const subject = looked ? opensWithThing.exec(next.text)?.[1] : undefined;
  return looked !== null && subject !== undefined && hasWord(title.slice(looked.index), subject) && isNew(subject);
}

function hasWord(text: string, word: string): boolean {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}-]+/gu)
      ?.includes(word.toLowerCase()) ?? false
  );
}

const asksSomebody = /\b(?:ask|call|contact|page|ping|message|phone|email|write\s+to)\s+\S/i;
const noAnswer =
  /^(?:if|when|should)\s+(?:they|he|she|nobody|no\s+one|none|the\s+([\w-]+))\s+(?:(?:does|do|did)(?:\s+not|n['’]t)\s+)?(?:answers?|repl(?:y|ies)|responds?|reacts?|picks?\s+up)\b/i;
const looksInto =
  /(?:^\W*|[:;,]\s+|\band\s+|\bthen\s+)(?:check|test|try|query|ping|call|inspect|find|look\s+(?:at|for)|count|list|measure|read)\s+\S/i;
const opensWithThing =
  /^(?:if|when|should|in\s+case)\s+(?:the\s+|an?\s+|its\s+|that\s+)?([\p{L}\p{N}-]{3,})\s+(?:(?:is|are|was|were|has|have|does|do|did|can)(?:n['’]t)?|cannot|fails?|answers?|works?|times|shows?|comes?|returns?|succeeds?|exists?)\b/iu;

/**
 * "If the certificate is in a secret, describe it. If the issuer is not ready, …" and in the next paragraph "If the certificate is on a
 * balancer, …": the cases are told paragraph by paragraph, so that what stands behind the first of one is asked in that case alone. The
 * place of that first one; -1 where it is not so.
 */
export function headOfCase(pieces: readonly Piece[], behind: readonly Block[]): number {
  const at = pieces.findIndex(({ kind }) => kind === 'if');
  const head = pieces[at];
  if (head?.kind !== 'if' || at > 1 || head.trailing || head.condition.kind !== 'if') return -1;
  const others = pieces.slice(at + 1).filter((piece): piece is IfPiece => piece.kind === 'if');
  if (others.length === 0) return -1;
  const next = behind.slice(0, 4).find((block) => block.kind === 'paragraph');
  const opening = next?.kind === 'paragraph' ? openingOf(next) : null;
  if (!opening || !sameSubject(head.condition, opening) || pronoun.test(opening.text)) return -1;
  const isOther = ({ condition }: IfPiece): boolean =>
    condition.kind === 'if' && !sameSubject(condition, opening) && !pronoun.test(condition.text);
  return others.every(isOther) ? at : -1;
}

const pronoun = /^if\s+(?:it|this|that|they|these|those|so|not|you|we)\b/i;

const openingOf = onceFor((block: Block & { kind: 'paragraph' }): Condition | null => {
  const [first] = sentencesOf(block.prose);
  const condition = first ? conditionOf(first, false) : null;
  return condition?.kind === 'if' && first && condition.start - first.start < 4 ? condition : null;
});
