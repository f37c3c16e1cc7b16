// "- Stopped: start it. Then escalate.": an item that names what was found, says what to do then, and leaves.
import { sentencesOf, type Prose } from '../guide/index.ts';
import { actsAndLeaves, wholeCase, type IfPiece } from './cut-paragraph.ts';
import { comparesNumber, isFinding } from './findings.ts';
import { onceForNames, type IsName } from './names.ts';
import { labelOf, namedCase } from './read-condition.ts';

const answer = /^\W*(?:if|when|else|otherwise|unless|yes|no|for|step|phase|part)\b/i;
const ofCode =
  /^(?:(?:an?|the)\s+)?(?:HTTP|(?:exit|return|status|error)(?:\s+(?:code|status))?|code|event|signal)\s+`?\d/i;

/** The case that the words before a colon name, where what is done in it comes before one leaves; else null. */
export const leavingCase = onceForNames((prose: Prose, isName: IsName): IfPiece[] | null => {
  const [sentence] = sentencesOf(prose);
  const label = sentence && !answer.test(sentence.text) ? labelOf(sentence.text) : null;
  if (!sentence || label === null) return null;
  const isCode = prose.codes.some(
    ({ start, end }) => start === prose.plain.indexOf(label) && end - start === label.length,
  );
  if (!isCode && !isFinding(label) && !comparesNumber.test(label) && !ofCode.test(label)) return null;
  const start = prose.plain.indexOf(label) + label.length;
  const from = start + (/^\W*:\s*/.exec(prose.plain.slice(start))?.[0].length ?? 0);
  return actsAndLeaves(prose, from, isName) ? wholeCase(prose, namedCase(label, sentence), from) : null;
});
