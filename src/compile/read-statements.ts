// Sentences to statements: for each sentence of a step its condition, jump and outcome, and which of them belong together.
import type { Outcome } from '../plan/index.ts';
import { bindWords, denies, ofThatCase } from './antecedent.ts';
import { isAsked, leavesAnswerOpen } from './asked.ts';
import { hedgeIn, isBranching, isHedged } from './branching.ts';
import { caseBefore } from './case-before.ts';
import type { Condition, Jump, Passage, Statement } from './draft.ts';
import { isImperative } from './imperative.ts';
import { onceForNames, type IsName } from './names.ts';
import { isDirective } from './read-directives.ts';
import { labelOf, namedCase, namesPart, readCondition } from './read-condition.ts';
import { linkAlone, numberAlone, readJump, type JumpPlace } from './read-jump.ts';
import { findOutcome, bareOutcome, readOutcome, saysWhenToEscalate, thenGoes } from './read-outcome.ts';
import { afterRounds } from './read-rounds.ts';
import { saysEndOfCase, withSameEnding, withWayOn } from './same-ending.ts';
import { goingOn, inOtherCases } from './signs.ts';

/** What the sentences of a step say, and those whose branching language was not read, with the reason. */
export interface StatementReading {
  readonly statements: readonly Statement[];
  readonly notRead: readonly { readonly passage: Passage; readonly reason: string; readonly quiet?: boolean }[];
}

const bareContinue = new RegExp(
  String.raw`^[\s,;:.–—→⇒=>-]*(?:please\s+)?(?:${goingOn}|great|good|fine|perfect|all\s+(?:is\s+)?good)\s*[.!;]?$`,
  'i',
);
/** "Re-run step 2. Still blocked? …": the condition is about what that gives. */
const stepAgain =
  /^\W*(?:(?:then|now|please)\b\W*)*(?:re-?run|re-?do|repeat|re-?execute|perform|run|do)\s+step\s+\S+(?:\s+again)?\W*$/i;
/** "Repeat the query of Step 1.": something is asked once more, and nobody goes back for it. */
const repeatsPart =
  /^\W*(?:(?:then|now|please|finally|afterwards)\b\W*)*(?:repeat|re-?run|redo|re-?execute|re-?issue)\s+(?:the|that|this)\s+(?:[\w-]+\s+){0,3}?(?:quer(?:y|ies)|commands?|scripts?|checks?|tests?|statements?|requests?|calls?|search|measurement)\s+(?:of|from|in|at|under)\s+(?:step|section|phase|stage)\s+[\w.]{1,10}(?:\s+(?:again|once\s+more|after\s[^.;:!?]{1,40}|every\s[^.;:!?]{1,40}))?\W*$/i;
const ofPart = 'it asks for a part of a step once more, and leads nowhere';
const decidesWith = (next: Passage, { paragraph }: Passage): boolean =>
  next.paragraph === paragraph && /^\W*(?:if|when|still|otherwise)\b|\?\W*$/i.test(next.sentence.text);
const speaksOfBefore =
  /^(?:if\s+(?:so|yes|not|no)|if\s+(?:this|that|it)\s+is(?:\s+not|n['’]t)?\s+the\s+case|if\s+(?:it|this|that)\s+(?:does|is|has)(?:\s+not|n['’]t)?|in\s+(?:that|this|these|those|such(?:\s+an?)?)\s+cases?)$/i;
/** "Otherwise, carry on with the matching step", "…, proceed as appropriate": one is to go somewhere, and only the author knows where. */
const namesNoStep =
  /^[\s,;:.–—→⇒=>-]*(?:(?:then|please|just)\s+)*(?:go|carry\s+on|continue|proceed|move(?:\s+on)?|jump|skip|follow)\b(?:[^.;:?!]{0,60}\b(?:appropriate|matching|relevant|corresponding|respective|suitable|applicable|fitting|proper|right|correct|best)\s+(?:steps?|sections?|parts?|paths?|branch(?:es)?|procedures?|case)\b|[^.;:?!]{0,40}\b(?:steps?|sections?|parts?|paths?|procedures?|case)\s+(?:(?:that|which)\s+)?(?:(?:best|seems?\s+to|you)\s+)?(?:fits?|suits?|appl(?:y|ies)|match(?:es)?|needs?)\b|\s+(?:as\s+(?:appropriate|needed|necessary|usual|required|you\s+see\s+fit)|accordingly)\s*[.!]?$)/i;
