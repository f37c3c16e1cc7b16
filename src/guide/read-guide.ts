// Markdown to guide. Any text gives a guide and nothing throws: what is too large to read in bounded time becomes an
// empty guide with a diagnostic that says so.
import { lineIndex } from '../base/index.ts';
import { type Diagnostic, makeDiagnostic } from '../diagnostics/index.ts';
import { readFrontMatter } from './front-matter.ts';
import type { Block, FrontMatter, Guide, Heading, Section } from './guide.ts';
import { parseMarkdown } from './parse-markdown.ts';
import { readBlocks, type Flow } from './read-blocks.ts';

/** Greatest guide that is read, in UTF-16 code units and in lines. The longest public guide we know has 200,000 and 4,000. */
const mostCharacters = 2 * 1024 * 1024;
const mostLines = 100_000;

/** Reads a guide. Never throws. */
export function readGuide(text: string): Guide {
  const lines = lineIndex(text);
  if (text.length > mostCharacters || lines.lineCount > mostLines) {
    return {
      text,
      lines,
      title: null,
      frontMatter: { span: null, alerts: [], parameters: [] },
      root: { heading: null, blocks: [], sections: [], span: { start: 0, end: text.length } },
      diagnostics: [tooLarge(text.length, lines.lineCount, lines.lineSpan(1))],
    };
  }
  const bom = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const { frontMatter, bodyStart, diagnostics } = readFrontMatter(text, bom);
  const flow = readBlocks(text, bodyStart, parseMarkdown(text, bodyStart).children);
  const root = nest(flow, text.length);
  return { text, lines, title: titleOf(frontMatter, flow), frontMatter, root, diagnostics };
}

function tooLarge(characters: number, lines: number, firstLine: { start: number; end: number }): Diagnostic {
  const size = characters > mostCharacters ? `${String(characters)} characters` : `${String(lines)} lines`;
  const limit = characters > mostCharacters ? mostCharacters : mostLines;
  const message = `The guide has ${size}, more than the ${String(limit)} that are read, so it has no steps.`;
  const span = { start: firstLine.start, end: Math.min(firstLine.end, firstLine.start + 80) };
  return makeDiagnostic('guide.too-large', span, message, {
    hint: 'Split it into several guides, or keep logs and data in files of their own.',
  });
}

function titleOf(frontMatter: FrontMatter, flow: readonly Flow[]): string | null {
  if (frontMatter.title !== undefined) return frontMatter.title;
  const headings = flow.filter((block) => block.kind === 'heading');
  const heading = headings.find(({ level }) => level === 1) ?? headings[0];
  return heading && heading.number === null ? heading.prose.plain : null;
}

interface OpenSection {
  readonly heading: Heading | null;
  readonly start: number;
  readonly blocks: Block[];
  readonly sections: Section[];
}

/** Headings to a tree: each section takes what follows, down to the next heading of its level or above. */
function nest(flow: readonly Flow[], length: number): Section {
  const open: OpenSection[] = [{ heading: null, start: 0, blocks: [], sections: [] }];
  let end = 0;
  const close = (): void => {
    const section = open.pop();
    if (!section) return;
    const { heading, start, blocks, sections } = section;
    open.at(-1)?.sections.push({ heading, blocks, sections, span: { start, end } });
  };
  for (const block of flow) {
    if (block.kind === 'heading') {
      while (open.length > 1 && (open.at(-1)?.heading?.level ?? 0) >= block.level) close();
      open.push({ heading: block, start: block.span.start, blocks: [], sections: [] });
    } else {
      open.at(-1)?.blocks.push(block);
    }
    end = block.span.end;
  }
  while (open.length > 1) close();
  const root = open[0];
  return { heading: null, blocks: root?.blocks ?? [], sections: root?.sections ?? [], span: { start: 0, end: length } };
}
