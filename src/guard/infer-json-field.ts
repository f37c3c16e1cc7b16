// Conditions about one field of an answer: "`status` is `DOWN`", "the field `queue.depth` is above 100". The field is named in back-ticks; one
// that the answer does not have goes to a person.
import { celText, mentioned, type Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { comparisonOf, comparisonWords, numberOf } from './infer-threshold.ts';
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
    const sign = groups['compare'] === undefined ? (exceeds ? '>' : '==') : comparisonOf.get(groups['compare']);
    // `status` beside a number may be that of HTTP.
    if (number === null || sign === undefined || path === 'json.status') return null;
    return exceeds && groups['compare'] !== undefined ? null : { cel: `${path} ${sign} ${number}`, because };
  }
  const sign = groups['value'] ?? '';
  const said = sign.startsWith('"') ? mentioned(sentence, sign) : undefined;
  const word = said?.kind === 'quoted' ? said.text : sign;
  if (/^(?:|null|none|empty|-?[\d.,]+%?)$|[<>{}*…$\n]|\.\.\./i.test(word) || word.length > 80) return null;
  const isTruth = /^(?:true|false)$/i.test(word);
  const holds = isTruth ? `${path} == ${word.toLowerCase()}` : `${path}.reads(${celText(word)})`;
  if (groups['not'] === undefined) return { cel: holds, because };
  return { cel: isTruth ? `${path} != ${word.toLowerCase()}` : `!${holds}`, because };
}
