// Reads the blocks of a section, item or option as a flow: steps, conditions with something to do of their own, and what only explains.
// `sequence`: every paragraph or item that asks for something is a step. `step`: the blocks belong to one step, without its conditions.
import { sentencesOf, type Block, type Item, type List, type Paragraph, type Prose } from '../guide/index.ts';
import { anaphora } from './antecedent.ts';
import { isAnsweredAtOnce } from './asked.ts';
import { askingSentence } from './asks-for-work.ts';
import { doBeforeChoice } from './do-before-choice.ts';
import { asksPlain, asksToLook, isAnsweredItem } from './asking-items.ts';
import { codeStep } from './code-step.ts';
import { cutParagraph, decidesAway, leadsOn, sendsCase, type IfPiece, type Piece } from './cut-paragraph.ts';
import { causeCase, findingCase, isCauseList, statedCase } from './finding-items.ts';
import { FlowBuilder, paragraphOf, titleOf, unnumbered } from './flow-builder.ts';
import { withHow } from './how-in-list.ts';
import { howOfOption } from './how-of-option.ts';
import { headOfCase } from './follow-up.ts';
import { beginsWithVerb, isImperative, isMotion } from './imperative.ts';
import { indexStep, isIndex } from './index-list.ts';
import {
  asItem,
  carriesOut,
  continued,
  continuing,
  itemList,
  numberWithin,
  outerItem,
  ownerOf,
  standForHeading,
} from './item-list.ts';
import { arrowLines, linesToDo } from './lines-to-do.ts';
import {
  askedAnew,
  leadsIntoList,
  beginWithItem,
  deepest,
  isInstead,
  leaveNone,
  keepNumber,
  openOption,
  openWithItem,
  placeBeside,
  placeOfBeside,
  repeatsTitle,
  tellsOfBefore,
} from './open-option.ts';
import {
  asksEach,
  decidesBelow,
  example,
  forCase,
  hasOptions,
  isActionList,
  isChecklist,
  ifCase,
  isCaseList,
  isHeadingOf,
  isProcedure,
  isQuotedCase,
  leads,
  namesSections,
  opensWithCondition,
  opensWithIf,
  troubleCase,
  untilOneWorks,
  type FlowAbout,
} from './list-kind.ts';
import { leavingCase } from './leaving-case.ts';
import { actionLanguage, isCommandAlone, showsOutput } from './read-actions.ts';
import { readChart } from './read-chart.ts';
import { readEach } from './read-rounds.ts';
import { countsItems, isChoiceList, offersTabs, readCases } from './read-cases.ts';
import { readForCases } from './read-for-cases.ts';
import { asFurther, optionParagraphs, optionRuns, readOptions } from './option-items.ts';
import { readPlain, type Mode } from './read-plain.ts';
import { mayBeProblem, readProblems } from './read-problems.ts';
import { readResultCases } from './read-result-cases.ts';
import { readShown } from './read-shown.ts';
import { readTable } from './read-table.ts';
import { readAnswer, readQuestion, readWordedAnswer } from './read-worded-answer.ts';
import { closesList, endNote, meetBehind } from './meet-behind.ts';

