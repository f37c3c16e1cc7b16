// Conditions about numbers in what a command lists: "any pod has restarted more than 5 times", "the restart count is above 10", and how many
// of the objects are in a state: "fewer than 3 pods are Running".
import type { Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { besideNear, formOf, type Form, notOfNone, picksByPhase, readWho, statusTest } from './infer-listing.ts';
import { comparisonWords, numberOf, signSaid } from './infer-threshold.ts';
import type { Quantifier } from './row-quantifier.ts';
import { wholeLine } from './whole-line.ts';

const number = `(?<compare>${comparisonWords}) (?<number>#\\d+)`;
const be = '(?:is|are|was|were)';
const restarts = '(?:number of |count of )?(?:"\\d+|restarts?)(?: counts?| numbers?| column| values?)?';

/** Each with what says whose restarts they are, or of whatever is listed. */
const ofRestarts = [
  `(?<who>.+?) (?:has|have) (?:been )?restarted ${number} times`,
  `(?:there ${be} )?(?<none>no )?pods? with ${number} restarts`,
  `(?<who>.+?) (?:has|have|shows?|with) ${number} restarts`,
  `(?:the |its |their )?(?:pods? )?${restarts}(?: of (?<who>.+?))? (?:(?<not>is not|are not)|${be}) ${number}`,
  `(?:the |its |their )?(?:pods? )?${restarts}(?: of (?<who>.+?))? ${number}`,
  `there ${be} ${number} restarts`,
];
const inState = `(?:there ${be} )?${number} (?<who>[a-z][\\w-]*(?: [a-z][\\w-]*)??) (?:that |which )?(?:${be} )?(?:(?:in|with) (?:the |a )?(?:status |state )?)?(?<state>"\\d+|[a-z]+)(?: state| status)?`;

/** The guard of such a condition, or null. */
export function inferListingCount(sentence: Sentence): InferredGuard | null {
  const form = formOf(sentence.shape);
  if (!form || sentence.parentheses.length > 0) return null;
  return form.listing.of === 'pod' ? (byRestarts(sentence, form) ?? byState(sentence, form)) : byState(sentence, form);
}

function byRestarts(sentence: Sentence, form: Form): InferredGuard | null {
  const { plain, mentions } = sentence;
  if (!/restart|"/.test(plain)) return null;
  // A name in quotes must be the column's own.
  if (mentions.some((one) => one.kind === 'quoted' && !/^restarts?$/i.test(one.text))) return null;
  for (const pattern of ofRestarts) {
    const groups = wholeLine(pattern).exec(plain)?.groups;
    if (!groups) continue;
    const sign = signSaid(groups, false);
    const limit = numberOf(sentence, groups['number']);
    const who = groups['who'] === undefined ? 'bare' : readWho(form, groups['who']);
    if (sign === null || limit === null || who === null || !/^(?:[<>]=?)$/.test(sign)) return null;
    const test = `${form.isTable ? 'amount(r.RESTARTS)' : 'r.restarts'} ${sign} ${limit}`;
    // "Pods with more than 5 restarts" are some of those listed.
    const some = /^(?:there \w+ )?pods? with /.test(plain) || (groups['who'] !== undefined && /\bwith\b/.test(plain));
    const cel = overListed(form, some && who === 'bare' ? 'some' : groups['none'] === undefined ? who : 'none', test);
    return cel === null ? null : { cel, because: 'the words are about the restarts that are listed' };
  }
  return null;
}

function byState(sentence: Sentence, form: Form): InferredGuard | null {
  const { plain, written } = sentence;
  const groups = wholeLine(inState).exec(plain)?.groups;
  if (!groups || form.listing.named !== null || readWho(form, groups['who'] ?? '') !== 'bare') return null;
  const limit = numberOf(sentence, groups['number']);
  const sign = signSaid(groups, false);
  const last =
    written
      .replace(/ (?:state|status)$/i, '')
      .split(' ')
      .at(-1) ?? '';
  const word = /^«(.*)»$/.exec(last)?.[1] ?? last;
  if (picksByPhase(form)) return null;
  const test = statusTest(form, word, last.startsWith('«'), false);
  // A pod that waits is printed in several words (`ContainerCreating`).
  if (limit === null || sign === null || test === null || /^pending$/i.test(word)) return null;
  return {
    cel: `${form.rows}.filter(r, ${besideNear(form, [word], test)}).size() ${sign} ${limit}`,
    because: 'the words count what is listed',
  };
}

function overListed(form: Form, who: Quantifier, test: string): string | null {
  const { rows } = form;
  const made = {
    some: `${rows}.exists(r, ${test})`,
    none: `!${rows}.exists(r, ${test})`,
    every: `${rows}.all(r, ${test})`,
    'not-every': `!${rows}.all(r, ${test})`,
    bare: `same(${rows}.map(r, ${test}))`,
  }[who];
  return who === 'bare' ? made : notOfNone(form, made);
}
