// The blocks of a text as remark finds them, in the form in which src/guide/parse-blocks.ts finds them: what that must agree with.
// Remark is asked for block structure alone: inline constructs are switched off, and so are underlined headings and definitions,
// which the guide room reads out of paragraphs. Two extensions of micromark add what it does not have.
import { unified } from 'unified';
import remarkParse from 'remark-parse';
import type { Nodes, Root } from 'mdast';
import type { BlockNode } from '../../src/guide/block-node.ts';

/** The blocks of `text[base, end)`; offsets count from `base`. */
export function remarkBlocks(text: string, base = 0, end = text.length): readonly BlockNode[] {
  const processor = unified().use(remarkParse);
  const data = processor.data.bind(processor) as (key: string, value: unknown) => unknown;
  data('micromarkExtensions', [pluginBlock(text, base), plainParagraph(), blocksOnly]);
  data('fromMarkdownExtensions', [pluginNodes]);
  const root: Root = processor.parse(text.slice(base, end));
  return root.children.map(blockOf);
}

function blockOf(node: Nodes): BlockNode {
  const span = spanOf(node);
  if ((node.type as string) === 'tsgPlugin') return { type: 'plugin', ...span };
  switch (node.type) {
    case 'heading': {
      const words = node.children[0];
      return { type: 'heading', level: node.depth, words: words ? spanOf(words) : null, ...span };
    }
    case 'paragraph':
    case 'html':
      return { type: node.type, ...span };
    case 'thematicBreak':
      return { type: 'rule', ...span };
    case 'code':
      return { type: 'code', value: node.value, ...span };
    case 'blockquote':
      return { type: 'quote', children: node.children.map(blockOf), ...span };
    case 'list': {
      const items = node.children.map((item) => ({ children: item.children.map(blockOf), ...spanOf(item) }));
      return { type: 'list', ordered: node.ordered === true, first: node.start ?? 1, items, ...span };
    }
    default:
      throw new Error(`Internal error: ${node.type} is no block`);
  }
}

function spanOf({ position }: Nodes): { start: number; end: number } {
  return { start: position?.start.offset ?? -1, end: position?.end.offset ?? -1 };
}

const blocksOnly = {
  disable: {
    null: [
      'attention',
      'autolink',
      'characterEscape',
      'characterReference',
      'codeText',
      'hardBreakEscape',
      'htmlText',
      'labelEnd',
      'labelStartImage',
      'labelStartLink',
      'setextUnderline',
      'definition',
    ],
  },
};

interface Effects {
  enter(type: string): unknown;
  exit(type: string): unknown;
  consume(code: number | null): void;
  check(construct: object, ok: State, nok: State): State;
  interrupt(constructs: object, ok: State, nok: State): State;
}
type State = (code: number | null) => State | undefined;
interface TokenizeContext {
  now(): { offset: number };
  interrupt?: boolean;
  parser: { constructs: { flow: object } };
}
interface FromMarkdownContext {
  enter(node: object, token: unknown): void;
  exit(token: unknown): void;
}

const pluginNodes = {
  enter: {
    pluginBlock(this: FromMarkdownContext, token: unknown): void {
      this.enter({ type: 'tsgPlugin', children: [] }, token);
    },
  },
  exit: {
    pluginBlock(this: FromMarkdownContext, token: unknown): void {
      this.exit(token);
    },
  },
};

// `<PLUGIN_n>` ... `</PLUGIN_n>`, which CommonMark does not take for HTML because of the underscore: one opaque block.
const lessThan = 60;

/** The extension for one text. `base` is the offset in `text` of the first character that micromark is given. */
function pluginBlock(text: string, base: number): { flow: Record<number, unknown> } {
  const lastClosings = new Map<string, number>();
  const opens = /<(PLUGIN_\w{1,40})>[ \t]*(?=\r|\n|$)/y;

  /** Offset just after the closing tag that ends the block opened at `offset`, or -1. */
  function blockEnd(offset: number): number {
    opens.lastIndex = offset;
    const name = opens.exec(text)?.[1];
    if (name === undefined) return -1;
    const closing = `</${name}>`;
    let last = lastClosings.get(name);
    if (last === undefined) lastClosings.set(name, (last = text.lastIndexOf(closing)));
    if (last < offset) return -1;
    return text.indexOf(closing, offset) + closing.length;
  }

  function tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const now = (): number => this.now().offset + base;
    let end = -1;

    const start: State = (code) => {
      end = code === lessThan ? blockEnd(now()) : -1;
      if (end < 0) return nok(code);
      effects.enter('pluginBlock');
      effects.enter('pluginBlockText');
      return inside(code);
    };
    const inside: State = (code) => {
      if (code === null || (now() >= end && (code < -2 || code === 10 || code === 13))) {
        effects.exit('pluginBlockText');
        effects.exit('pluginBlock');
        return ok(code);
      }
      if (code === -3 || code === -4 || code === -5) {
        effects.exit('pluginBlockText');
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return lineStart;
      }
      effects.consume(code);
      return inside;
    };
    const lineStart: State = (code) => {
      effects.enter('pluginBlockText');
      return inside(code);
    };
    return start;
  }

  return { flow: { [lessThan]: { name: 'pluginBlock', tokenize, concrete: true } } };
}

// A paragraph as a run of lines. Micromark would cut its words into inline tokens.
const isEnding = (code: number | null): boolean => code === null || (code < -2 && code > -6);
const isBlank = (code: number | null): boolean => code === -2 || code === -1 || code === 32;

/** Tried after every other block construct; never interrupts another paragraph. */
function plainParagraph(): { flow: { null: object } } {
  return { flow: { null: { name: 'plainParagraph', tokenize: tokenizeParagraph } } };
}

function tokenizeParagraph(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const start: State = (code) => {
    if (isEnding(code) || this.interrupt === true) return nok(code);
    effects.enter('paragraph');
    effects.enter('paragraphLine');
    return line(code);
  };
  const line: State = (code) => {
    if (!isEnding(code)) {
      effects.consume(code);
      return line;
    }
    effects.exit('paragraphLine');
    return code === null
      ? end(code)
      : effects.check({ tokenize: tokenizeContinuation, partial: true }, goOn, end)(code);
  };
  const goOn: State = (code) => {
    effects.enter('lineEnding');
    effects.consume(code);
    effects.exit('lineEnding');
    return nextLine;
  };
  const nextLine: State = (code) => {
    effects.enter('paragraphLine');
    return line(code);
  };
  const end: State = (code) => {
    effects.exit('paragraph');
    return ok(code);
  };
  return start;
}

/** Succeeds when the next line goes on with the paragraph: it is not blank, and no other block may begin there. */
function tokenizeContinuation(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  let width = 0;
  const start: State = (code) => {
    effects.enter('lineEnding');
    effects.consume(code);
    effects.exit('lineEnding');
    return prefix;
  };
  const prefix: State = (code) => {
    if (!isBlank(code)) return begin(code);
    effects.enter('linePrefix');
    return blanks(code);
  };
  const blanks: State = (code) => {
    if (isBlank(code)) {
      width++;
      effects.consume(code);
      return blanks;
    }
    effects.exit('linePrefix');
    return begin(code);
  };
  const begin: State = (code) => {
    if (isEnding(code)) return nok(code);
    return width >= 4 ? ok(code) : effects.interrupt(this.parser.constructs.flow, nok, ok)(code);
  };
  return start;
}
