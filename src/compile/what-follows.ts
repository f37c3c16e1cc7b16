// "Compare the times - if they match, then it was the deploy.": what is done, and what follows from what it shows.
import type { Sentence } from '../guide/index.ts';
import { isImperative } from './imperative.ts';

/** "If the disk is full, that is why. Compare the times - if they match, then it was the deploy.": two findings side by side. */
export function decidesByItself(sentence: Sentence | undefined): boolean {
  const at = sentence?.text.search(/\bif\s/i) ?? -1;
  if (!sentence || at < 1 || !isImperative(sentence.text)) return false;
  return saysWhatFollows(sentence.text.slice(0, at), sentence.text.slice(at));
}

/** "Compare them - if they differ, then the deploy is at fault.": what they are done for, and what follows from it. */
export function saysWhatFollows(before: string, clause: string): boolean {
  if (/(?<!\b(?:and|or|but))\s+then\s/i.test(clause)) return true;
  const behind =
    /,\s+(?!(?:and|or|but|nor|which|who|whose|that(?=\s+\w+s\b)|where|e\.g|i\.e|for|such|like|even|especially)\b)(.+)$/is;
  const follows = behind.exec(clause)?.[1];
  if (follows === undefined || /\bor\s/i.test(follows)) return false;
  return /(?:\s[–—-]{1,2}|[:;])\s*$/.test(before) || (/,\s*$/.test(before) && hasVerb.test(follows));
}

const hasVerb =
  /\s(?:is|are|was|were|has|have|had|caused?s?|will|may|might|could|can|should|must|does|did|means?|indicates?)\s/i;
