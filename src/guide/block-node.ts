// Blocks of markdown as the parser finds them: what they are and where, their words not yet read.
import type { Span } from '../base/index.ts';

/** A block; offsets count from the beginning of the text that was parsed. */
export type BlockNode =
  | (Span & { readonly type: 'paragraph' | 'rule' | 'html' | 'plugin' | 'mark' })
  | HeadingNode
  | CodeNode
  | QuoteNode
  | ListNode
  | BoxNode;

/** A heading with number signs; `words` is null when it has none. */
export interface HeadingNode extends Span {
  readonly type: 'heading';
  readonly level: number;
  readonly words: Span | null;
}

/** A fence or indented lines; `value` is the code without the indentation that the blocks around it take away. */
export interface CodeNode extends Span {
  readonly type: 'code';
  readonly value: string;
}

export interface QuoteNode extends Span {
  readonly type: 'quote';
  readonly children: readonly BlockNode[];
}

/** `first` is the number of the first item; 1 in a list without numbers. */
export interface ListNode extends Span {
  readonly type: 'list';
  readonly ordered: boolean;
  readonly first: number;
  readonly items: readonly ItemNode[];
}

export interface ItemNode extends Span {
  readonly children: readonly BlockNode[];
}

/** `!!! note "Title"`, `=== "Linux"`, `[^1]:` and what is indented below; `head` is that line, or the mark of the footnote. */
export interface BoxNode extends Span {
  readonly type: 'box';
  readonly head: Span;
  readonly children: readonly BlockNode[];
}
