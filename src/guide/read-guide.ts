// Markdown to guide. Any text gives a guide and nothing throws: what is too large to read in bounded time becomes an
// empty guide with a diagnostic that says so.
import { lineIndex } from '../base/index.ts';
import { type Diagnostic, makeDiagnostic } from '../diagnostics/index.ts';
import { foldTabs } from './fold-tabs.ts';
import { readFrontMatter } from './front-matter.ts';
import type { Guide } from './guide.ts';
import { nestSections, partsOf, titleOf } from './nest-sections.ts';
import { parseBlocks } from './parse-blocks.ts';
import { readBlocks } from './read-blocks.ts';

/** Greatest guide that is read, in UTF-16 code units and in lines. The longest public guide we know has 200,000 and 4,000. */
const mostCharacters = 2 * 1024 * 1024;
const mostLines = 100_000;

/** Reads a guide. Never throws. */
export function readGuide(text: string): Guide {
  const lines = lineIndex(text);
  if (isTooLarge(text.length, lines.lineCount)) {
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
  const parts = foldTabs(partsOf(readBlocks(text, bodyStart, parseBlocks(text, bodyStart))));
  const root = nestSections(parts, text.length);
  return { text, lines, title: titleOf(frontMatter, parts), frontMatter, root, diagnostics };
}

/** True for a text of so many UTF-16 code units and lines that it is not read. */
export function isTooLarge(characters: number, lines: number): boolean {
  return characters > mostCharacters || lines > mostLines;
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
