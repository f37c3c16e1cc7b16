// Reads when a step is begun: "Once the pod is up, log in", "After any change, rescan". It says no "whether", so the way to
// the step stays one without a decision and only shows the words.
import { onceFor } from '../base/index.ts';
import { sentencesOf } from '../guide/index.ts';
import type { StepDraft } from './draft.ts';
import { isImperative, restOfImperative } from './imperative.ts';
import { timeOf } from './timeline.ts';

const clause =
  /^[^\p{L}]*(?:(?:then|and|next|finally|so|now)\b[\s,]+)*((?:once|after|as\s+soon\s+as)\s+[^,.:;?!]{2,160}?)(?:,\s+(?:then\s+)?|\s+(?=(?:you|we)\s+(?:can|could|should|must|may|need|will|have)\b))/iu;
/** "After that" and "once done" speak of the step before, which the way shows already. */
const ofTheStepBefore =
  /^(?:after|once)\s+(?:that|this|it|these|those|done|finished|(?:doing|completing|finishing)\s+(?:so|that|this)|(?:this|that|the\s+(?:previous|above|last|first))\s+steps?)$/i;
/** "Once the volume is detached." that another sentence goes on from. */
const onlyWhen = /^[^\p{L}]*((?:once|as\s+soon\s+as)\s+[^,.:;?!]{2,160})\.$/iu;
const asked = /^(?:you|we)\s+(?:(?:can|could|should|must|may|need|will|have|then|also|now|to|be|able)\s+)+/i;

/** The author's words for when the step is begun, in lower case where they open the sentence; null when it says nothing. */
export const readTiming = onceFor((step: StepDraft): string | null => {
  const [block] = step.blocks;
  const first = block?.kind === 'list' ? block.items[0]?.blocks[0] : block;
  if (first?.kind !== 'paragraph') return null;
  const told = timeOf(first.prose);
  if (told !== null) return told;
  const sentences = sentencesOf(first.prose);
  const place = sentences.findIndex(({ span }) => span.start === step.titleSpan.start);
  const opening = sentences[Math.max(0, place)];
  const alone = place > 0 ? onlyWhen.exec(sentences[place - 1]?.text ?? '')?.[1] : undefined;
  if (alone !== undefined) return alone.charAt(0).toLowerCase() + alone.slice(1);
  const match = opening && clause.exec(opening.text);
  const words = match?.[1]?.replace(/\s+/g, ' ').trim();
  if (!opening || !match || words === undefined || ofTheStepBefore.test(words)) return null;
  const rest = opening.text.slice(match[0].length);
  const after = asked.exec(rest);
  const acts = after ? restOfImperative(`please ${rest.slice(after[0].length)}`) !== null : isImperative(rest);
  return acts ? words.charAt(0).toLowerCase() + words.slice(1) : null;
});
