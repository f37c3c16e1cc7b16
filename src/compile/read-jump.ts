// Reads where a sentence sends the engineer: "proceed to Step 4", "start Steps 2 through 10 in parallel", "return to step 3".
import { sift, allMatches } from '../base/index.ts';
import { numeralOf, sourceSpan, type Prose, type Sentence } from '../guide/index.ts';
import type { Jump, Target } from './draft.ts';
import { labelledStep } from './labelled-step.ts';
import { isImperative } from './imperative.ts';
import { onceForNames, type IsName } from './names.ts';
import { ofSection } from './of-section.ts';
import { isForKind } from './for-kind.ts';
import { onlyThen, stepsLeftOut } from './over-steps.ts';
import { conditionOf } from './read-condition.ts';
import { maySee, seenSection } from './seen-section.ts';
import { arrow, arrowSigns } from './signs.ts';

/** A jump with its range in the prose's plain text. */
export interface JumpPlace {
  readonly jump: Jump;
  readonly start: number;
  readonly end: number;
  /** Words right after the target that the rules did not read and that may matter ("then Step 3"). */
  readonly rest: string | null;
}

/** "4", "4.1", "4b", "4(b)", "4.b" */
const number = String.raw`\d{1,6}(?:\.\d{1,6}){0,5}(?:\([a-z]\)|\.[a-z]\b|[a-z]?\b)`;
const motion = String.raw`(?:go|proceed|continue|skip|jump|move|advance|return|head|come|switch|loop)`;
const adverb = String.raw`(?:\s+(?:back|on|ahead|forward|directly|straight|immediately|down|over|up|again|instead|then|now))*`;
const stepWord = String.raw`(?:the\s+)?(?:steps?|sections?|phases?|stages?|§{1,2})\s*#?\s*`;
const more = String.raw`(?:\s*(?:,\s*(?:and\s+)?|\band\b|&)\s*(?:steps?\s+)?(?:${number}))*`;
const range = String.raw`\s*(?:through|thru|to|until|-|–|—)\s*(?:steps?\s+)?(${number})`;

const toNumber = sift(
  new RegExp(
    String.raw`\b(${motion}${adverb}\s+(?:to|with|at|from|through)|${motion}\s+back|repeat(?:\s+from)?|redo|restart(?:\s+from|\s+at)|resume(?:\s+from|\s+at|\s+with)|retry(?:\s+from)?|try\s+again\s+(?:with|from|at)|start(?:(?:\s+over)?\s+(?:with|from|at)|\s+again\s+(?:with|from|at))?|begin(?:(?:\s+again)?\s+(?:with|from|at))?|carry\s+on\s+(?:with|at|from)|fall\s+back\s+(?:to|on)|pick\s+up\s+(?:again\s+)?(?:at|with|from)|launch|execute|run|perform|follow|complete|do|try)\s+${stepWord}(${number}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)(?:${range}|(${more}))`,
    'i',
  ),
);
const bareNumber = sift(
  new RegExp(
    String.raw`\b(go${adverb}\s+to|jump\s+to|skip\s+to|return\s+to|(?<=^\W*(?:otherwise|else),?\s+)(?:to|with))\s+#?(${number})(?=\s*(?:[.,;:)]|$))`,
    'i',
  ),
);
/** "Go to task 4", and in a list "go to item 4", "continue with 4", "back to 4": a step where the guide has one of that number. */
const perhapsNumber = sift(
  new RegExp(
    String.raw`(?:\b(?:(?:continue|proceed|resume|carry\s+on|go\s+on|move\s+on)${adverb}\s+(?:with|to|at)|(?<=^\W*|[,;:→]\s*|\b(?:then|and)\s+)back\s+to|(?<=[:,;→]\s*)(?:please\s+)?see)\s+#?|\b(?:repeat|retry|redo)(?:\s+from)?\s+#?(?=\d+\))|(?<=\s)(?:→|->|=>|⇒)\s*#?|(?<=^\D{3,80},\s*)then\s+#?|\b(?:${motion}${adverb}\s+(?:to|with|at|from)|${motion}\s+back|repeat(?:\s+from)?|(?<=^\W*|[,;:→]\s*|\b(?:then|and)\s+)back\s+to)\s+(?:the\s+)?(tasks?|items?|points?)\s*#?\s*)(${number})(?=\s*(?:[.,;:)]|$|\b(?:if|again|at\s+most|up\s+to)\b))`,
    'i',
  ),
);
const backToStep = sift(
  new RegExp(
    String.raw`(?<=^\W*|[,;:→]\s*|\b(?:then|and)\s+)(back\s+to)\s+${stepWord}(${number})(?=\s*(?:[.,;:)]|$|\b(?:if|again|at\s+most|up\s+to)\b))`,
    'i',
  ),
);
const pointer = String.raw`\bthen\s+(?:to\s+)?|${arrowSigns}\s*|^\W*(?:otherwise|else|or)\b,?\s+(?:with\s+|to\s+|at\s+)?|^\W*(?:yes|no)\b[^:.?!]{0,60}[:.]\s+`;
/** "Yes → Step 5", "No: step 4": behind an arrow or an answer a step's number is where to go. */
const pointed = sift(
  new RegExp(
    String.raw`(?<=(?:${pointer})(?:(?:see|check|use|follow|do|try|refer\s+to|start\s+with)\s+)?)((?:the\s+)?(?:steps?|sections?|phases?|stages?)\s*#?\s*)(${number})(?=\s*(?:[.,;)]|$|\b(?:if|when|unless)\b))`,
    'i',
  ),
);
/** "If more than 200 wait, step 5.", "200 → the check is wrong, step 3": nothing behind it, and nothing else that it could be. */
const endsInStep = sift(
  new RegExp(
    String.raw`(?<=^\W*(?:(?:if|when|unless)\b[^.?!;]{3,160}|[^.?!;]{0,80}?${arrowSigns}\s*[^.;:!?]{2,60}),\s*)((?:(?:then\s+|please\s+)?(?:see|refer\s+to|consult)\s+)?(?:the\s+)?steps?\s+)(${number})(?=\s*[.;,]?\s*$)`,
    'i',
  ),
);
const points =
  /(?:→|->|=>|⇒|⟶|:|\bthen|^\W*(?:(?:yes|no)\.|(?:otherwise|else|or)\b,?))\s*(?:(?:to|with|at)\s+)?(?:(?:see|check|use|follow|do|try|refer\s+to|start\s+with)\s+)?(?:the\s+)?(?:step|section|phase|stage)/i;