export function readFlow(flow: FlowBuilder, blocks: readonly Block[], mode: Mode, about: FlowAbout, depth = 0): void {
  let last = 0;
  const numbered = continued(blocks);
  const lastPlaces = new Map(numbered.map((number, place) => [number, place]));
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    if (!block || (block.kind === 'quote' && block.footnote)) continue;
    const isMet = meetBehind(flow, block);
    if (last > 0 && numbered[at] === last + 1 && block.kind === 'paragraph') {
      let to = at + 1;
      while (to < blocks.length && numbered[to] === 0) to++;
      const { list, item } = continuing(block, blocks.slice(at + 1, to), ++last);
      readItem(flow, list, item, String(last), about.groups.count, about, depth);
      at = to - 1;
      continue;
    }
    const isBetween = last > 0 && (lastPlaces.get(last + 1) ?? -1) > at;
    const rest = blocks.slice(at + 1, at + 3);
    const readInner = (inner: FlowBuilder, inside: readonly Block[], how: Mode = 'sequence'): void => {
      readFlow(inner, inside, how, about, depth + 1);
    };
    const told = depth < deepest && mayBeProblem(block) ? readProblems(flow, blocks, at, mode, readInner) : null;
    if (told !== null) {
      at = told;
      continue;
    }
    switch (block.kind) {
      case 'paragraph': {
        const arrows = arrowLines(block);
        if (arrows) {
          last = readList(flow, arrows, mode, about, depth, false, blocks[at - 1]) ?? last;
          continue;
        }
        const options = depth < deepest ? optionParagraphs(blocks, at) : null;
        if (options) {
          readOptions(flow, [options], null, about.isName, readInner);
          at += options.count - 1;
          continue;
        }
        const lines = mode === 'sequence' && !isBetween ? linesToDo(block.prose) : null;
        if (lines) {
          const inner = [...lines, ...blocks.slice(at + 1)];
          readFlow(flow, inner, mode, about, depth);
          return;
        }
        const results = depth < deepest ? readResultCases(flow, blocks, at, about, readInner) : at;
        const taken = results === at && depth < deepest ? readForCases(flow, blocks, at, mode, readInner) : results;
        if (taken > at) {
          at = taken;
          continue;
        }
        const how = depth < deepest ? howOfOption(flow, block, rest[0]) : null;
        if (how) {
          const { list } = how;
          if (!list || !isProcedure(list, about, block.prose)) how.step.blocks.push(block, how.words);
          else readInner(how.emptied(), [list]);
          at = list ? readResultCases(how.inner, blocks, at + 2, about, readInner, at + 1) : at + 1;
          continue;
        }
        const shown = depth < deepest ? readShown(flow, blocks, at, about.isName, readInner) : at;
        if (shown > at) {
          at = shown;
          continue;
        }
        const goesOn = rest[0]?.kind === 'list' && rest[0].ordered && rest[0].start > 1;
        const mayLead = leads(rest[0]) && !(goesOn && !block.prose.plain.endsWith(':'));
        const followed = mayLead && !(rest[0]?.kind === 'code' && showsOutput(block));
        const cut = statedCase(block.prose) ?? cutParagraph(block.prose, { inItem: false, isName: about.isName, followed }); // prettier-ignore
        const pieces = withHow(cut, rest[0]);
        if (readPieces(flow, block, pieces, blocks, at, isBetween || isMet ? 'step' : mode, about, depth)) return;
        if (leadsIntoList(pieces, rest[0])) at++;
        continue;
      }
      case 'list': {
        const runs = depth < deepest ? optionRuns(block) : null;
        if (runs) {
          readOptions(
            flow,
            runs,
            mode === 'sequence' ? about.groups : null,
            about.isName,
            readInner,
            (list, isFirst) => {
              if (isFirst) readList(flow, list, mode, about, depth, false, blocks[at - 1]);
              else readList(flow, asFurther(list, mode), 'sequence', about, depth, true, undefined);
            },
          );
          continue;
        }
        const goesOn = block.ordered && last > 0 && block.start === last + 1;
        last = readList(flow, block, mode, about, depth, goesOn, blocks[at - 1]) ?? last;
        if (flow.last?.kind === 'choice' && closesList(block, rest[0])) flow.last.meets = 'below-list';
        continue;
      }
      case 'quote':
        if (block.note && flow.current && depth < deepest) {
          readFlow(flow, block.blocks, mode, about, depth + 1);
          endNote(flow);
          continue;
        }
        if (flow.current && depth < deepest && isQuotedCase(block, rest[0], mode === 'sequence')) {
          readFlow(flow, block.blocks, 'step', about, depth + 1);
          continue;
        }
        break;
      case 'table':
        if (readTable(flow, block, about, (inner, lines) => readFlow(inner, lines, 'sequence', about, depth + 1)))
          continue;
        break;
      case 'code':
      case 'plugin':
        if (block.kind === 'code' && readChart(flow, block, about.isName)) continue;
        if (!flow.current && (mode === 'sequence' || flow.last?.kind === 'chart') && actionLanguage(block) !== null) {
          flow.addStep(codeStep(blocks, at, block, mode === 'sequence'));
          continue;
        }
        // What cannot be run may still be what a choice at the beginning is made by.
        if (!flow.current && mode === 'sequence') flow.explain(block);
        break;
      default:
        break;
    }
    flow.current?.blocks.push(block);
  }
}

