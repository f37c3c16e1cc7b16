// Conditions about one field of an answer: "`status` is `DOWN`", "the field `queue.depth` is above 100". The field is named in back-ticks; one
// that the answer does not have goes to a person.
import { mentioned, type Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { comparisonWords, numberOf, signSaid } from './infer-threshold.ts';
import { valueTest } from './value-test.ts';
import { wholeLine } from './whole-line.ts';

const field = String.raw`(?:(?:the |its )?(?:json |response |body )?(?:field |property |value of |key )?)?(?<field>"\d+)(?: field| property| key| value)?(?: (?:in|of) the (?:response|answer|body|json|output))?`;
const equal = `${field} (?:(?<not>is not|isn't|!=|does not equal)|is|equals|=|==|says|shows|reads) (?<value>"\\d+|true|false)`;
const compared = `${field} (?:(?:is|exceeds) ?)?(?:(?<compare>${comparisonWords}) )?(?<number>#\\d+)`;

/** The guard of such a condition, or null. */
export function inferJsonField(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  if (!shape.members.includes('json') || parentheses.length > 0) return null;
  const groups = (wholeLine(equal).exec(plain) ?? wholeLine(compared).exec(plain))?.groups;
  const named = groups && mentioned(sentence, groups['field'] ?? '');
  if (!groups || named?.kind !== 'quoted' || !/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,5}$/.test(named.text)) return null;
  const path = `json.${named.text.replace(/^json\./, '')}`;
  const because = `the words are about the field \`${named.text}\` of the answer`;
  if (groups['number'] !== undefined) {
    const number = numberOf(sentence, groups['number']);
    const exceeds = /\bexceeds\b/.test(plain);
    const sign = exceeds && groups['compare'] !== undefined ? null : signSaid(groups, exceeds);
    // `status` beside a number may be that of HTTP.
    return number === null || sign === null || path === 'json.status'
      ? null
      : { cel: `${path} ${sign} ${number}`, because };
  }
  const sign = groups['value'] ?? '';
  const said = sign.startsWith('"') ? mentioned(sentence, sign) : undefined;
  const word = said?.kind === 'quoted' ? said.text : sign;
  const holds = valueTest(path, word);
  if (holds === null || groups['not'] === undefined) return holds === null ? null : { cel: holds, because };
  return { cel: / == (?:true|false)$/.test(holds) ? holds.replace(' == ', ' != ') : `!${holds}`, because };
}