/** "Yes → Check DNS (step 4)": what stands there, and where. */
const bracketed = sift(
  new RegExp(
    String.raw`(?<=^\W*(?:yes|no)\b[^:.?!→]{0,60}?(?::|${arrowSigns}|\s[-–—])\s*)([^()]{2,80}\(\s*(?:(?:see|go\s+to)\s+)?(?:steps?|sections?|phases?|stages?)\s*#?\s*)(${number})(?=\s*\)\W*$)`,
    'i',
  ),
);
const pointsHere = new RegExp(`(?:${pointer})$`, 'i');
const relative = new RegExp(
  String.raw`\b${motion}${adverb}\s+(?:to|with|at|from|through)\s+(?:the\s+)?(next|following|first|previous|last|same|current|this)\s+(?:step|section|phase|stage|check)\b`,
  'i',
);
/** "Other: see the next section", "No: see next point": alone, or where a condition sends. */
const seesNext =
  /(?:^\W*|[:,→]\s*|->\s*|\band\s+)(?:please\s+)?(?:(?:see|go\s+to|move\s+on\s+to|proceed\s+to)\s+)(?:the\s+)?(?:next|following)\s+(?:step|section|points?|item|question|check)\s*[.!]?$/i;
/** "Only proceed if the lag is low." */
const onlyOn =
  /^\W*(?:(?:then|please|but|and)\s+)*(?:only\s+(proceed|continue|go\s+(?:on|ahead)|move\s+on)|(proceed|continue|go\s+(?:on|ahead)|move\s+on)\s+only)\s+(?=(?:if|when)\b)/i;
/** "If it is green, continue with the rest of this guide." */
const toRest =
  /\b(?:continue|proceed|go\s+on|carry\s+on|move\s+on)\s+(?:with|to)\s+(?:the\s+(?:rest|remainder)\s+of\s+(?:this|the)\s+(?:guide|runbook|tsg|playbook|procedure|document|page|steps|checks)|the\s+remaining\s+(?:steps|checks|sections))(?=\s*(?:[.,;)]|$|\bif\b))/i;
const toEdge = new RegExp(
  String.raw`\b${motion}${adverb}\s+(?:to|at|from)\s+the\s+(end|start|beginning|top)(?:\s+of\s+(?:this|the)\s+(?:guide|tsg|runbook|document|list|procedure))?(?=\s*(?:[.,;:)]|$|\bif\b))`,
  'i',
);
const startOver =
  /\b(?:(?:start|begin)\s+(?:over|again\s+from\s+the\s+(?:start|beginning|top))|restart\s+(?:the|this)\s+(?:whole\s+|entire\s+)?(?:procedure|runbook|guide|checklist|troubleshooting)(?:\s+from\s+the\s+(?:start|beginning|top))?)(?=\s*(?:[.,;:)]|$|\bif\b))/i;
const stepAgain =
  /\b(?:repeat|redo|rerun|re-run)\s+(?:this|the\s+(?:same|current))\s+(?:step|check|stage|phase|section|task)\b|\b(?:do|run)\s+this\s+(?:step|check|stage|phase|section|task)\s+again\b|^\W*(?:stay|remain)\s+(?:on|at|in)\s+this\s+(?:step|check|stage|phase|section)(?=\s+until\b)/i;