/** Reads one paragraph's pieces; true when they took all blocks behind them too. */
function readPieces(
  flow: FlowBuilder,
  block: Paragraph,
  pieces: readonly Piece[],
  blocks: readonly Block[],
  at: number,
  mode: Mode,
  about: FlowAbout,
  depth: number,
): boolean {
  const after = blocks[at + 1];
  const head = depth < deepest ? headOfCase(pieces, blocks.slice(at + 1, at + 5)) : -1;
  for (const [index, piece] of pieces.entries()) {
    const isLast = index === pieces.length - 1;
    if (piece.kind === 'plain' && piece.isCase) {
      flow.giveToDecider(asItem(paragraphOf(piece.prose)));
      continue;
    }
    if (piece.kind === 'plain') {
      if (mode === 'sequence' && index === 0 && isAnsweredAtOnce(sentencesOf(block.prose))) {
        flow.ask(piece.prose, [paragraphOf(piece.prose)], block.span.start);
        continue;
      }
      if (askedAnew(flow, piece, pieces[index + 1])) continue;
      readPlain(
        flow,
        pieces.length === 1 ? block : paragraphOf(piece.prose),
        piece,
        isLast ? after : undefined,
        mode,
        about,
      );
      continue;
    }
    if ((mode === 'step' && repeatsTitle(flow, piece)) || isInstead(flow, piece)) {
      flow.current?.blocks.push(paragraphOf(piece.whole));
      continue;
    }
    if (piece.gates) {
      const rest = blocks.slice(at + 1);
      if (isLast && rest.length === 0) {
        flow.gate = { condition: piece.condition, words: piece.condition.text, whole: piece.whole };
        continue;
      }
      const gated = new FlowBuilder(flow.depth + 1);
      if (isLast && depth < deepest) readFlow(gated, rest, 'sequence', about, depth + 1);
      if (!gated.isEmpty) {
        openOption(flow, piece).append(gated);
        return true;
      }
      flow.current?.blocks.push(paragraphOf(piece.whole));
      continue;
    }
    const inner = openOption(flow, piece);
    const takesRest = piece.leadsIn && after?.kind === 'paragraph' && depth < deepest;
    const followers = !isLast ? [] : takesRest ? blocks.slice(at + 1) : blocks.slice(at + 1, at + 2);
    if (fillOption(inner, piece, followers, mode, about, depth)) return true;
    if (index === head) {
      const below = after && leadsIntoList(pieces, after) ? [after] : [];
      readRest(inner, pieces.slice(index + 1), below, about, depth);
      return false;
    }
  }
  return false;
}

