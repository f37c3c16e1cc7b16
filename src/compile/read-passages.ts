// Walks a step's blocks once, in the order of the text: its actions, and its sentences with what stands around them.
import { Memory } from '../base/index.ts';
import { sentencesOf, type Block, type Guide, type Prose } from '../guide/index.ts';
import type { Action } from '../plan/index.ts';
import type { Passage, Step } from './draft.ts';
import type { Naming } from './naming.ts';
import { actionLanguage, actionOf, showsOutput } from './read-actions.ts';

/** A step's actions and sentences. */
export interface StepText {
  readonly actions: readonly Action[];
  readonly passages: readonly Passage[];
  /** Prose in one paragraph, for people. */
  readonly description: string;
}

const known = new Memory<Step, { readonly naming: Naming; readonly text: StepText }>();

/** Reads the blocks of a step: once, while the guide says the same of names. */
export function readPassages(guide: Guide, step: Step, naming: Naming): StepText {
  let found = known.get(step);
  if (found?.naming !== naming) known.set(step, (found = { naming, text: readText(guide, step, naming) }));
  return found.text;
}

function readText(guide: Guide, step: Step, naming: Naming): StepText {
  const actions: Action[] = [];
  const passages: Passage[] = [];
  const words: string[] = [];
  let paragraph = 0;

  const readWords = (prose: Prose, inItem: boolean, next: Block | undefined, inTable = false): void => {
    paragraph++;
    const text = prose.plain.trim();
    if (text !== '') words.push(text);
    const sentences = sentencesOf(prose);
    sentences.forEach((sentence, index) => {
      const last = index === sentences.length - 1;
      passages.push({
        sentence,
        paragraph,
        inItem,
        ...(inTable && { inTable }),
        ...(step.passes && { passes: true }),
        leadsToAction: last && next !== undefined && actionLanguage(next) !== null,
        lastAction: actions.at(-1) ?? null,
      });
    });
  };

  const read = (blocks: readonly Block[], inItem: boolean): void => {
    blocks.forEach((block, index) => {
      switch (block.kind) {
        case 'paragraph':
          readWords(block.prose, inItem, showsOutput(block) ? undefined : blocks[index + 1]);
          return;
        case 'list':
          for (const item of block.items) read(item.blocks, true);
          return;
        case 'quote':
          read(block.blocks, inItem);
          return;
        case 'table':
          for (const row of block.rows) for (const cell of row) readWords(cell, true, undefined, true);
          return;
        case 'code':
        case 'plugin': {
          const language = actionLanguage(block);
          if (language === null || showsOutput(blocks[index - 1])) return;
          actions.push(actionOf(guide, block, language, `${step.id}.${String(actions.length + 1)}`, naming));
          return;
        }
        case 'html':
        case 'comment':
          return;
      }
    });
  };
  read(step.blocks, step.kind === 'item');
  return { actions, passages, description: words.join(' ').replace(/\s+/g, ' ') };
}
