// The guide value: what a markdown text is once read. A tree of sections that hold blocks, every piece with the span
// it came from. It knows structure and prose, not steps or edges: what the words mean is the compile room's concern.
import type { LineIndex, Span } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';

/** One troubleshooting document, read. Any text gives one. */
export interface Guide {
  readonly text: string;
  readonly lines: LineIndex;
  /** From front matter, else the first heading of level 1, else null. */
  readonly title: string | null;
  readonly frontMatter: FrontMatter;
  /** The whole guide as a section without heading; its `blocks` stand before the first heading. */
  readonly root: Section;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What stands between the two `---` lines at the very top.
 *
 *     ---
 *     title: Disk full        `span` covers from the first `-` of the opening line to the last of the closing one
 *     ---
 */
export interface FrontMatter {
  /** Null when the guide has none. */
  readonly span: Span | null;
  readonly title?: string;
  readonly owner?: string;
  readonly alerts: readonly string[];
  readonly verified?: string;
  readonly parameters: readonly DeclaredParameter[];
}

/** One entry of the front matter's `parameters`, as written; `span` covers the entry's name. */
export interface DeclaredParameter {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  readonly default?: string | number | boolean;
  readonly examples?: readonly string[];
  readonly pattern?: string;
  readonly required?: boolean;
  readonly secret?: boolean;
  readonly span: Span;
}

/**
 * A heading with everything under it, down to the next heading of its level or above.
 *
 *     ## Step 3 - Check flags     `span` starts at the first `#` and ends with the section's last block
 *     Look at the flags.
 */
export interface Section {
  /** Null only for the root. */
  readonly heading: Heading | null;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
  readonly span: Span;
}

/**
 * A heading line.
 *
 *     ## Step 3.1 - Check flags     number `3.1`, word `step`, title `Check flags`
 *     ^^^^^^^^^^^^^^^^^^^^^^^^^     `span` is the line; `prose.span` is `Step 3.1 - Check flags`
 */
export interface Heading {
  readonly level: number;
  readonly prose: Prose;
  /** `3`, `3.1`, `1A`, `b`; null when the heading has none. */
  readonly number: string | null;
  /** The word before the number in lower case (`step`, `phase`), when there is one. */
  readonly word: string | null;
  /** The heading's words without number and separator. */
  readonly title: string;
  readonly span: Span;
}

export type Block = Paragraph | List | Code | Plugin | Table | Quote | Html | Comment;

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly prose: Prose;
  readonly span: Span;
}

export interface List {
  readonly kind: 'list';
  readonly ordered: boolean;
  /** Number of the first item of an ordered list. */
  readonly start: number;
  readonly items: readonly Item[];
  /** Tabs, of which a reader sees one: the first block of each item is what it is called. */
  readonly tabs?: true;
  /** Its author calls the items a, b, c, which are read as 1, 2, 3. */
  readonly lettered?: true;
  readonly span: Span;
}

/** One item of a list: its marker and the blocks under it. `number` is what the author wrote before the dot. */
export interface Item {
  readonly number: number | null;
  /** `- [ ] Restart it`: it is to be ticked off (GFM, task list items). */
  readonly task?: true;
  readonly blocks: readonly Block[];
  readonly span: Span;
}

/**
 * The text of a fence, an indented block or a `<PLUGIN_n>` block.
 *
 *     ```sql tool=telemetry        `span`: from the first back-tick to the last of the closing fence
 *     SELECT 1                     `contentSpan`: `SELECT 1`, without the line ending before the closing fence
 *     ```
 */
export interface CodeText {
  readonly code: string;
  readonly contentSpan: Span;
  /** Offset in the guide of each line of `code`; indentation that markdown takes away is not part of a line. */
  readonly lineOffsets: readonly number[];
}

export interface Code extends CodeText {
  readonly kind: 'code';
  /** The first word of the info string in lower case; null when there is none. */
  readonly language: string | null;
  /** The rest of the info string: `tool=telemetry as=errors`. */
  readonly attributes: readonly Attribute[];
  readonly fenced: boolean;
  readonly span: Span;
}

/** `<PLUGIN_3>` … `</PLUGIN_3>` on lines of their own. Its body is never read as markdown. */
export interface Plugin extends CodeText {
  readonly kind: 'plugin';
  readonly name: string;
  readonly span: Span;
}

/** `name=value` on a fence; `span` covers both. */
export interface Attribute {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/** Rows may be ragged; nothing is added or cut. */
export interface Table {
  readonly kind: 'table';
  readonly header: readonly Prose[];
  readonly rows: readonly (readonly Prose[])[];
  readonly span: Span;
}

export interface Quote {
  readonly kind: 'quote';
  /** `[^1]: If it fails, …`: it is read where words refer to it, and not where it stands. */
  readonly footnote?: true;
  /** A note of a dialect that tells cases: what stands behind it is not for the last of them alone. */
  readonly note?: true;
  readonly blocks: readonly Block[];
  readonly span: Span;
}

export interface Html {
  readonly kind: 'html';
  /** The rule behind tabs that are headings, see fold-tabs.ts. */
  readonly endsTabs?: true;
  readonly span: Span;
}

/** `<!-- … -->` as a block of its own; `text` is what stands between the marks, trimmed. */
export interface Comment {
  readonly kind: 'comment';
  readonly text: string;
  readonly span: Span;
}

/**
 * Words of a paragraph, heading or cell, with the markup taken away and the way back kept.
 *
 *     **Otherwise**, go to `Step 4`.      `plain` is `Otherwise, go to Step 4.`
 *     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^      `span` covers the words as written
 */
export interface Prose {
  readonly plain: string;
  readonly span: Span;
  /** Runs of `plain` that stand together in the guide, in order; see `sourceOffset`. */
  readonly runs: readonly Run[];
  /** Inline code, ranges of `plain` (`start`, `end`) with the span in the guide, back-ticks included. */
  readonly codes: readonly Mark[];
  readonly links: readonly Link[];
  readonly comments: readonly InlineComment[];
  /** Offsets of `plain` at which a line of the guide ends; the space there stands for the line ending. */
  readonly breaks: readonly number[];
}

export interface Run {
  readonly plain: number;
  readonly source: number;
}

/** A range of `plain`, and the span of the guide it came from with its markup. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly span: Span;
}

export interface Link extends Mark {
  readonly target: string;
}

/** `<!-- tsg-ask -->` inside a paragraph; `at` is the place in `plain` where it stood. */
export interface InlineComment {
  readonly text: string;
  readonly at: number;
  readonly span: Span;
}
