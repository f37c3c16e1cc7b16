// "If the download fails, see "Download issues" below.", "…, follow the steps in Download issues.": behind a condition a section of the
// guide by its words, as a link would name it. "See" and "use" are said of pages and tools too, so that it must be a name the guide has
// and nothing may stand behind it but what says that it is a section.
import type { IsName } from './names.ts';

export interface SeenSection {
  readonly name: string;
  /** Where the verb begins, and where the name does, in the text. */
  readonly verb: number;
  readonly start: number;
}

/** Words without which no sentence is one. */
export const maySee = /\b(?:see|refers?\s+to|consult|check|follow|use|go\s+through)\s/i;

const kind = '(?:section|steps?|instructions|procedure|guidance|process|chapter)';
const sees = new RegExp(
  String.raw`(?<=[,:;]\s+|\bthen\s+)((?:(?:please|then|also)\s+|you\s+(?:can|should|must|may)\s+)*(see|refers?\s+to|consult|check|follow|use|go\s+through)\s+(?:the\s+)?(${kind}\s+(?:(?:on|in|under|for|from|called|titled|named)\s+)?(?:the\s+)?)?(["“'‘])?)([^.,;:()"“”→>|]{3,80}?)["”'’]?(\s+${kind})?(\s+(?:below|further\s+down|later\s+on|(?:in|of)\s+this\s+(?:document|guide|page|runbook|playbook)))?\s*[.!]?$`,
  'i',
);

/** "Follow the mitigation below": a guide to many problems has one for each, and the name alone does not say of which. */
const ofEachProblem =
  /^(?:[\p{L}-]+\s+)?(?:symptoms?|causes?|diagnos[ei]s|diagnostics|investigation|triage|validation|mitigations?|resolutions?|solutions?|remediations?|remed(?:y|ies)|workarounds?|fix(?:es)?|verification|impact|overview|summary|details|notes?|prerequisites|references?|steps|instructions|procedures?)$/iu;

/** The section that the last words of a conditional sentence send to, or null. */
export function seenSection(text: string, isName: IsName): SeenSection | null {
  const match = sees.exec(text);
  if (!match) return null;
  const [, lead = '', verb = '', before, quote, words = '', behind = '', below] = match;
  // "The Upgrade procedure": the last word may be a part of the name.
  const name = [words, words + behind].find((one) => isName(one));
  if (name === undefined || ofEachProblem.test(name)) return null;
  const isMarked = before !== undefined || quote !== undefined || behind !== '' || below !== undefined;
  if (!isMarked && !(/^(?:see|refer)/i.test(verb) && /\S\s+\S/.test(name))) return null;
  return { name, verb: match.index, start: match.index + lead.length };
}
