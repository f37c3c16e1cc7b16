// "If the job hangs, restart it" is a step called "Restart it": words cut out of a sentence begin small only because of where they stood.
import { textOf, type Guide } from '../guide/index.ts';
import type { Step } from './draft.ts';
import { isVerbOfWork } from './imperative.ts';

/** How many characters before a title tell whether its line begins with it. */
const reach = 120;
/** What a title may open with that has no form of its own; commands and names of things keep theirs. */
const plainWord =
  /^(?:you|we|they|he|she|it|i|this|that|these|those|there|here|the|an?|no|not|never|always|only|all|any|some|most|both|each|either|every|one|another|your|our|its|their|in|on|at|from|with|by|for|to|as|if|when|once|then|first|next|also|please|just|simply|typically|usually|probably|[a-z]{4,}ly)$/;
const opening = /^([a-z]+(?:-[a-z]+)*)(?=[\s,:;]|$)/;
/** A line that has nothing before the title but what makes it an item, a heading, a cell or emphasis. */
const lineStart =
  /(?:^|\n)[^\S\n]*(?:>[^\S\n]*)*(?:(?:[-*+•]|\(?(?:\d+|[a-z])[.)]|#{1,6}|\|)[^\S\n]+)?(?:\[[ xX]\][^\S\n]+)?["“(*_]*$/;
/** Such a line goes on with the sentence of the line before it, unless that is blank or it is an item itself. */
const wraps = /\S[^\S\n]*\r?\n[^\S\n]*["“(*_]*$/;

/** "Then run the following command": what is run says more. */
const onlyRuns =
  /^(?:(?:please|then|now|next|first|finally|and|you\s+(?:can|should|may|must))[\s,]+)*(?:run|use|execute|try|issue|enter|type)(?:\s+(?:the\s+following|this|these)(?:\s+(?:commands?|quer(?:y|ies)|scripts?|cmdlets?))?(?:\s+below)?)?$/i;
/** The most characters of code in a title. */
const most = 60;

/**
 * The title of the step as a plan shows it: with a capital where the guide's own words have none but for being cut out of a sentence,
 * and with the first line that is run where they only say that something is run.
 */
export function titleOfStep(guide: Guide, step: Step, code: string | undefined): string {
  if (code !== undefined && onlyRuns.test(step.title)) {
    const line = code
      .split('\n')
      .find((one) => /\S/.test(one) && !/^\s*(?:#|--|\/\/)/.test(one))
      ?.trim();
    if (line !== undefined) return `Run ${line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line}`;
  }
  return withCapital(guide, step);
}

function withCapital(guide: Guide, { title, titleSpan: { start } }: Step): string {
  const word = opening.exec(title)?.[1];
  const asWritten = textOf(guide).slice(start, start + 1);
  // "If it hangs:" as the condition of a case is "if it hangs".
  if (word !== undefined && asWritten !== title.charAt(0) && asWritten === title.charAt(0).toUpperCase())
    return asWritten + title.slice(1);
  if (word === undefined || !(plainWord.test(word) || isVerbOfWork(word))) return title;
  const before = textOf(guide).slice(Math.max(0, start - reach), start + 1);
  const isCode = before.slice(-2).includes('`');
  const above = before.slice(0, -1);
  if (isCode || (lineStart.test(above) && !wraps.test(above))) return title;
  return title.charAt(0).toUpperCase() + title.slice(1);
}
