// Sentences that begin like something to do and ask for nothing that can be ticked off: hedges, references, care to be taken.
import { sift } from '../base/index.ts';
import type { Sentence } from '../guide/index.ts';
import { isHedged } from './branching.ts';

/** "Escalate if needed." and "Do not touch it." ask for nothing that can be ticked off. */
export function isIdle(sentence: Sentence): boolean {
  return (
    (isHedged(sentence.text) && !restHedged.test(sentence.text)) ||
    /\bat\s+(?:your|the\s+\w+['’]s)\s+(?:own\s+)?discretion\b/i.test(sentence.text) ||
    keepsCalm.test(sentence.text) ||
    inOrder.test(sentence.text) ||
    /^\W*(?:for\s+(?:example|instance)|e\.g\.)/i.test(sentence.text) ||
    /^(?:please\s+)?(?:do\s+not|don['’]t|never|note|be\s+aware)\b/i.test(sentence.text) ||
    reference.test(sentence.text) ||
    foretold.test(sentence.text) ||
    inBrackets.test(sentence.text) ||
    cautions.test(sentence.text)
  );
}

/** "(Replace `NAME` by the name of the container.)": it says more of what stands before it. */
const inBrackets = /^[\s*_]*\((?!optional)[^()]*\)[\s.*_]*$/i;

/** "Warning: Make sure that it does no harm": with what care to do what is asked elsewhere. */
const cautions =
  /^\W*(?:warning|caution|important|attention|danger|note|tip)\b\W*(?:please\s+)?(?:make\s+sure|be\s+sure|ensure|be\s+(?:careful|aware|mindful)|beware|keep\s+in\s+mind|remember|take\s+care|do\s+not|don['’]t|avoid|never)\b/i;

/** "Enable the retention of snapshots, if possible.": more than a word on what is to be done, and the hedge behind it. */
const restHedged =
  /^\W*(?!(?:escalate|contact|repeat|retry|try)\b)(?:[\p{L}\p{N}'’\x60-]+[\s,]+){4,}(?:if|when|where|as)\s+(?:needed|necessary|required|applicable|appropriate|possible|desired|available)\W*$/iu;

/** "Follow these procedures in sequence": the steps are what stands below. */
const inOrder =
  /^\W*(?:please\s+)?(?:follow|work\s+through|complete|perform|do)\s+(?:these|the|them|all|each)\b[^.]{0,60}\b(?:in\s+(?:sequence|turn|(?:the\s+)?(?:\w+\s+)?order)|one\s+(?:by|after)\s+(?:one|the\s+other)|sequentially|step\s+by\s+step)\b/i;

/** "First of all, keep calm.", "If that is the case, follow this article." */
export const keepsCalm = sift(
  /^\W*(?:first\s+of\s+all\s*,?\s*)?(?:(?:keep|stay|remain)\s+calm|don['’]t\s+panic)\b|\bmake\s+sure\s+(?:that\s+)?you(?:['’]ve|\s+have)\s+\w+\s+(?:through\s+)?(?:all\s+(?:of\s+)?)?(?:the\s+)?(?:\w+\s+)?(?:below|following)\b|\b(?:follow|use|read|consult)\s+this\s+(?:article|guide|runbook|playbook|page|doc(?:ument)?|tsg)\b/i,
);

/** Where one can read more; not "consult the audit log" and "consult the owner". */
const reference = new RegExp(
  String.raw`^\W*(?:for\s+(?:(?:more|further|additional|detailed|full|complete|instructions|details|information|guidance|background|documentation)\b|(?:\w+\s+)?(?:details|information)\b)|(?:please\s+)?(?:see|refer\s+to|read(?!records)|consult(?!records)(?!persons)|visit)\b(?!\s+(?:if|whether|what|which))|(?:to|for)\b[^,.]{2,160},\s+(?:please\s+)?(?:see|refer\s+to|consult|visit)\b(?!\s+(?:if|whether|what|which)))`
    .replaceAll(
      'records',
      String.raw`\s+(?:through\s+)?(?:the|its|all|each|their|your)\s+(?:[\w'’-]+\s+){0,3}(?:logs?|journal|outputs?|messages?|events?|traces?|answers?|responses?|metrics|dashboards?|graphs?|configuration|values?)\b`,
    )
    .replace(
      'persons',
      String.raw`\s+(?:with\s|(?:(?:the|its|their|your|an?)\s+)?(?:[\w'’-]+\s+){0,2}(?:teams?|owners?|admin(?:istrator)?s?|engineers?|experts?|dbas?|vendor|lead|manager|on-?call)\b(?!['’]|\s+(?:docs?|documentation|guides?|manuals?|pages?|wiki|runbooks?|playbooks?|sites?|articles?|handbook)\b))`,
    ),
  'i',
);

/** "Re-point the adapter (step 2 below)": the step below says it. */
const foretold = /\(\s*(?:see\s+)?steps?\s+\d[\w.]*\s+below\s*\)/i;