const ending = /^(?:this|that|it)\b/i;
/** Reads the sentences of one step; the list of passages is what the reading is remembered by. */
export const readStatements = onceForNames((passages: readonly Passage[], isName: IsName): StatementReading => {
  const statements: Statement[] = [];
  const notRead: { passage: Passage; reason: string; quiet?: boolean }[] = [];
  /** A condition without jump or outcome yet, which a following sentence of its paragraph may complete. */
  let open: Open | null = null;
  /** "Contact support if any of these holds:": where its list leads, item by item. */
  let listed: { jump: Jump | null; outcome: Outcome | null; paragraph: number; all?: Statement } | null = null;
  /** The paragraph of a condition that names none: what follows it there holds only in its case. */
  let refused = -1;
  const labelled = passages.filter((passage) => leadsByLabel(passage, isName)).length;
  const areLabelled = labelled > 1 || (labelled === 1 && passages.some(isOtherItem));
  /** "Many senders? The relay is down, …": something is said of that case. */
  const asksOn = (passage: Passage): boolean =>
    /\?\W*$/.test(passage.sentence.text) && passages[passages.indexOf(passage) + 1]?.paragraph === passage.paragraph;
  const settle = (): void => {
    if (open && (open.condition.kind === 'else' || isBranching(open.passage.sentence.text) || asksOn(open.passage)))
      statements.push({ passage: open.passage, condition: open.condition, jump: null, outcome: null });
    open = null;
  };

  passages.forEach((passage, index) => {
    const { sentence } = passage;
    const { text } = sentence;
    if (open && open.passage.paragraph !== passage.paragraph) settle();
    if (isDirective(text)) return;
    if (listed) {
      if (passage.inItem && !endsList.test(text) && (!isImperative(text) || ofSomebody.test(text))) {
        if (listed.all) {
          listed.all = withOneMore(listed.all, passage);
          statements.splice(-1, 1, listed.all);
        } else if (passage.paragraph !== listed.paragraph) {
          const { jump, outcome } = listed;
          statements.push({ passage, condition: wholeCondition(passage), jump, outcome });
        } else if (isBranching(text)) {
          notRead.push({ passage, reason: 'it says more of the condition before it' });
        }
        listed.paragraph = passage.paragraph;
        return;
      }
      listed = null;
    }
    const place =
      readJump(sentence, isName) ?? (passage.passes ? (linkAlone(sentence, isName) ?? numberAlone(sentence)) : null);
    const outcome =
      place || goesOnThen(passages[index + 1], passage)
        ? null
        : (readOutcome(text) ?? (passage.passes ? bareOutcome(text) : null));
    if (index === 0 && saysWhenToEscalate(text)) {
      if (passages[1]?.inItem === true) listed = { jump: null, outcome: 'escalated', paragraph: passage.paragraph };
      return;
    }
    const leadsToList = (place !== null || outcome !== null) && passages[index + 1]?.inItem === true;
    const ofAll = leadsToList ? allFollow.exec(text) : null;
    if (leadsToList && (ofAll || conditionsFollow.test(text))) {
      if (open) settle();
      listed = { jump: place?.jump ?? null, outcome, paragraph: passage.paragraph };
      if (ofAll) {
        const start = sentence.start + ofAll.index;
        const condition: Condition = { kind: 'if', text: 'if all of these hold', start, end: sentence.end, sentence };
        listed.all = { passage, condition, jump: listed.jump, outcome };
        statements.push(listed.all);
      }
      return;
    }
    let condition =
      readCondition(passage, place?.start ?? null, place !== null || outcome !== null) ??
      (place?.jump.back === true ? forEachOf(passage, place) : null);
    if (!condition && ((place && !place.jump.back) || outcome)) condition = afterRounds(sentence);
    if (!condition && (place || outcome)) condition = askedBefore(passage, passages[index - 1]);
    if (!condition && (place || outcome) && areLabelled) condition = labelCase(passage);
    if (!condition && (place || outcome)) condition = labelBeside(passages, index) ?? labelAbove(passages, index);
    const inThatCase = condition !== null && open !== null && ofThatCase.test(condition.text);
    if (inThatCase) condition = null;
    if (
      condition &&
      speaksOfBefore.test(condition.text) &&
      (caseBefore.has(condition.sentence.prose) || !statements.some((one) => one.condition !== null))
    )
      condition = boundToBefore(condition, passages[index - 1]);
    if (condition?.kind === 'else' && !statements.some((one) => one.condition !== null))
      condition = boundToCheck(condition, passages[index - 1], passage);
    if (condition && /^(?:yes|no)$/i.test(condition.text)) condition = answerOf(condition, passages, index);
    const hedge = !condition && (place || outcome) ? hedgeOfWay(text, place?.start ?? null, sentence.start) : null;
    if (hedge !== null) {
      if (open) settle();
      notRead.push({ passage, reason: leftToReader(hedge) });
      return;
    }
    if (condition && isHedged(condition.text)) {
      if (open) settle();
      notRead.push({ passage, reason: leftToReader(condition.text) });
      refused = passage.paragraph;
      return;
    }
    if (condition && !place && !outcome && namesNoStep.test(sentence.prose.plain.slice(condition.end, sentence.end))) {
      if (open) settle();
      notRead.push({ passage, reason: 'it does not name the step to go to' });
      refused = passage.paragraph;
      return;
    }
    if (place && place.rest !== null)
      notRead.push({ passage, reason: `only the first target was read, not "${place.rest}"` });
    const goesOn = condition !== null && bareContinue.test(sentence.prose.plain.slice(condition.end, sentence.end));
    if (refused === passage.paragraph && condition === null && inherits(text, outcome !== null, passage)) {
      if (place || outcome)
        notRead.push({ passage, reason: 'it depends on the sentence before it, which was not read' });
      return;
    }
    if ((place || outcome) && condition === null && passage.inTable) {
      notRead.push({ passage, reason: 'it stands in a table whose rows were not read as cases' });
      return;
    }
    if (
      place &&
      condition === null &&
      stepAgain.test(text) &&
      passages.slice(index + 1).some((next) => decidesWith(next, passage))
    ) {
      notRead.push({ passage, reason: 'the step is done again, and what comes of it is decided here' });
      return;
    }
    if (outcome === 'completed' && condition === null && saysEndOfCase(passage, passages[index - 1], statements.at(-1)))
      return;
    if (place || outcome || goesOn) {
      const inherited: Condition | null =
        condition === null &&
        open !== null &&
        (inThatCase ||
          inherits(text, outcome !== null, passage) ||
          foretells(open, place, text) ||
          answersQuestion(open, passage))
          ? open.condition
          : null;
      if (open && inherited === null) settle();
      open = null;
      const jump =
        place?.jump ??
        (goesOn
          ? { targets: [{ kind: 'next' as const, span: sentence.span }], order: 'serial' as const, back: false }
          : null);
      const statement: Statement = { passage, condition: condition ?? inherited, jump, outcome };
      const same =
        withSameEnding(statements.at(-1), statement) ?? withWayOn(statements.at(-1), statement, passages[index - 1]);
      if (same) statements.pop();
      statements.push(same ?? statement);
      return;
    }
    if (condition) {
      settle();
      open = { condition, passage };
      return;
    }
    const next = passages[index + 1];
    if (repeatsPart.test(text)) notRead.push({ passage, reason: ofPart, quiet: true });
    else if (isBranching(text)) notRead.push({ passage, reason: reasonFor(text) });
    else if (next?.paragraph === passage.paragraph && leavesAnswerOpen(text, next.sentence.text))
      notRead.push({ passage, reason: 'it asks, and does not say for which answer the next sentence is' });
  });
  settle();
  return { statements, notRead };
});

