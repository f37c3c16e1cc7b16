// Tells sections that explain from sections that say what to do, by the names such sections have in any runbook.
import type { Heading } from '../guide/index.ts';

const explains =
  /^(?:the )?(?:meaning|impact|overview|introduction|background|references?|related|see also|links?|symptoms?|description|summary|purpose|about|contacts?|glossary|revisions?|change ?log|history|(?:table of )?contents|toc|prerequisites?|requirements?|applies|applicable|applicability|scope|goals?|examples?|samples?|appendix|further|resources?|additional|alert (?:details|description|information|name)|definitions?|terminology|owners?|what (?:is|are|does)|why|faq|frequently|limitations?|licen[cs]e|authors?|severity|context|how (?:it|does)|issue description|parameters?|inputs?|notes?$|escalation (?:contacts?|matrix))\b/i;

/** True when the heading names a section that explains: Meaning, Impact, Overview, References and the like. */
export function isBackground(heading: Heading): boolean {
  return heading.number === null && explains.test(heading.title.replace(/^[^\p{L}]+/u, ''));
}