/** Puts what is to be done into an option; true when it took all of `followers`. */
function fillOption(
  inner: FlowBuilder,
  piece: IfPiece,
  followers: readonly Block[],
  mode: Mode,
  about: FlowAbout,
  depth: number,
): boolean {
  const next = followers[0];
  const start = piece.whole.span.start;
  if (piece.leadsIn && next?.kind === 'list' && !isChoiceList(next, piece.whole) && isProcedure(next, about, null)) {
    inner.open(piece.condition.text, sentencesOf(piece.whole)[0]?.span ?? piece.whole.span);
    readList(inner, next, 'sequence', about, depth + 1, false, undefined);
    doBeforeChoice(inner, piece.prose);
    return false;
  }
  const own = piece.acts ? titleOf(piece.prose, askingSentence(piece.prose)) : null;
  const title = own ?? {
    title: piece.condition.text,
    titleSpan: sentencesOf(piece.whole)[0]?.span ?? piece.whole.span,
  };
  if (piece.leadsIn && !piece.acts && next?.kind === 'paragraph' && mode === 'sequence' && depth < deepest) {
    readFlow(inner, followers, mode, about, depth + 1);
    if (!inner.isEmpty) return true;
  }
  const words = piece.prose.plain.trim() === '' ? [] : [paragraphOf(piece.prose)];
  const choice = next?.kind === 'list' && piece.leadsIn && isChoiceList(next, piece.whole) ? next : null;
  const below = next?.kind === 'list' && piece.leadsIn && !choice ? next : null;
  const decides = below !== null && !piece.acts && depth < deepest && hasOptions(below, about);
  const blocks: Block[] = below && !decides ? [...words, below] : words;
  inner.addStep({ ...unnumbered, ...title, blocks, start });
  if (choice) readList(inner, choice, 'sequence', about, depth + 1, false, paragraphOf(piece.whole));
  else if (decides) readList(inner, below, 'step', about, depth + 1, false, undefined);
  return false;
}

/** Reads a list; the number of its last item when its items are steps. */
function readList(
  flow: FlowBuilder,
  list: List,
  mode: Mode,
  about: FlowAbout,
  depth: number,
  goesOn: boolean,
  above: Block | undefined,
): number | null {
  const lead = above?.kind === 'paragraph' ? above.prose : null;
  const until = lead && untilOneWorks(lead);
  const mayOffer = !list.tabs && !until && (flow.last?.kind === 'step' || (lead !== null && countsItems(list, lead)));
  const offers = mayOffer && isChoiceList(list, lead);
  const chooses = list.tabs ? offersTabs(list) : offers || (mode === 'sequence' && !until && isCaseList(list, lead));
  if (depth > deepest || (list.tabs && !chooses) || namesSections(list, about)) {
    flow.current?.blocks.push(list);
    return null;
  }
  if (chooses) {
    readCases(flow, list, offers, about.isName, (inner, own) => readFlow(inner, own, 'sequence', about, depth + 1));
    return null;
  }
  const parent = mode === 'step' ? ownerOf(flow, list, about) : null;
  const within = mode === 'step' && lead === null && outerItem(flow) !== null && isActionList(list);
  const ofCauses = isCauseList(list, lead);
  const asSteps =
    !ofCauses && (goesOn || within || parent !== null || (mode === 'sequence' && isProcedure(list, about, lead)));
  if (!asSteps && !ofCauses && (!hasOptions(list, about) || (lead !== null && example.test(lead.plain)))) {
    if (flow.current) flow.current.blocks.push(list);
    else if (flow.isEmpty && isIndex(list, about)) flow.addStep(indexStep(list, above));
    // "If it stays red, page the owner." among items that ask for nothing: the step before decides it.
    else if (list.items.some(({ blocks: [one] }) => one?.kind === 'paragraph' && decidesAway(one.prose, about.isName)))
      flow.giveToDecider(list);
    return null;
  }
  if (asSteps && !goesOn && list.ordered && parent === null) about.groups.count++;
  if (parent) standForHeading(flow, parent);
  const group = parent?.group ?? (list.ordered ? about.groups.count : 0);
  const rising = list.items.every((item, i) => i === 0 || (item.number ?? 0) > (list.items[i - 1]?.number ?? 0));
  const each = asSteps && (asksEach(list, lead) || isChecklist(list));
  let number = 0;
  const from = flow.parts.length;
  const tried = asSteps ? until : null;
  let into = flow;
  list.items.forEach((item, index) => {
    number = rising ? (item.number ?? list.start + index) : list.start + index;
    const own = list.ordered ? numberWithin(parent?.number ?? '', list, number) : '';
    const isOwn = flow.last?.kind === 'choice' ? index > 0 && asksPlain(item) : false;
    const decides = flow.decider?.kind === 'item' && decidesBelow(list, index, about);
    const isStep = asSteps || (mode === 'step' && !ofCauses && (isOwn || decides));
    const how = ofCauses ? 'cause' : each ? 'step' : undefined;
    if (tried && index > 0 && !into.isEmpty && into.depth < deepest) into = into.addOption(tried, tried.text, true);
    if (tried && into.isEmpty) openWithItem(into, item, own, group);
    // "6. If it is smaller, it can be deleted. 7. Delete it with …"
    const under = asSteps && carriesOut(item, list.items[index - 1]) ? into.choice?.options.at(-1)?.flow : undefined;
    readItem(under ?? into, list, item, isStep ? (asSteps ? own : '') : null, group, about, depth, how);
    if (tried) beginWithItem(into);
    if (under?.last?.kind === 'step' && own !== '') under.last.step.keepsNumber = true;
    const [made] = into.parts;
    if (own !== '' && into !== flow && made?.kind === 'step') made.step.keepsNumber = true;
  });
  const areAll = leaveNone(flow.choice?.options ?? []);
  flow.closeChoice(!ofCauses && list.items.length > 1 && areAll);
  const last = lead ? sentencesOf(lead).at(-1) : undefined;
  if (last && readEach(last)) flow.repeatFor(last, from);
  return asSteps && list.ordered && parent === null ? number : null;
}

