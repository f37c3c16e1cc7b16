// code.unclosed: a fence or plugin block without its end, so that what follows is taken for code, or code for words.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Span, Text } from '../base/index.ts';
import type { Code } from '../guide/index.ts';
import { perSection } from './scope.ts';

export const checkUnclosedCode = perSection(({ blocks }, text) =>
  blocks.flatMap(({ block }) => {
    if (block.kind === 'code' && block.fenced) return unclosedFence(text, block);
    return block.kind === 'paragraph' ? unclosedPlugin(text, block.span) : [];
  }),
);

function unclosedFence(text: Text, block: Code): Diagnostic[] {
  const source = text.slice(block.span.start, block.span.end);
  const fence = /^(?:`{3,}|~{3,})/.exec(source)?.[0];
  if (fence === undefined) return [];
  const span = { start: block.span.start, end: block.span.start + (/^[^\r\n]*/.exec(source)?.[0].length ?? 0) };
  const trimmed = source.trimEnd();
  const last = trimmed
    .slice(Math.max(trimmed.lastIndexOf('\n'), trimmed.lastIndexOf('\r')) + 1)
    .slice(0, 200)
    .replace(/^[\s>]+/, '')
    .trimEnd();
  const closed = span.end < block.span.end && last.startsWith(fence) && last.replaceAll(fence.charAt(0), '') === '';
  if (!closed && text.slice(block.span.end, block.span.end + 2000).trim() !== '') {
    const message = `The code block that ${fence} opens ends with the list item or quotation it stands in, before its own end.`;
    return [
      makeDiagnostic('code.unclosed', span, message, {
        hint: `Indent all lines of the code, and the closing ${fence}, like the words of the item.`,
      }),
    ];
  }
  if (!closed) {
    const message = `The code block that ${fence} opens is never closed, so everything after it counts as code.`;
    return [
      makeDiagnostic('code.unclosed', span, message, {
        hint: `Write ${fence} on a line of its own after the code.`,
      }),
    ];
  }
  // A missing end is found at the next fence: that opens another block inside of this one.
  const inner = new RegExp(`^[ \\t>]*${fence}${fence.charAt(0)}*[A-Za-z][\\w-]*`, 'm').exec(source.slice(fence.length));
  if (!inner || isMarkdown(block)) return [];
  const start = block.span.start + fence.length + inner.index;
  const message = `The code block that ${fence} opens holds the beginning of another, so its own end is missing.`;
  return [
    makeDiagnostic('code.unclosed', span, message, {
      labels: [{ span: { start, end: start + inner[0].length }, message: 'the next block begins here' }],
      hint: `Write ${fence} on a line of its own where the code ends.`,
    }),
  ];
}

function isMarkdown({ language }: Code): boolean {
  return language === 'markdown' || language === 'md' || language === 'text';
}

function unclosedPlugin(text: Text, paragraph: Span): Diagnostic[] {
  const found = /^[ \t]*<(PLUGIN_\w{1,40})>[ \t]*$/m.exec(text.slice(paragraph.start, paragraph.end));
  if (!found) return [];
  const [line, name = ''] = found;
  const start = paragraph.start + found.index + line.indexOf('<');
  return [
    makeDiagnostic(
      'code.unclosed',
      { start, end: start + line.trim().length },
      `\`<${name}>\` is never closed, so its query counts as words.`,
      {
        hint: `Write \`</${name}>\` on a line of its own after the query.`,
      },
    ),
  ];
}
