// Words that ask for work, in whatever form: "restart it", "it must be restarted", "you need to restart it", "restarting it helps".
import { allMatches } from '../base/index.ts';
import { sentencesOf, type Prose, type Sentence } from '../guide/index.ts';
import { keepsCalm } from './idle-sentences.ts';
import {
  asksTwice,
  beginsWithVerb,
  foretells,
  isImperative,
  isMotion,
  isPassiveAsk,
  recommends,
  restOfImperative,
} from './imperative.ts';
import { readOutcome } from './read-outcome.ts';

/** True for words that ask for something, of whomever: "in this case you need to delete pods". */
export function asksForWork(words: string): boolean {
  return !isMotion(words) && (isImperative(words) || isPassiveAsk(words) || asksOfReader(words) || concludes(words));
}

/** "It cannot talk to its API, so restart it": what stands before it says why. */
export function concludes(words: string): boolean {
  const before =
    /^(?!\W*so\b)[^.;:?!]{5,140}?,?\s+(?:and\s+)?so\s+(?:please\s+|(?:just|simply|then)\s+)*(?=[a-z])/.exec(words);
  return before !== null && restOfImperative(words.slice(before[0].length)) !== null;
}

export function asksOfReader(words: string): boolean {
  for (const match of allMatches(words, asksAnywhere)) {
    if (foretells(match[0] + (match[1] ?? '')) || givesReason.test(words.slice(0, match.index))) continue;
    if (restOfImperative(`please ${words.slice(match.index + match[0].length)}`) !== null) return true;
  }
  return false;
}

/** "This is why we first need to delete some by hand" */
const givesReason = /\b(?:this|that|which)(?:\s+is|['’]s)\s+(?:(?:also|exactly|just|precisely)\s+)?why\W*$/i;

const asksAnywhere =
  /\b(?:you|we)(?:['’]ll)?\s+(?:(?:can|could|may|might|should|must|will|(?:need|have|want|able)\s+(?:(?:only|first|also|then|now)\s+)?to|likely|probably|be|possibly|usually|normally|typically|simply|then|also|now|first|either|to)\s+)+(?=(\w+))/gi;

/** Something to do, and not only where to go, how long to wait or what to read. */
export function isDeed(words: string): boolean {
  return isPlainDeed(words) || words.split(joints).some(isPlainDeed);
}

const joints = /[:,;]\s+|\s[–—-]\s+/;

function isPlainDeed(words: string): boolean {
  const isAsked = asksForWork(words) || (oneWord.test(words) && beginsWithVerb(words)) || asksTwice(words) || recommends(words); // prettier-ignore
  return (
    isAsked && ![waits, advises, onlyGoes, readsOn, keepsCalm].some((idle) => idle.test(words)) && !isMotion(words)
  );
}

/** "Check the events for details", right behind what an option has run: it speaks of what that has shown. */
export const looksOn =
  /^\W*(?:(?:then|and|also|now)\s+)?(?:check|look|inspect|examine|review|verify|observe|search|see|confirm)\b/i;

const waits = /^\W*(?:please\s+)?wait\b/i;

/** "Recommend a rollback", "double-check your work": said to somebody, or done with what was done before. */
const advises = /^\W*(?:please\s+)?(?:recommend|suggest|propose|advise|consider|double[\s-]?check|re-?check)\b/i;

/** "See the issue for more information", "To change it, see the manual": nothing is done by it. */
export const readsOn =
  /^\W*(?:please\s+)?(?:see|refer\s+to|read|consult|visit)\b.*\bfor\s+(?:more|further|additional)\b|^\W*for\s+(?:more|further|additional)\s|^\W*to\s[^,.]{2,160},\s+(?:please\s+)?(?:see|refer\s+to|consult)\b/i;

/** "Please proceed to the later sections": where to go, and nothing to do. */
export const onlyGoes = /^\W*(?:please\s+)?(?:proceed|continue|move\s+on|go\s+on|skip)\b/i;

/** "If it is long, wait.": behind a condition a verb that may be a noun elsewhere needs no object. */
export const oneWord = /^\W*\p{L}+\W*$/u;

/** The first sentence that says what to do; one that ends the guide ("Close the alert.") only where no other does. */
export function askingSentence(prose: Prose): Sentence | null {
  const sentences = sentencesOf(prose);
  const asking = sentences.filter(({ text }) => isImperative(text) && !isMotion(text));
  const work = (one: Sentence): boolean => readOutcome(one.text) === null;
  return asking.find(work) ?? sentences.find((one) => isDeed(one.text) && work(one)) ?? asking[0] ?? null;
}
