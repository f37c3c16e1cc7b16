// Conditions about what `kubectl describe` tells of an object: "the reason is OOMKilled", "its exit code is 137", "the events show
// FailedScheduling".
import { celText, mentioned, type Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { numberOf } from './infer-threshold.ts';
import { wholeLine } from './whole-line.ts';

const value = '(?<value>"\\d+|[a-z]+)';
const reason = `(?:the |its )?(?:last |termination |container's )?reason(?: for (?:the )?(?:restart|termination))? (?:(?<not>is not|isn't)|is|shows|says) ${value}`;
const code =
  "(?:the |its )?(?:last |container's |pod's )?exit code (?:(?<not>is not|isn't)|is|was|shows) (?<code>#\\d+)";
const events = `(?:there (?:is|are) (?:an? |any )?${value} events?|(?:the |its )?events? (?:show|list|contain|mention|include|report|say)s?(?: an?| any)? ${value.replace('value', 'word')}(?: events?)?)`;

/** The guard of such a condition, or null. */
export function inferDescribed(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  const [tool = '', ...args] = shape.command ?? [];
  const isTold = /^(?:kubectl|oc|k)$/.test(tool) && args.includes('describe') && shape.piped !== true;
  if (!isTold || !shape.members.includes('text') || parentheses.length > 0) return null;
  const because = 'the words are about what the command tells of the object';
  const isReason = wholeLine(reason).exec(plain)?.groups;
  const exits = wholeLine(code).exec(plain)?.groups;
  const happened = wholeLine(events).exec(plain)?.groups;
  if (isReason) {
    const word = wordSaid(sentence, isReason['value']);
    if (word === null) return null;
    return { cel: `${isReason['not'] === undefined ? '' : '!'}field(text, 'Reason').reads(${celText(word)})`, because };
  }
  if (exits) {
    const number = numberOf(sentence, exits['code']);
    // 0 and 1 may as well be how the command itself ended.
    if (number === null || number < 2) return null;
    return { cel: `double(field(text, 'Exit Code')) ${exits['not'] === undefined ? '==' : '!='} ${number}`, because };
  }
  const word = happened && wordSaid(sentence, happened['value'] ?? happened['word']);
  if (word === null || word === undefined) return null;
  return { cel: `below(text, 'Events').contains(${celText(word)})`, because };
}

/** A word that is printed as it stands: in quotes, or two words in one (`FailedScheduling`). */
function wordSaid(sentence: Sentence, sign: string | undefined): string | null {
  const quoted = sign?.startsWith('"') ? mentioned(sentence, sign) : undefined;
  if (quoted) return quoted.kind === 'quoted' && /^[A-Z]\w{2,40}$/.test(quoted.text) ? quoted.text : null;
  const written = sentence.written.split(' ').find((one) => one.toLowerCase() === sign);
  return written !== undefined && /^[A-Z]\w*[a-z]\w*$/.test(written) && /[A-Z].*[A-Z]/.test(written) ? written : null;
}
