// "Fail over only if the power stays away." and below it "To fail over:" with a list or code: that is how the option is followed, and
// nobody else follows it.
import type { Block, List, Paragraph } from '../guide/index.ts';
import { contentWords, sharedWords } from './content-words.ts';
import type { FlowBuilder, OpenStep } from './flow-builder.ts';
import { restOfImperative } from './imperative.ts';

/** How the option is followed, and the step in it that names it; `emptied`: its flow without that step. */
interface How {
  readonly words: Block;
  /** The words, when they are a list. */
  readonly list: List | null;
  readonly step: OpenStep;
  readonly inner: FlowBuilder;
  readonly emptied: () => FlowBuilder;
}

/** Null where the words lead into no option. */
export function howOfOption(flow: FlowBuilder, paragraph: Paragraph, next: Block | undefined): How | null {
  if (next?.kind !== 'list' && next?.kind !== 'code') return null;
  const deed = saysHow.exec(paragraph.prose.plain)?.[1];
  if (deed === undefined) return null;
  const words = contentWords(deed);
  const found = (flow.choice?.options ?? []).flatMap(({ flow: inner }): How[] => {
    const only = inner.parts.length === 1 ? inner.last : undefined;
    if (only?.kind !== 'step' || !isCalled(only.step.title, deed, words)) return [];
    const emptied = (): FlowBuilder => {
      inner.forget();
      return inner;
    };
    return [{ words: next, list: next.kind === 'list' ? next : null, step: only.step, inner, emptied }];
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

const saysHow =
  /^\W*(?:(?:here\s+is\s+)?how\s+to|(?:the\s+)?(?:steps|procedure|commands?)\s+(?:to|for)|(?:in\s+order\s+)?to)\s+([^,.:;?!]{3,80}?)(?:,\s+(?:please\s+)?(?:run|do|follow|use|execute|perform)\b[^.:;]{0,60})?\s*:\s*$/i;

/** The title asks for this and nothing else: "Fail over (Fiona decides)" and "fail over". */
function isCalled(title: string, deed: string, words: ReadonlySet<string>): boolean {
  const own = restOfImperative(title) ?? title;
  const verb = /^[a-z-]+/i.exec(deed)?.[0].toLowerCase();
  return (
    verb !== undefined &&
    own.toLowerCase().startsWith(verb) &&
    words.size > 0 &&
    sharedWords(words, contentWords(own)) === words.size
  );
}