const toName = new RegExp(
  String.raw`\b(?:${motion}${adverb}\s+(?:(?:on)?to|at|with)|repeat(?:\s+from)?|redo|rerun|(?:do|run)(?=\s+(?:step|stage|phase)\s+[A-Z]\s+(?:again|once\s+more)\b)|(?:start|begin)\s+(?:over|again)\s+(?:at|from|with)|try\s+again\s+(?:at|from|with))\s+(?:the\s+)?(?:(?:step|section)\s+)?(?=[^\s.,;])`,
  'i',
);
/** "Use Scenario A", "follow the rollback steps below": a section by its own words. */
const toPart =
  /\b(?:use|follow|apply|perform|execute|run|try|choose|see|start\s+with|carry\s+out)\s+(?:the\s+)?["“'‘]?(?:((?:scenario|case|option|mitigation|procedure|method|approach|solution|workaround|part|phase|path|plan|playbook|appendix)\s+(?:\d{1,2}|[A-Z])\b)|([^.,;:()"”]{3,60}?)["”'’]?\s+(?:steps|section|procedure|instructions|process)\b(?!\s+(?:in|of|for|from)\b))/i;
const doing = /^(?:launch|execute|run|perform|follow|complete|do|try|start|begin)$/i;
const parallel = /\b(?:in\s+parallel|concurrently|simultaneously|at\s+the\s+same\s+time|parallelly)\b/i;
const refused =
  /\b(?:do\s+not|don['’]t|never|(?<!\b(?:is|are|was|were|has|have|does|did)\s+)not|without|before|cannot|can['’]t|unable\s+to|instead\s+of)\s+(?:\w+\s+){0,2}$/i;
/** "Go to Step 2 or Step 3" leaves the choice open; a plan must not make it. */
const choice = /^\s*(?:\([^()]{1,60}\)\s*)?,?\s*or\s+(?:to\s+)?(?:the\s+)?(?:(?:step|section|phase|stage)s?\s*)?\d/i;
const elsewhere =
  /^\s+(?:of|in|from)\s+(?!parallel|serial|series|sequence|order|turn|this\b|(?:production|prod|staging|development|pre-?prod(?:uction)?)\b)/i;
const cheap =
  /^\W*(?:otherwise|else)\b,?\s+(?:to|with)\s+#?\d|\b(?:go|proceed|continue|skip|jump|move|advance|return|head|come|switch|loop|repeat|redo|rerun|re-run|stay|remain|restart|resume|retry|start|begin|launch|execute|run|perform|follow|complete|do|use|apply|try|choose|carry|fall|pick|back)\b|\b(?:see|then)\s+#?\d|\bsee\s+(?:the\s+)?(?:next|following)\b|(?:→|->|=>|⇒)\s*(?:#?\d|see\s|check\s)|(?:→|->|=>|⇒|⟶|:|^\W*(?:(?:yes|no)\.|(?:otherwise|else|or)\b,?))\s*(?:(?:see|check|use|try|refer\s+to|with|to|at)\s+)?(?:the\s+)?(?:step|section|phase|stage)|\bbe\s+(?:skipped|omitted|left\s+out)\b|(?:\bthen|[–—=-])\s+(?:to\s+)?steps?\s+\d|\((?:see\s+)?(?:step|section|phase|stage)\s|^\W*(?:(?:and|or)\s+)?(?:to\s+)?(?:the\s+)?steps?\s+\d[\w.]*\s+(?:if|when|unless)\b/i;

const cheapEnd = sift(/,\s*(?:[a-z]+\s+){0,4}steps?\s+\d[\d.]*[a-z]?\s*[.;,]?\s*$/i);
const wholeStep = /^(?:step|section|phase|stage)\s+([\d.]+[a-z]?)\.?$/i;

/** The first jump of a sentence, or null. A jump that the author forbids ("do not go to Step 4 yet") is none. */
export function readJump(sentence: Sentence, isName: IsName): JumpPlace | null {
  return cheap.test(sentence.text) ||
    stepsLeftOut(sentence.text) !== null ||
    cheapEnd.test(sentence.text) ||
    sentence.prose.links.length > 0 ||
    wholeStep.test(sentence.text) ||
    (conditional.test(sentence.text) && maySee.test(sentence.text))
    ? jumpOf(sentence, isName)
    : null;
}

const jumpOf = onceForNames((sentence: Sentence, isName: IsName): JumpPlace | null => {
  const found = firstJump(sentence, isName);
  // "You can go to 3. while it runs."
  return found && meanwhile.test(sentence.prose.plain.slice(found.end)) ? null : found;
});

const meanwhile = /^[\s.,]*(?:while|whilst|meanwhile|in\s+the\s+meantime)\b/i;

function firstJump(sentence: Sentence, isName: IsName): JumpPlace | null {
  return (
    (onlyThen(sentence.text) ? over(sentence) : null) ??
    numbered(sentence, isName) ??
    perhapsNumbered(sentence, isName) ??
    toLetter(sentence, isName) ??
    inBrackets(sentence, isName) ??
    behindLabel(sentence) ??
    over(sentence) ??
    simple(sentence, relative, (word) => relativeKind(word)) ??
    simple(sentence, seesNext, () => 'next') ??
    simple(sentence, onlyOn, () => 'next') ??
    simple(sentence, toRest, () => 'next') ??
    simple(sentence, toEdge, (word) => (word === 'end' ? 'end' : 'first')) ??
    simple(sentence, startOver, () => 'first') ??
    simple(sentence, stepAgain, () => 'self') ??
    named(sentence, isName) ??
    pointedName(sentence, isName) ??
    seen(sentence, isName) ??
    ofPart(sentence, isName) ??
    linked(sentence, isName) ??
    asLink(sentence, isName) ??
    alone(sentence, isName)
  );
}

function numbered(sentence: Sentence, isName: IsName): JumpPlace | null {
  const { text } = sentence;
  const hasDigit = /\d/.test(text);
  const match =
    toNumber.exec(text) ??
    (hasDigit ? (bareNumber.exec(text) ?? backToStep.exec(text)) : null) ??
    (points.test(text) ? pointed.exec(text) : bracketed.exec(text)) ??
    (hasDigit && cheapEnd.test(text) && !/\bsteps?\s+\d[\w.]*,/i.test(text) ? endsInStep.exec(text) : null);
  if (!match || refused.test(text.slice(0, match.index))) return null;
  const [whole, verb = '', first = '', last, others = ''] = match;
  const of = last === undefined && others === '' ? ofSection(text.slice(match.index + whole.length), isName) : null;
  const end = match.index + whole.length + (of?.length ?? 0);
  const after = text.slice(end);
  if (
    doing.test(verb) &&
    !/^\s*(?:$|[.,;:!)]|(?:in|and|to|if|when|again|for|at|one|until|then|next(?=\W*$)|concurrently|simultaneously|sequentially)\b)/i.test(
      after,
    )
  ) {
    return null;
  }
  if (elsewhere.test(after) || choice.test(after)) return null;
  const numbersAt = match.index + whole.indexOf(first, verb.length);
  const spanOf = (from: number, to: number) => spanIn(sentence, from, to);
  const start = stepWordStart(text, numbersAt);
  const targets: Target[] = [];
  if (last !== undefined) {
    targets.push({ kind: 'range', from: numeralOf(first), to: last, span: spanOf(start, end) });
  } else {
    const link = start === numbersAt ? linkedName(sentence, numbersAt, isName) : null;
    const span = spanOf(start, numbersAt + first.length);
    targets.push(link ?? { kind: 'number', number: numeralOf(first), ...(of && { of: of.name }), span });
    const from = numbersAt + first.length;
    for (const other of allMatches(others, new RegExp(number, 'gi'))) {
      const at = from + other.index;
      targets.push({ kind: 'number', number: other[0], span: spanOf(at, at + other[0].length) });
    }
  }
  const rest =
    /^\s*(?:,?\s*(?:then|and\s+then)\s+(?:(?:go|proceed|continue)\s+to\s+)?(?:the\s+)?(?:step|section|phase|stage)s?\s*\d[\w.]*|\)?\s*,\s[^.;()]{1,60}?(?:(?:→|->|=>)\s*(?:step\s*)?\d|\((?:go\s+to\s+|see\s+)?step\s+\d)[^.;]*|(?:\([^)]*\))?[^.,;]{0,40},\s*then\s+(?:escalate|page|contact|call|ask|open|stop)\b[^.;]*)/i.exec(
      after,
    );
  const several = targets.length > 1 || last !== undefined;
  return {
    jump: {
      targets,
      order: several && parallel.test(after) ? 'parallel' : 'serial',
      back: /\b(?:back|return|repeat|redo|retry|restart|again|loop)\b/i.test(verb),
    },
    start: sentence.start + match.index,
    end: sentence.start + end,
    rest: rest ? rest[0].trim() : null,
  };
}

