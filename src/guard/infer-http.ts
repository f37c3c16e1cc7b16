// Conditions about an HTTP status: "the endpoint returns 503", "responds with 502 or 504", "status is 5xx".
import { mentioned, type Sentence } from './condition-sentence.ts';
import type { InferredGuard } from './infer-guard.ts';
import { comparisonOf, comparisonWords } from './infer-threshold.ts';
import { wholeLine } from './whole-line.ts';

const about = String.raw`(?:(?:(?:the|this|that|above|http|rest|api|health|response|status|health-check) )*(?:request|response|endpoint|service|server|api|url|call|check|healthcheck|health-check|it|probe|page|site|status|code)|you|we)`;
const codeWord = String.raw`(?:(?:an?|the|http|https|status|code|response|error) )*`;
const list = String.raw`(?<codes>(?:#\d+|[1-5]xx)(?:(?: ,| or| , or| \/) (?:#\d+|[1-5]xx))*)`;
const tail =
  '(?: (?:errors?|responses?|status|status codes?|codes?|ok|not found|service unavailable|bad gateway|gateway timeout|unauthorized|forbidden|internal server error))?';
const verb =
  '(?:get|gets|see|receives?|returns?|returned|responds?(?: with)?|responded with|repl(?:y|ies) with|answers?(?: with)?|gives?|is|was|are|equals?|shows?|reports?|=|==)';
const other = '(?:anything other than|something other than|anything but|a (?:status )?code other than|other than)';
const patterns = [
  `(?:${about} )?(?:(?<not>(?:does not|doesn't|do not|did not) (?:return|respond with|respond|reply with|answer with|answer|give)|is not|isn't|was not|!=|${verb} ${other}|is ${other})|${verb}) ${codeWord}${list}${tail}`,
  `${codeWord}${list}${tail} (?:is|are|was|gets) returned`,
  `(?:${about} )?(?:returns?|responds? with|is|was)? ?${codeWord}(?<compare>${comparisonWords}) (?<number>#\\d+)`,
];

/** The guard of a condition on the HTTP status, or null. */
export function inferHttpStatus(sentence: Sentence): InferredGuard | null {
  const { printed } = sentence.shape;
  const asked = { ...sentence, shape: { ...sentence.shape, members: ['status' as const] } };
  if (printed?.kind === 'head') {
    const guard = statusGuard(asked);
    return guard && { ...guard, cel: guard.cel.replace(/\bstatus\b/g, 'httpStatus(text)') };
  }
  if (printed?.kind !== 'number' || printed.of !== 'http-status') return statusGuard(sentence);
  const guard = statusGuard(asked);
  if (!guard || / in \[/.test(guard.cel)) return null;
  return { ...guard, cel: guard.cel.replace(/\bstatus\b/g, 'number(text, errorText)') };
}

function statusGuard(sentence: Sentence): InferredGuard | null {
  const { shape, plain, parentheses } = sentence;
  if (!shape.members.includes('status') || parentheses.length > 0) return null;
  const because = 'the words are about the HTTP status';
  for (const pattern of patterns) {
    const groups = wholeLine(pattern).exec(plain)?.groups;
    if (!groups) continue;
    if (groups['compare'] !== undefined) {
      const code = statusCode(sentence, groups['number'] ?? '');
      const sign = comparisonOf.get(groups['compare']);
      const aboutStatus = /\b(?:status|code)\b/.test(plain);
      return code === null || sign === undefined || !aboutStatus ? null : { cel: `status ${sign} ${code}`, because };
    }
    const signs = groups['codes']?.match(/#\d+|[1-5]xx/g) ?? [];
    const exact: number[] = [];
    const classes: number[] = [];
    for (const sign of signs) {
      if (sign.endsWith('xx')) {
        classes.push(Number(sign[0]) * 100);
        continue;
      }
      const code = statusCode(sentence, sign);
      if (code === null) return null;
      exact.push(code);
    }
    const tests = [
      ...(exact.length === 1 ? [`status == ${exact[0]}`] : exact.length > 1 ? [`status in [${exact.join(', ')}]`] : []),
      ...classes.map((from) => `status >= ${from} && status < ${from + 100}`),
    ];
    const [only] = tests;
    const joined =
      tests.length === 1 ? (only ?? '') : tests.map((test) => (test.includes('&&') ? `(${test})` : test)).join(' || ');
    if (groups['not'] === undefined) return { cel: joined, because };
    return { cel: exact.length === 1 && tests.length === 1 ? `status != ${exact[0]}` : `!(${joined})`, because };
  }
  return null;
}

function statusCode(sentence: Sentence, sign: string): number | null {
  const found = mentioned(sentence, sign);
  if (found?.kind !== 'number' || !Number.isInteger(found.value)) return null;
  return found.value >= 100 && found.value <= 599 ? found.value : null;
}