/** `number` is null in a list whose items are not steps, empty for one without a number; `how`: every item is a step, or a case. */
function readItem(
  flow: FlowBuilder,
  list: List,
  item: Item,
  number: string | null,
  group: number,
  about: FlowAbout,
  depth: number,
  how?: 'step' | 'cause',
): void {
  const [first, ...rest] = item.blocks;
  if (first?.kind !== 'paragraph') {
    if (number !== null && number !== '') {
      const titleSpan = { start: item.span.start, end: Math.min(item.span.end, item.span.start + 1) };
      flow.addStep({
        number,
        kind: 'item',
        group,
        title: '',
        titleSpan,
        blocks: [...item.blocks],
        start: item.span.start,
      });
    } else flow.current?.blocks.push(...item.blocks);
    return;
  }
  const readBelow = (inner: FlowBuilder, own: readonly Block[]): void => {
    readFlow(inner, own, 'sequence', about, depth + 1);
  };
  if ((depth < deepest && readAnswer(flow, item, readBelow)) || readAnswered(flow, item, number, group, about, depth))
    return;
  if ((number === null || number === '') && depth < deepest && readQuestion(flow, item, readBelow)) return;
  if ((number === null || number === '') && isAnsweredAtOnce(sentencesOf(first.prose))) {
    const [asked, ...answers] = cutParagraph(first.prose, {
      inItem: true,
      isName: about.isName,
      followed: leads(rest[0]),
    });
    if (asked?.kind === 'plain') {
      const blocks = [answers.length === 0 ? first : paragraphOf(asked.prose)];
      flow.ask(asked.prose, blocks, item.span.start);
      readRest(flow, answers, rest, about, depth);
      flow.closeChoice(false);
      return;
    }
  }
  const cut = cutParagraph(first.prose, { inItem: true, isName: about.isName, followed: leads(rest[0]) });
  const pieces =
    forCase(first.prose, list) ??
    (how === 'cause' ? causeCase(first.prose) : null) ??
    troubleCase(first.prose, list) ??
    (list.ordered || cut.length > 1 ? null : leavingCase(first.prose, about.isName)) ??
    (how === 'cause' ? null : findingCase(first.prose)) ??
    (cut[0]?.kind === 'plain'
      ? (ifCase(first.prose, list, about) ?? (list.ordered ? null : statedCase(first.prose)) ?? cut)
      : cut);
  const own = tellsOfBefore(flow, pieces) ? pieces.slice(1) : pieces;
  if (own !== pieces && pieces[0]) flow.current?.blocks.push(paragraphOf(pieces[0].prose));
  const [head, ...others] = own;
  if (head?.kind === 'if') {
    const inner = openOption(flow, head, number !== null && number !== '', !list.ordered);
    const below = others.length === 0 ? placeBeside(head, rest, about.isName) : rest.length;
    const followers = others.length === 0 ? rest.slice(0, below) : [];
    fillOption(inner, head, followers, 'step', about, depth);
    if (number !== null && number !== '' && (flow.depth === 0 || own === pieces)) keepNumber(inner, number, group);
    const taken = head.leadsIn && followers[0]?.kind === 'list' ? 1 : 0;
    const beside = placeOfBeside(head, others, inner, about.isName);
    if (beside > 0 && beside < others.length) readRest(inner, others.slice(0, beside), [], about, depth);
    const further = beside < others.length ? others.slice(beside) : others;
    readRest(beside < others.length ? flow : inner, further, rest.slice(taken, below), about, depth);
    return readFlow(flow, rest.slice(below), 'step', about, depth + 1);
  }
  // "3. Otherwise close the alert." behind items with conditions is their other side, too.
  const isElse = flow.choice !== null && /^\W*(?:otherwise|else)\b/i.test(first.prose.plain);
  const asks = head?.asks ?? null;
  const sends = number === null && sendsCase(first.prose, about.isName);
  const leadsAway =
    sends || decidesAway(first.prose, about.isName) || (how === 'cause' && leadsOn(first.prose, about.isName));
  if ((!number || !list.ordered || isElse) && flow.last?.kind === 'choice' && leadsAway) {
    if (anaphora(first.prose.plain)) flow.innermost.current?.blocks.push(itemList(list, item));
    else flow.giveToDecider(itemList(list, item));
    return;
  }
  if (head && flow.choice && number === '' && /^(?:or|alternatively)\b/i.test(head.prose.plain)) {
    flow.current?.blocks.push(first, ...rest);
    return;
  }
  const asked = beginsWithVerb(first.prose.plain) && !isMotion(first.prose.plain);
  const begins = how === 'step' || asked || isCommandAlone(first.prose);
  if (number === null || (number === '' && !asks && !begins && !asksToLook(item))) {
    const isWhole = pieces.length === 1 && rest.length === 0;
    if (flow.last?.kind === 'choice' && /\?\W*$/.test(first.prose.plain)) {
      flow.giveToDecider(itemList(list, item));
      return;
    }
    const words = isWhole || !head ? itemList(list, item) : itemList(list, item, [paragraphOf(head.prose)]);
    if (flow.current) flow.current.blocks.push(words);
    else if (leadsOn(first.prose, about.isName)) flow.giveToDecider(words);
    if (!isWhole) readRest(flow, others, rest, about, depth);
    return;
  }
  const [nested] = rest;
  if (nested?.kind === 'list' && pieces.length === 1 && isHeadingOf(first.prose, nested, about)) {
    readNested(flow, first.prose, nested, rest.slice(1), number, group, about, depth);
    return;
  }
  const blocks: Block[] = [pieces.length === 1 ? first : paragraphOf(head?.prose ?? first.prose)];
  const prose = head?.prose ?? first.prose;
  const title = number === '' ? titleOf(prose, asks) : titleOf(prose, null);
  flow.addStep({ number: number || null, kind: 'item', group, ...title, blocks, start: item.span.start });
  // "2. Depending on the error:" and a list of them.
  if (others.length === 0 && nested?.kind === 'list' && isCauseList(nested, prose)) {
    readList(flow, nested, 'step', about, depth + 1, false, first);
    return readFlow(flow, rest.slice(1), 'step', about, depth + 1);
  }
  readRest(flow, others, rest, about, depth);
}