/** "TTLExpired: messages were too old; go to Step 4": one of two or more items that lead away, each from the words before its colon. */
function leadsByLabel(passage: Passage, isName: IsName): boolean {
  if (labelCase(passage) === null) return false;
  const place = readJump(passage.sentence, isName);
  if (place === null && readOutcome(passage.sentence.text) === null) return false;
  return readCondition(passage, place?.start ?? null, true) === null;
}

const opensOther = new RegExp(String.raw`^\W*(?:otherwise|else|${inOtherCases})\s*:\s`, 'i');

/** "Otherwise: go to Step 3", the item beside one that names a case. */
function isOtherItem({ sentence: { text }, inItem, inTable }: Passage): boolean {
  return inItem && !inTable && opensOther.test(text);
}

/** "Blocked: open a change. Open: escalate.": each from the word before its colon. */
function labelBeside(passages: readonly Passage[], at: number): Condition | null {
  const isLabelled = (one: Passage | undefined): boolean =>
    one?.paragraph === passages[at]?.paragraph && shortLabel(one?.sentence.text ?? '') !== undefined;
  const passage = passages[at];
  const label = passage && shortLabel(passage.sentence.text);
  if (!label || namesPart(label) || !(isLabelled(passages[at - 1]) || isLabelled(passages[at + 1]))) return null;
  return namedCase(label, passage.sentence);
}

