// Short notes that an editor can show inside the text: what a code block may do, and what the step is called that a number leads to.
import type { NodeId } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { flatGuide } from './flat-guide.ts';
import { occurrencesOf } from './occurrences.ts';

export interface InlineNote {
  readonly kind: 'effect' | 'target';
  /** The note stands right after this place. */
  readonly offset: number;
  readonly text: string;
  readonly node: NodeId;
}

const longest = 40;

/** Notes in the order of the text. */
export function inlineNotes(analysis: Analysis): readonly InlineNote[] {
  return [...effects(analysis), ...targets(analysis)].sort((a, b) => a.offset - b.offset);
}

/** After the line that opens a code block. */
function effects({ guide, plan }: Analysis): InlineNote[] {
  const words = { read: 'only reads', write: 'changes something', unknown: 'may change something' } as const;
  const starts = new Map(flatGuide(guide).codes.map(({ contentSpan, span }) => [contentSpan.start, span.start]));
  return plan.nodes.flatMap(({ id, actions }) =>
    actions.flatMap(({ source, effect }): InlineNote[] => {
      const start = starts.get(source.span.start);
      if (start === undefined) return [];
      const { end } = guide.lines.lineSpan(guide.lines.positionAt(start).line);
      return [{ kind: 'effect', offset: end, text: words[effect], node: id }];
    }),
  );
}

/** After "Step 4" in a sentence. */
function targets(analysis: Analysis): InlineNote[] {
  const titles = new Map(analysis.plan.nodes.map(({ id, title }) => [id, title]));
  return occurrencesOf(analysis).all.flatMap(({ symbol, role, form, span }): InlineNote[] => {
    const title = symbol.kind === 'step' ? titles.get(symbol.node) : undefined;
    if (symbol.kind !== 'step' || role !== 'mention' || form !== 'number' || !title) return [];
    const text = title.length > longest ? `${title.slice(0, longest - 1)}…` : title;
    return [{ kind: 'target', offset: span.end, text, node: symbol.node }];
  });
}