/** "Is it down?" with its answers below it: the question is a step, whatever stands around it. */
function readAnswered(
  flow: FlowBuilder,
  item: Item,
  number: string | null,
  group: number,
  about: FlowAbout,
  depth: number,
): boolean {
  const [first, answers, ...rest] = item.blocks;
  if (first?.kind !== 'paragraph' || answers?.kind !== 'list' || depth >= deepest || !isAnsweredItem(item))
    return false;
  if (number === null && flow.decider !== null) return false;
  const title = titleOf(first.prose, null);
  const place = number === null || number === '' ? unnumbered : ({ number, kind: 'item', group } as const);
  flow.closeChoice(false);
  flow.addStep({ ...place, ...title, blocks: [first], start: item.span.start });
  for (const answer of answers.items)
    if (!readWordedAnswer(flow, answer, about)) readItem(flow, answers, answer, null, group, about, depth + 1);
  const away = answers.items.filter(
    ({ blocks: [one] }) => one?.kind === 'paragraph' && leadsOn(one.prose, about.isName),
  );
  flow.closeChoice((flow.choice?.options.length ?? 0) + away.length >= answers.items.length);
  readFlow(flow, rest, 'step', about, depth + 1);
  return true;
}

/** Reads the list under an item that only names it; a name that is a case and opens with its condition is an option. */
function readNested(
  flow: FlowBuilder,
  label: Prose,
  nested: List,
  rest: readonly Block[],
  number: string,
  group: number,
  about: FlowAbout,
  depth: number,
): void {
  const inner = new FlowBuilder();
  inner.name(label.plain.replace(/[:.\s]+$/, ''));
  inner.open(label.plain, label.span, number === '' ? undefined : { number, group });
  const isCase = flow.decider !== null && !isImperative(label.plain) && opensWithIf(nested, about);
  // Below an item without a number "return to step 3" means the third of these.
  const isAlone = number === '' && nested.ordered;
  const own = isAlone ? ++about.groups.count : group;
  nested.items.forEach((item, index) => {
    const place = isAlone ? String(item.number ?? nested.start + index) : '';
    const inside = number === '' ? place : numberWithin(number, nested, index + 1);
    const first = inner.parts[0];
    const target =
      isCase && index > 0 && first?.kind === 'choice' && !opensWithCondition(item.blocks[0])
        ? (first.options[0]?.flow ?? inner)
        : inner;
    readItem(target, nested, item, inside, own, about, depth + 1);
  });
  readFlow(inner, rest, 'step', about, depth + 1);
  const [first] = inner.parts;
  const before = flow.choice;
  if (isCase && first?.kind === 'choice' && before) {
    before.options.push(...first.options);
    before.exhaustive = true;
    for (const block of inner.deferred) flow.giveToDecider(block);
    flow.parts.push(...inner.parts.slice(1));
    return;
  }
  const [sentence] = sentencesOf(label);
  if (sentence && readEach(sentence)) inner.repeatFor(sentence, 0);
  // A numbered item makes its choice itself: "2. Fix it:" is no case of what item 1 has decided.
  if (number !== '') inner.beginWithStep();
  flow.append(inner);
}

function readRest(
  flow: FlowBuilder,
  pieces: readonly Piece[],
  blocks: readonly Block[],
  about: FlowAbout,
  depth: number,
): void {
  for (const [index, piece] of pieces.entries()) {
    const isLast = index === pieces.length - 1;
    if (piece.kind === 'plain' && piece.isCase) {
      flow.giveToDecider(asItem(paragraphOf(piece.prose)));
    } else if (piece.kind === 'plain') {
      if (!askedAnew(flow, piece, pieces[index + 1]))
        readPlain(flow, paragraphOf(piece.prose), piece, isLast ? blocks[0] : undefined, 'step', about);
    } else if (repeatsTitle(flow, piece) || isInstead(flow, piece)) {
      flow.current?.blocks.push(paragraphOf(piece.whole));
    } else {
      const inner = openOption(flow, piece);
      const taken = fillOption(inner, piece, isLast ? blocks : [], 'step', about, depth);
      if (taken) return;
      if (isLast && piece.leadsIn && blocks[0]?.kind === 'list')
        return readFlow(flow, blocks.slice(1), 'step', about, depth + 1);
    }
  }
  readFlow(flow, blocks, 'step', about, depth + 1);
}