/** "All of them: the network is down. Go to 4." and "Just one: continue.": what the first sentence of a paragraph is about. */
function labelAbove(passages: readonly Passage[], at: number): Condition | null {
  const opensOf = (paragraph: number): Passage | undefined => passages.find((one) => one.paragraph === paragraph);
  const passage = passages[at];
  const first = passage && opensOf(passage.paragraph);
  const label = first && caseLabel(first);
  if (!passage || !first || !label || passage.inTable) return null;
  const others = new Set(passages.map(({ paragraph }) => paragraph).filter((one) => one !== passage.paragraph));
  const isBeside = [...others].some((paragraph) => {
    const other = opensOf(paragraph);
    return (
      other !== undefined &&
      (caseLabel(other) !== null || (paragraph < passage.paragraph && /\?\W*$/.test(other.sentence.text)))
    );
  });
  return isBeside ? namedCase(label, first.sentence, passage.sentence) : null;
}

const caseLabel = ({ sentence }: Passage): string | null => {
  const label = /^\W*(?:yes|no)\b/i.test(sentence.text) ? null : labelOf(sentence.text);
  return label !== null && label.split(/\s+/).length <= 6 && !namesPart(label) ? label : null;
};

function shortLabel(text: string): string | undefined {
  return oneLabel.exec(text)?.[1] ?? numberLabel.exec(text)?.[1];
}

