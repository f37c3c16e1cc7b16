// The one place that calls remark. Only block structure is asked of it: inline constructs are switched off (read-prose.ts
// reads words in linear time), and so are underlined headings, whose resolver is quadratic (read-blocks.ts reads them).
import { unified } from 'unified';
import remarkParse from 'remark-parse';
import type { Nodes, Root } from 'mdast';
import { plainParagraph } from './plain-paragraph.ts';
import { pluginBlock } from './plugin-block.ts';

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

/** The syntax tree of `text` from `base` to `end`. Its offsets count from `base`. */
export function parseMarkdown(text: string, base: number, end = text.length): Root {
  const processor = unified().use(remarkParse);
  const data = processor.data.bind(processor) as (key: string, value: unknown) => unknown;
  data('micromarkExtensions', [pluginBlock(text, base), plainParagraph(), blocksOnly]);
  data('fromMarkdownExtensions', [pluginNodes]);
  return processor.parse(tame(text, base, end));
}

const widest = 100;
const wideIndent = /^[ \t>]{100,}(?=\S)[^\r\n]*/gm;

/**
 * The text as micromark is given it, character for character as long as the original: a line indented beyond any real
 * nesting keeps its width but loses its marks, because nesting costs the parser the cube of its depth.
 */
function tame(text: string, base: number, end: number): string {
  const body = text.slice(base, end);
  return body.replace(
    wideIndent,
    (line) => line.slice(0, widest).replaceAll('>', ' ') + 'x'.repeat(line.length - widest),
  );
}

/** Start and end of a node, as offsets in the guide. */
export function nodeSpan(node: Nodes, base: number): { start: number; end: number } {
  const start = node.position?.start.offset ?? 0;
  return { start: start + base, end: (node.position?.end.offset ?? start) + base };
}