/** Where "go to item 4" stands, which is a jump where the guide has such an item, and nothing to do in any case; else null. */
export function perhapsJump(text: string): number | null {
  return /\d/.test(text) && cheap.test(text) ? (perhapsNumber.exec(text)?.index ?? null) : null;
}

function perhapsNumbered(sentence: Sentence, isName: IsName): JumpPlace | null {
  const match = /\d/.test(sentence.text) ? perhapsNumber.exec(sentence.text) : null;
  const number = match?.[2];
  if (!match || number === undefined) return null;
  // Under numbered headings an item is one of a list below, and so may a number alone be.
  const name = /^task/i.test(match[1] ?? '') ? `Step${number}` : `item ${number}`;
  const isKnown =
    isName(name) ||
    // A guide whose steps are tasks means one of them, also where there is none of that number.
    (name.startsWith('Step') && isName('task 1')) ||
    // "Continue with 2" under "### 2) Find the node".
    (match[1] === undefined && !isName('item 1') && isName(`Step${number}`)) ||
    (/\bsee\s+#?\d|^(?:→|->|=>|⇒)/i.test(match[0]) && isName(`Step${number}`));
  const end = match.index + match[0].length;
  const link = linkedName(sentence, end - number.length, isName);
  if (!(isKnown || link) || refused.test(sentence.text.slice(0, match.index))) return null;
  if (elsewhere.test(sentence.text.slice(end)) || choice.test(sentence.text.slice(end))) return null;
  return {
    jump: {
      targets: [link ?? { kind: 'number', number, span: spanIn(sentence, end - number.length, end) }],
      order: 'serial',
      back: /\b(?:back|return|repeat|again)\b/i.test(match[0]),
    },
    start: sentence.start + match.index,
    end: sentence.start + end,
    rest: null,
  };
}

/** "Go to [3. Call the vendor](#3-call-the-vendor)": the section that the link leads to, and not item 3 of the list that says so. */
function linkedName({ prose, start }: Sentence, at: number, isName: IsName): Target | null {
  return placeOf(
    prose,
    prose.links.find((mark) => mark.start === start + at),
    isName,
  );
}

/** The place of the guide that a link leads to; null for a link elsewhere, or to no name that the guide has. */
function placeOf(
  prose: Prose,
  link: Prose['links'][number] | undefined,
  isName: IsName,
): Extract<Target, { kind: 'name' }> | null {
  const anchor = link && /^#[\w%.-]+$/.exec(link.target)?.[0];
  if (!link || anchor === undefined || !isName(anchor)) return null;
  return { kind: 'name', name: anchor, span: sourceSpan(prose, link.start, link.end) };
}

/** "Follow B", "go to section A": a heading "A. Memory is full". */
function toLetter(sentence: Sentence, isName: IsName): JumpPlace | null {
  const item = itemLetter.exec(sentence.text);
  if (item?.[1] !== undefined && !isName(`section ${item[1].toUpperCase()}`) && isName(anyLetter)) {
    if (refused.test(sentence.text.slice(0, item.index))) return null;
    const end = item.index + item[0].length;
    const number = String(item[1].toLowerCase().charCodeAt(0) - 96);
    const isBack = /\b(?:back|return|repeat|again)\b/i.test(item[0]);
    return jumpTo(sentence, { kind: 'number', number, span: spanIn(sentence, end - 1, end) }, item.index, end, isBack);
  }
  const match = letter.exec(sentence.text);
  const name = match?.[1] === undefined ? '' : `section ${match[1]}`;
  if (!match?.[1] || !isName(name) || refused.test(sentence.text.slice(0, match.index))) return null;
  const end = match.index + match[0].length;
  return jumpTo(sentence, { kind: 'name', name, span: spanIn(sentence, end - 1, end) }, match.index, end);
}

/** A jump to one target by the words from `from` to `to` of the sentence. */
function jumpTo({ start }: Sentence, target: Target, from: number, to: number, back = false): JumpPlace {
  return { jump: { targets: [target], order: 'serial', back }, start: start + from, end: start + to, rest: null };
}

/** Among the asides of a guide that has lists with letters. */
export const anyLetter = '#>1-item-with-a-letter';

/** "Go to C", "back to b": an item of a list with letters. */
const itemLetter =
  /\b(?:(?:go|jump|skip|return|move|proceed|continue|on)(?:\s+(?:on|back|straight|directly))*\s+(?:to|with|at)|(?<=[,;:→]\s*|\b(?:then|and)\s+)back\s+to|repeat(?:\s+from)?)\s+(?:(?:step|item|point)\s+)?([a-h])(?=\s*(?:[.,;:]|$|\b(?:if|again|at\s+most|up\s+to)\b))/i;

const letter =
  /\b(?:[Ff]ollow|[Gg]o\s+to|[Uu]se|[Ss]ee|[Dd]o|[Aa]pply|[Cc]ontinue\s+(?:with|at)|[Pp]roceed\s+(?:to|with)|[Jj]ump\s+to)\s+(?:(?:section|part|path|plan|chapter)\s+)?["“']?([A-H])(?=["”']?\s*(?:[.,;:)]|$|below\b))/;

/** "If it is still black, restore from snapshot (Step 4)": a step by its name and its number. */
function inBrackets(sentence: Sentence, isName: IsName): JumpPlace | null {
  const match = nameThenNumber.exec(sentence.text);
  if (!match?.[1] || !match[2] || !isName(match[1].trim())) return null;
  const at = match.index + match[0].indexOf(match[1]);
  const end = match.index + match[0].length;
  const numberAt = match[0].lastIndexOf(match[2]) + match.index;
  const span = spanIn(sentence, stepWordStart(sentence.text, numberAt), numberAt + match[2].length);
  return jumpTo(sentence, { kind: 'number', number: match[2], span }, at, end);
}

const nameThenNumber = sift(
  new RegExp(
    String.raw`(?:[,;:]\s+|${arrowSigns}\s+)(?:then\s+)?([^,;:()]{4,80}?)\s*\(\s*(?:(?:see|go\s+to)\s+)?(?:steps?|sections?|phases?|stages?)\s*#?\s*(${number})\s*\)`,
    'i',
  ),
);

/** "Red: step 4": what was found, and nothing but where to go. */
function behindLabel(sentence: Sentence): JumpPlace | null {
  const found = labelledStep(sentence);
  if (!found) return null;
  const { start, end, number } = found;
  return jumpTo(sentence, { kind: 'number', number, span: spanIn(sentence, start, end) }, start, end);
}

/** "502 only → see **Upstream down**": behind an arrow a section by its words. */
function pointedName(sentence: Sentence, isName: IsName): JumpPlace | null {
  const match = arrow.test(sentence.text) ? seesName.exec(sentence.text) : null;
  const name = match?.[1]?.trim();
  if (!match || name === undefined || !isName(name)) return null;
  const at = match.index + match[0].indexOf(name);
  const span = spanIn(sentence, at, at + name.length);
  return jumpTo(sentence, { kind: 'name', name, span }, match.index, at + name.length);
}

const seesName = sift(
  new RegExp(
    String.raw`(?<=${arrowSigns}\s{0,3})(?:please\s+)?(?:see|check|follow|use)\s+(?:the\s+)?["“'‘]?([^.,;:()"“”→>]{3,80}?)["”'’]?(?:\s+(?:section|below|above))*\W*$`,
    'i',
  ),
);

/** "Skip the next step", "skip steps 4 and 5": on behind them. */
function over(sentence: Sentence): JumpPlace | null {
  const found = stepsLeftOut(sentence.text);
  if (!found || refused.test(sentence.text.slice(0, found.index))) return null;
  const { index, length, numbers } = found;
  const span = spanIn(sentence, index, index + length);
  const count = Number(numeralOf(found.count));
  const target: Target = { kind: 'behind', first: numbers?.[0] ?? null, number: numbers?.at(-1) ?? null, count, span };
  return jumpTo(sentence, target, index, index + length);
}

/** `Step 4` belongs to the target's span, not the number alone. */
function stepWordStart(text: string, at: number): number {
  const before = /(?:steps?|sections?|phases?|stages?)\s*#?\s*$/i.exec(text.slice(Math.max(0, at - 16), at));
  return before ? at - before[0].length : at;
}

type SimpleKind = 'next' | 'first' | 'end' | 'self';

function relativeKind(word: string): SimpleKind | null {
  if (word === 'next' || word === 'following') return 'next';
  if (word === 'first') return 'first';
  return word === 'same' || word === 'current' || word === 'this' ? 'self' : null;
}

function simple(sentence: Sentence, pattern: RegExp, kindOf: (word: string) => SimpleKind | null): JumpPlace | null {
  const match = pattern.exec(sentence.text);
  if (!match || refused.test(sentence.text.slice(0, match.index))) return null;
  const kind = kindOf((match[1] ?? '').toLowerCase());
  if (kind === null) return null;
  const end = match.index + match[0].length;
  const target: Target = { kind, span: spanIn(sentence, match.index, end) };
  return jumpTo(sentence, target, match.index, end, kind === 'first' || kind === 'self');
}

/** "Go to `verify-db`", "go to [Mitigation](#mitigation)", "go to \"Verify\"": a step by its own words. */
function named(sentence: Sentence, isName: (name: string) => boolean): JumpPlace | null {
  const match = toName.exec(sentence.text);
  if (!match || refused.test(sentence.text.slice(0, match.index))) return null;
  const at = sentence.start + match.index + match[0].length;
  const { prose } = sentence;
  const back = /\b(?:back|return|repeat|redo|rerun|over|again|do|run)\b/i.test(match[0]);
  const found = (name: string, start: number, end: number): JumpPlace => ({
    jump: { targets: [{ kind: 'name', name, span: sourceSpan(prose, start, end) }], order: 'serial', back },
    start: sentence.start + match.index,
    end,
    rest: null,
  });
  const link = prose.links.find((mark) => mark.start === at);
  if (link) {
    const anchor = /^#([\w%.-]+)$/.exec(link.target)?.[1];
    return anchor === undefined ? null : found(`#${anchor}`, link.start, link.end);
  }
  const code = prose.codes.find((mark) => mark.start === at);
  if (code) {
    const name = prose.plain.slice(code.start, code.end);
    return isName(name) || /\bstep\s+$/i.test(match[0]) ? found(name, code.start, code.end) : null;
  }
  const quoted = /^["“”']([^"“”]{1,120})["“”']/.exec(prose.plain.slice(at, sentence.end));
  if (quoted?.[1] !== undefined) {
    const behind = prose.plain.slice(at + quoted[0].length, sentence.end);
    return isName(quoted[1]) || /\bstep\s+$/i.test(match[0]) || sendsTo(match[0], quoted[1], behind)
      ? found(quoted[1], at, at + quoted[0].length)
      : null;
  }
  // A letter is a step where the guide's steps have letters; one that none has is missing.
  const word = /\bstep\s+$/i.exec(match[0])?.[0];
  const letter = word === undefined ? undefined : /^[A-Z](?![\w'’-])/.exec(prose.plain.slice(at, sentence.end))?.[0];
  const lettered = /\b(section|part|stage|phase)\s+$/i.exec(match[0]);
  const sectionLetter = lettered && /^[A-Z](?![\w'’-])/.exec(prose.plain.slice(at, sentence.end))?.[0];
  if (lettered && sectionLetter && isName('section A') && isName('section B'))
    return found(`section ${sectionLetter}`, at - lettered[0].length + 1, at + 1);
  if (word !== undefined && letter !== undefined && (isName(`step ${letter}`) || isName('step A')))
    return found(`step ${letter}`, at - word.length, at + 1);
  const words = /^[^.,;:()]{1,120}/.exec(prose.plain.slice(at, sentence.end))?.[0] ?? '';
  const upTo = words.replace(/\s+(?:if|when|unless|section|step|below|above)\b.*$/i, '').trimEnd();
  if (upTo !== '' && isName(upTo)) return found(upTo, at, at + upTo.length);
  // "Part 5 to review the incident": a word and a number name a place by themselves.
  const short = /^\p{L}+\s+(?:\d{1,3}|[A-Z])(?=\s)/u.exec(words)?.[0];
  return short !== undefined && isName(short) ? found(short, at, at + short.length) : null;
}

/** "Jump to "Close the ticket"", "go on with "Renew it"": nothing but a step is meant. "Go to "Settings"" and "proceed with "OK"" speak of a screen. */
function sendsTo(verb: string, name: string, behind: string): boolean {
  return (
    /\b(?:jump|skip|continue|proceed|(?:go|move)\s+(?:on|back|ahead))\b/i.test(verb) &&
    /^[A-Z]\w*\s+[^>→|]{2,}$/.test(name) &&
    /^\s*(?:[.,;:)]|$|(?:if|again|instead|at\s+most|below|above|and|next)\b)/i.test(behind)
  );
}

/** "If the download fails, see "Download issues" below." */
function seen(sentence: Sentence, isName: IsName): JumpPlace | null {
  const { text, prose } = sentence;
  const found = conditional.test(text) && maySee.test(text) ? seenSection(text, isName) : null;
  if (!found || refused.test(text.slice(0, found.verb))) return null;
  // "If it is full, clean it up, see "Cleaning up"": the section says how, and does not lead away.
  const condition = conditionOf(sentence, true);
  if (!condition || !nothingBetween.test(prose.plain.slice(condition.end, sentence.start + found.verb))) return null;
  const at = sentence.start + found.start;
  if (prose.links.some((link) => link.start <= at && at < link.end)) return null;
  const end = at + found.name.length;
  const target: Target = { kind: 'name', name: found.name, span: sourceSpan(prose, at, end) };
  return jumpTo(sentence, target, found.verb, end - sentence.start);
}

const nothingBetween = /^[\s,:;–—-]*(?:then[\s,]*)?$/i;

/** In the case that the sentence names, or where it says nothing else. */
function ofPart(sentence: Sentence, isName: IsName): JumpPlace | null {
  const { text, prose } = sentence;
  const match = toPart.exec(text);
  const name = match?.[1] ?? match?.[2];
  if (!match || name === undefined || refused.test(text.slice(0, match.index))) return null;
  const at = sentence.start + match.index + match[0].indexOf(name);
  if (prose.links.some((link) => link.start <= at && at < link.end)) return null;
  if (forReading.test(text.slice(match.index + match[0].length))) return null;
  if (!isName(name) || !(conditional.test(text) || /^\W*$/.test(text.slice(0, match.index)))) return null;
  const span = sourceSpan(prose, at, at + name.length);
  return jumpTo(sentence, { kind: 'name', name, span }, match.index, match.index + match[0].length);
}

const conditional =
  /^\W*(?:(?:and|but|also|then|so|however|note|important|warning)\b\W+)*(?:if|when|otherwise|else|unless|in\s+(?:(?:that|this|these|those|such(?:\s+an?)?)\s+)?cases?|yes|no|for(?=\s+[^,.:;]{2,60}\b(?:issues?|problems?|trouble|failures?|errors?|outages?|timeouts?|corruption)\s*,))\b/i;
const leadsToLink =
  /\b(?:follow|go\s+to|move\s+to|proceed\s+(?:to|with)|continue\s+(?:to|with)|jump\s+to|see|refers?\s+to|check|consult|review|move\s+on\s+to|use|apply|perform|try|do|run)\s+(?:(?:the|these|this|our|steps?|instructions?|procedures?|sections?|in|of|from|to|and|first)\s+){0,5}$/i;
const forReading =
  /^\s*(?:section\s+)?(?:for|to\s+(?:learn|read|find\s+out|understand))\s+(?:more|further(?!\s+(?:debugging|diagnos|investigat|troubleshoot|analysis|checks|steps))|additional|details?|information|reference|examples?|background)\b/i;

/** The name under which a section is known that is reached by links alone. */
export function aside(anchor: string): string {
  return `#>${anchor}`;
}

/** "If the disk is healthy, [restart the node](#restart-the-node)": a link into the guide, in the case that the sentence names. */
function linked(sentence: Sentence, isName: (name: string) => boolean): JumpPlace | null {
  const { prose, text } = sentence;
  if (
    prose.links.length === 0 ||
    !(conditional.test(text) || arrow.test(text) || endsAnswer(sentence) || isForKind(text))
  )
    return null;
  for (const link of prose.links) {
    if (link.start < sentence.start || link.end > sentence.end) continue;
    const target = placeOf(prose, link, isName);
    if (!target) continue;
    const before = prose.plain.slice(sentence.start, link.start);
    const words = prose.plain.slice(link.start, link.end);
    if (refused.test(before) || forReading.test(prose.plain.slice(link.end, sentence.end))) continue;
    const isAction = isImperative(words) || (isName(aside(target.name.slice(1))) && /^\w+ing\s/i.test(words));
    const isPointed = pointsHere.test(before) && /^\W*$/.test(prose.plain.slice(link.end, sentence.end));
    if (!leadsToLink.test(before) && !isAction && !isPointed) continue;
    const verb = leadsToLink.exec(before);
    const start = verb ? sentence.start + verb.index : link.start;
    return { jump: { targets: [target], order: 'serial', back: false }, start, end: link.end, rest: null };
  }
  return null;
}

/** "Yes: that is a flake. See [Flakes](#flakes)": where an answer leads that only explains. */
function endsAnswer({ prose, start, text }: Sentence): boolean {
  if (start === 0 || !/^\W*(?:please\s+)?(?:see|follow|go\s+to|use|refer\s+to)\s/i.test(text)) return false;
  const said = /^\W*(?:yes|no)\b\s*[,:.;–—-]\s*(.*)$/is.exec(prose.plain.slice(0, start))?.[1];
  return said !== undefined && !said.split(/(?<=[.!;])\s+/).some(isImperative);
}

/** "[Check the queries below](#queries)": a sentence that is a link into the guide, and asks for what stands there. */
function asLink({ prose, start, end }: Sentence, isName: IsName): JumpPlace | null {
  const link = prose.links.find((mark) => mark.start >= start && mark.end <= end);
  const target = placeOf(prose, link, isName);
  if (!link || !target || !onlyAsks.test(prose.plain.slice(start, link.start))) return null;
  const words = prose.plain.slice(link.start, link.end);
  const after = prose.plain.slice(link.end, end);
  if (!/\S\s+\S/.test(words) || !isImperative(words) || toRead.test(words)) return null;
  if (!/^\W*(?:(?:for|to|in\s+order\s+to)\s[^,;]*)?$/i.test(after) || forReading.test(after)) return null;
  return { jump: { targets: [target], order: 'serial', back: false }, start: link.start, end: link.end, rest: null };
}

const onlyAsks = /^\W*(?:(?:please|then|next|now|and)\b\W*)*$/i;
const toRead = /^\W*(?:see|read|refer|learn|note|consult)\b/i;

/** "[Verification](#verification)" and nothing else, where it can only be the place to go to. */
export function linkAlone({ prose, start, end }: Sentence, isName: IsName): JumpPlace | null {
  const [link, ...others] = prose.links;
  const target = placeOf(prose, link, isName);
  if (!link || !target || others.length > 0) return null;
  if (/[\p{L}\p{N}]/u.test(prose.plain.slice(0, link.start) + prose.plain.slice(link.end))) return null;
  return { jump: { targets: [target], order: 'serial', back: false }, start, end, rest: null };
}

/** `3` or `3)` and nothing else, where it can only be the step to go to. */
export function numberAlone({ prose, start, end, text }: Sentence): JumpPlace | null {
  const number = /^#?(\d{1,3}(?:\.\d{1,3})*[a-z]?)[.)]?$/i.exec(text)?.[1];
  if (number === undefined || start > 0 || end < prose.plain.length) return null;
  const target: Target = { kind: 'number', number, span: sourceSpan(prose, start, end) };
  return { jump: { targets: [target], order: 'serial', back: false }, start, end, rest: null };
}

/** "Step 2" and nothing else, as in a cell of a table: it is where to go. */
function alone({ prose, start, end, text }: Sentence, isName: IsName): JumpPlace | null {
  // "Red? Step 4."
  const isAnswer = start > 0 && /\?\s*$/.test(prose.plain.slice(0, start));
  if (!isAnswer && (start > 0 || end < prose.plain.length)) return null;
  const number = wholeStep.exec(text)?.[1]?.replace(/\.$/, '');
  const [link] = prose.links;
  const anchor =
    link?.start === start && link.end === end && /^(?:step|section|phase|stage)\s/i.test(text)
      ? /^#([\w%.-]+)$/.exec(link.target)?.[1]
      : undefined;
  const span = sourceSpan(prose, start, end);
  const jump = (target: Target): JumpPlace => ({
    jump: { targets: [target], order: 'serial', back: false },
    start,
    end,
    rest: null,
  });
  if (anchor !== undefined && isName(`#${anchor}`)) return jump({ kind: 'name', name: `#${anchor}`, span });
  return number === undefined ? null : jump({ kind: 'number', number, span });
}

function spanIn(sentence: Sentence, from: number, to: number): { start: number; end: number } {
  return sourceSpan(sentence.prose, sentence.start + from, sentence.start + to);
}