/** "HTTP 404: …", "Exit code 1 or 2: …", "More than 5 files: …" and "Fewer: …". */
const numberLabel =
  /^\W*((?:(?:an?|the)\s+)?(?:HTTP|(?:exit|return|status|error)(?:\s+(?:code|status))?|code|event|errno|signal)\s+`?\d\w{0,5}(?:(?:,?\s+or\s+|,\s*|\s+to\s+|[-–])\d\w{0,5}){0,5}|(?:(?:more|less|fewer|greater|higher|lower)\s+than|above|below|over|under|at\s+(?:least|most)|up\s+to)\s+(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\s)[^:.?!;]{0,50}|\d[^:.?!;]{0,30}\s+or\s+(?:more|less|fewer|higher|lower)\b[^:.?!;]{0,30}|fewer|less|more|none|no\s[\w -]{2,30}|(?:any|all)\s+other\s[\w -]{2,30}|any(?:thing)?\s+else):\s+\p{Ll}/iu;
const oneLabel = /^\W*(\p{Lu}[\p{Ll}-]+(?:\s+\p{Ll}+)?):\s+\p{Ll}/u;

function labelCase({ sentence, inItem, inTable }: Passage): Condition | null {
  const label = inItem && !inTable && sentence.start === 0 ? labelOf(sentence.text) : null;
  return label === null ? null : namedCase(label, sentence);
}

/** "Repeat steps 4 and 5 for every host": what is gone round for. */
function forEachOf({ sentence }: Passage, { end }: JumpPlace): Condition | null {
  const from = end - sentence.start;
  const match = /^\W*(for\s+(?:each|every|all)\b[^,:;.?!]{2,160})/i.exec(sentence.text.slice(from));
  if (!match?.[1]) return null;
  const start = end + match[0].length - match[1].length;
  const text = match[1].trimEnd();
  return { kind: 'if', text, start, end: start + text.length, sentence };
}

const conditionsFollow =
  /\b(?:if|when|in)\b(?:\s+(?:any|one|either|at\s+least\s+one)(?:\s+of)?)?(?:\s+(?:the\s+following|these))?(?:\s+(?:is|are|cases?|conditions?|holds?|true|met|apply|applies|occurs?|happens?|situations?))*\s*:\s*$/i;
/** "You are done only when:", "Stop when all of the following are true:" */
const allFollow =
  /\b(?:(?:only\s+(?:if|when|once|after)|(?:if|when|once|after)\s+(?:all|both|each|every\s+one)(?:\s+of)?(?:\s+(?:the\s+following|these|the\s+below))?)(?:\s+(?:the\s+following|these))?(?:\s+(?:is|are|conditions?|criteria|checks?|points|statements?|holds?|true|met|apply|applies|pass(?:es)?|done|confirmed|satisfied|green|ok(?:ay)?))*)\s*:\s*$/i;
const endsList = /:\s*$/;
/** "You need to restart it again and again": among conditions, a condition. */
const ofSomebody = /^\W*(?:you|we)\b/i;

/** The same with one more of the conditions that all have to hold. */
function withOneMore(statement: Statement, { sentence }: Passage): Statement {
  const { condition } = statement;
  if (!condition) return statement;
  const sign = condition.text.includes(':') ? ';' : ':';
  return {
    ...statement,
    condition: { ...condition, text: `${condition.text}${sign} ${sentence.text.replace(/[.;,\s]+$/, '')}` },
  };
}

/** An item of a list of conditions: its first sentence is one. */
function wholeCondition({ sentence }: Passage): Condition {
  const text = sentence.text.replace(/[.;,\s]+$/, '');
  const start = sentence.start;
  return { kind: 'if', text, start, end: start + text.length, sentence };
}

/** "If X, roll back. This is a resolution.": the second sentence speaks of the first one's case. */
function inherits(text: string, isOutcome: boolean, passage: Passage): boolean {
  return (isOutcome && ending.test(text)) || passage.inItem || /^then\b/i.test(text);
}

/** "If the job is blocked, it stays pending. Contact support.": nothing else was said of what to do in that case. */
function foretells({ condition, passage }: Open, place: JumpPlace | null, text: string): boolean {
  if (place !== null || condition.kind === 'else' || !/^\W*(?:please\s+)?\p{Lu}\p{Ll}+\s/u.test(text)) return false;
  const { sentence } = passage;
  return (
    condition.start - sentence.start < 40 && !isImperative(sentence.prose.plain.slice(condition.end, sentence.end))
  );
}

/** "No consumers? Proceed to Step 3.": right behind the question. */
function answersQuestion({ condition, passage }: Open, { sentence, paragraph }: Passage): boolean {
  return (
    condition.kind === 'if' &&
    passage.paragraph === paragraph &&
    /\?\W*$/.test(passage.sentence.text) &&
    sentence.start - passage.sentence.end < 3
  );
}

interface Open {
  readonly condition: Condition;
  readonly passage: Passage;
}

/** "Is it a false alarm? Close it and stop.": what leads away right behind a question holds where the answer is yes. */
function askedBefore({ sentence, paragraph }: Passage, previous: Passage | undefined): Condition | null {
  const asked = previous?.paragraph === paragraph ? previous.sentence.text.replace(/^\W+/, '') : '';
  if (!isAsked(asked)) return null;
  return { kind: 'if', text: `if so: ${asked}`, start: sentence.start, end: sentence.start, sentence };
}

/** "Is the disk full? If so, …", "Make sure it is installed. If not, …": the sentence before is the condition. */
function boundToBefore(condition: Condition, previous: Passage | undefined): Condition {
  const answered = caseBefore.get(condition.sentence.prose);
  if (answered !== undefined) return denies(bindWords(condition, answered, null).condition, answered);
  if (previous === undefined) return condition;
  return bindWords(condition, null, previous.sentence.text).condition;
}

/** "Make sure that it is up. Otherwise, go to step 4.": the check that has failed. */
function boundToCheck(
  condition: Condition,
  previous: Passage | undefined,
  { paragraph, sentence }: Passage,
): Condition {
  if (previous?.paragraph !== paragraph || previous.sentence.prose !== sentence.prose) return condition;
  const { text } = previous.sentence;
  return makesSure.test(text) ? bindWords(condition, null, text).condition : condition;
}

const makesSure =
  /^\W*(?:(?:then|now|first|next|please)[\s,]+)*(?:make\s+sure|ensure|verify|confirm|check\s+(?:if|that|whether))\s/i;

/** "Page the owner. Then go to step 5.": the guide does not end there. */
function goesOnThen(next: Passage | undefined, { paragraph, inTable }: Passage): boolean {
  return next?.paragraph === paragraph && !inTable && thenGoes.test(next.sentence.text);
}

/** "Yes" to a question that is not the step's first words says which question it answers. */
function answerOf(condition: Condition, passages: readonly Passage[], at: number): Condition {
  for (let before = at - 1; before > 0 && at - before < 20; before--) {
    const text = passages[before]?.sentence.text ?? '';
    if (/\?\W*$/.test(text)) return { ...condition, text: `${condition.text}: ${text.replace(/[?\s]+$/, '?')}` };
  }
  return condition;
}

function reasonFor(text: string): string {
  if (/\bsteps?\s+\d[\w.]*\s*,?\s*or\s+(?:to\s+)?(?:steps?\s+)?\d/i.test(text))
    return 'it leaves the choice between steps open';
  if (/\b(?:do\s+not|don['’]t|never|without|before)\b/i.test(text)) return 'it says what not to do, or not yet';
  if (/\b(?:retry|try\s+again|repeat)\b/i.test(text)) return 'it asks to repeat, but not which step and how often';
  if (/\bescalate\b/i.test(text)) return 'it speaks of escalating, but does not say that the guide ends there';
  if (/\b(?:proceed|continue|go|return|skip)\b/i.test(text)) return 'it does not name the step to go to';
  const hedged = hedgeIn(text);
  return hedged === null ? 'no step and no ending was found in it' : leftToReader(hedged);
}

function leftToReader(words: string): string {
  return `"${words}" leaves it to the reader`;
}

/** "Escalate as needed", but not "Defer it if possible, and escalate": words that leave the way itself to the reader. */
function hedgeOfWay(text: string, jump: number | null, start: number): string | null {
  const from = jump === null ? (findOutcome(text)?.start ?? 0) : jump - start;
  return hedgeIn(text.slice(Math.max(0, from))) ?? mayHaveTo.exec(text)?.[0] ?? null;
}

/** "You may have to go back to step 1 later." */
const mayHaveTo = /\b(?:you|we)\s+(?:may|might)\s+(?:(?:also|then|still|later)\s+)?(?:have|need)\s+to\b/i;
