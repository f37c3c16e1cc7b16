// Reads what stands before the first heading below the title, or below the heading of a part whose steps have headings of their
// own. Most of it only introduces what follows.
import { sentencesOf, type Block, type Heading, type Sentence } from '../guide/index.ts';
import { isAnsweredItem } from './asking-items.ts';
import { contentWords, sharedWords } from './content-words.ts';
import { stepsIn } from './count-parts.ts';
import { isCauseList } from './finding-items.ts';
import { FlowBuilder } from './flow-builder.ts';
import { headingStep } from './heading-step.ts';
import { bareTitle, isStepTitle } from './headings.ts';
import { isImperative, isWeak } from './imperative.ts';
import { isIndex } from './index-list.ts';
import { forLabel, hasOptions, type FlowAbout } from './list-kind.ts';
import { opensWithDeed } from './opens-with-deed.ts';
import { hasAction } from './read-actions.ts';
import { readFlow } from './read-flow.ts';
import { readJump } from './read-jump.ts';
import { namesCommand } from './read-plain.ts';

/**
 * Reads lists of steps and things to run; `alone`, when no section gave a step, all that is to be done; `part`, the heading of a part
 * of the guide, also what is done when something holds, and what the heading itself asks for.
 */
export function readLead(
  into: FlowBuilder,
  blocks: readonly Block[],
  about: FlowAbout,
  { alone = false, part: heading = null }: { readonly alone?: boolean; readonly part?: Heading | null },
): void {
  const isPart = heading !== null;
  const part = new FlowBuilder();
  readFlow(part, blocks, 'sequence', about);
  const steps = part.parts.reduce((sum, one) => sum + stepsIn(one), 0);
  const runs =
    blocks.some((block) => hasAction(block) || asksForCommand(block)) ||
    part.parts.some(({ kind }) => kind === 'chart');
  const listed = blocks.some(
    (block) => block.kind === 'list' && (block.ordered || opensWithDeed(block)) && !about.isOverview(block),
  );
  const tabled =
    (blocks.some(({ kind }) => kind === 'table') || blocks.filter((block) => forLabel(block) !== null).length > 1) &&
    part.parts.some((one) => one.kind === 'choice' && one.options.length > 1);
  const prepares = part.parts.some((one) => one.kind === 'step' && opensWork.test(one.step.title));
  const several = part.parts.some((one) => one.kind === 'choice' && one.options.length > 1);
  const decides =
    (isPart || part.parts[0]?.kind === 'step' || several) && part.parts.some(({ kind }) => kind === 'choice');
  const isOwn = alone ? steps > 0 : steps > 0 && (runs || prepares || (listed && steps > 1));
  const chooses =
    part.parts.some(({ kind }) => kind === 'choice') &&
    blocks.some((block, at) => {
      const lead = blocks[at - 1];
      if (block.kind !== 'list' || block.items.length < 2) return false;
      return hasOptions(block, about) || isCauseList(block, lead?.kind === 'paragraph' ? lead.prose : null);
    });
  const leadsAway = blocks.some((block) => block.kind === 'list' && isIndex(block, about));
  const answered = steps > 0 && blocks.some((block) => block.kind === 'list' && block.items.some(isAnsweredItem));
  const sends =
    part.parts.some((one) => one.kind === 'step' && looks.test(one.step.title)) &&
    blocks.some((block) => block.kind === 'paragraph' && sentencesOf(block.prose).some(sendsInCase(about)));
  if (tabled || isOwn || chooses || decides || leadsAway || answered || sends) into.append(part);
  else if (heading && saysAgain(heading, part)) {
    headingStep(into, heading, 0);
    readFlow(into, blocks, 'step', about);
  }
}

/** "### Review the output" and "Review the output of the job. Look for …": the words below say again what the heading asks for. */
function saysAgain(heading: Heading, { parts }: FlowBuilder): boolean {
  if (heading.number !== null || !isStepTitle(heading)) return false;
  const title = contentWords(bareTitle(heading));
  return (
    title.size > 1 &&
    parts.some(
      (one) =>
        one.kind === 'step' &&
        firstWord(one.step.title) === firstWord(heading.title) &&
        sharedWords(title, contentWords(one.step.title)) * 2 > title.size,
    )
  );
}

function firstWord(words: string): string | undefined {
  return /\w+/.exec(words)?.[0].toLowerCase();
}

/** "Look at the disk. If it is full, go to [Cleaning up](#cleaning-up)." above the sections: what is looked at decides where one goes. */
const looks =
  /^\W*(?:(?:first|please|then)\W+)*(?:check|look|inspect|examine|review|verify|observe|confirm|determine|identify|find\s+out)\b/i;

function sendsInCase({ isName }: FlowAbout): (sentence: Sentence) => boolean {
  return (sentence) => opensIf.test(sentence.text) && readJump(sentence, isName) !== null;
}

const opensIf = /^\W*(?:if|when|unless)\b/i;

/** "Make sure that you use the right cluster", before all else. */
const opensWork =
  /^\W*(?:please\s+)?(?:(?:make\s+sure|ensure|verify|confirm|check)\s|(?:start|begin)\s+(?:by|with)\s)/i;

/** "Drain the node with `kubectl drain NODE`." */
function asksForCommand(block: Block): boolean {
  return (
    block.kind === 'paragraph' &&
    sentencesOf(block.prose).some(
      (sentence) => isImperative(sentence.text) && !isWeak(sentence.text) && namesCommand(sentence),
    )
  );
}
