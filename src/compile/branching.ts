// Tells whether a sentence has branching language at all, so that what was not read is marked and never dropped.
import { sift } from '../base/index.ts';
import { looksUpIn } from './signs.ts';

const words =
  /\b(?:if|otherwise|unless|else|in\s+case|depending\s+on|go\s+(?:back\s+)?to|proceed|continue\s+(?:to|with|at|from)|return\s+to|skip|repeat|retry|try\s+again|start\s+over|escalate|stop\s+(?:here\s+)?(?:when|if|as\s+soon\s+as|once))\b/i;
const question =
  /\b(?:check|checks|see|verify|verifies|determine|determines|know|tell|test|confirm|confirms|ask|analyze|analyse|evaluate|assess|identify|investigate|decide|find\s+out|sure|wonder|look|validate|understand|checking|verifying|determining|testing|confirming|asking|seeing|knowing|validating|evaluating|assessing|identifying|investigating|deciding)(?:\s+\w+)?\s+if\b|\bask(?:ing)?\b(?:\s+[\w'’-]+){1,5}\s+if\b/gi;
const lookedUp = new RegExp(String.raw`${looksUpIn}if\b`, 'giu');
const orNot = /\bif\b[^.?!;]*\bor\s+not\b/gi;
const adjectival = sift(
  /\b(?:something|anything|nothing|everything|someone|anyone|what|who|or)\s+else\b|\bas\s+if\b|\beven\s+if\b|\b(?:an?|the|no|each|every|any|its|their|automatic)\s+retry\b|\b(?:click|press|select|choose|hit)\s+(?:on\s+)?["'“]?retry\b|\bretry\s+(?:attempts?|logic|polic(?:y|ies)|counts?|limits?|handling|interval|budget|queue)\b/gi,
);
const hedge =
  /\b(?:if|when|where|as|unless)\s+(?:(?:specifically|explicitly|absolutely|strictly|really)\s+)?(?:needed|necessary|required|applicable|appropriate|possible|desired|available|any|relevant)\b(?=\s*(?:[,.;:!()]|$|and\b|or\b|(?:using|via|with|as\s+(?:described|shown|above|below))\b))/i;

/** "Retry the request.": one thing to do, and no way to go. */
const triesAgain =
  /^\W*(?:(?:then|and|now|finally|please)\b\W*)*(?:retry|repeat|skip|try)\s+(?!(?:this|that|it|these|for|from|until|if)\b)(?![^,;]*\b(?:steps?|sections?|above|previous|aforementioned|same|whole|procedures?|process|instructions|sequence|times)\b)[^,;]{2,80}$/i;

/** "Do not skip any of the steps": one after the other. */
const allInOrder = /\b(?:do\s+not|don['’]t|never|must\s+not|without)\s+skip(?:ping)?\b[^.;,]*/gi;

/** "Skip it with `queue skip`": the thing, and no step. */
const skipsWith = /^\W*(?:then\s+)?skip\s+(?:it|them|this|that)\s+(?:with|by|using|via)\b[^,;]*$/i;

/** True when the sentence speaks of alternatives, jumps or repetition. "Check if X" only asks. */
export function isBranching(text: string): boolean {
  if (isEquation(text)) return true;
  if (
    !words.test(text) ||
    triesAgain.test(text) ||
    skipsWith.test(text) ||
    /^\W*depending\s+on\b[^.;]*:\s*$/i.test(text)
  )
    return false;
  return words.test(
    text
      .replace(question, ' ')
      .replace(lookedUp, ' ')
      .replace(orNot, ' ')
      .replace(adjectival, ' ')
      .replace(allInOrder, ' '),
  );
}

/** "No error = good. Error = call the owner.": what was found, and behind the sign whom one calls then. */
function isEquation(text: string): boolean {
  return (
    text.includes(' = ') && /\s=\s+(?:then\s+)?(?:please\s+)?(?:call|page|escalate|contact|ask|notify)\s/i.test(text)
  );
}

/** "If needed", "where applicable": the author leaves it to the reader and names no condition. */
export function isHedged(text: string): boolean {
  return hedge.test(text);
}

/** The words that leave it to the reader; null when there are none. */
export function hedgeIn(text: string): string | null {
  return hedge.exec(text)?.[0] ?? null;
}
