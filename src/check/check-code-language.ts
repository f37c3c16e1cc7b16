// code.no-language: a fence without a language. Nothing in it is run, coloured or checked. A fix is offered where the text
// can be of one language only. What is drawn has none.
import { makeDiagnostic } from '../diagnostics/index.ts';
import type { Code } from '../guide/index.ts';
import { perSection } from './scope.ts';

export const checkCodeLanguage = perSection(({ blocks }, text) =>
  blocks.flatMap(({ block }) => {
    if (block.kind !== 'code' || !block.fenced || block.language !== null || block.code.trim() === '') return [];
    if (drawing.test(block.code)) return [];
    const fence = /^(?:`+|~+)/.exec(text.slice(block.span.start, block.span.start + 40))?.[0] ?? '';
    const end = block.span.start + fence.length;
    const language = block.attributes.length > 0 ? null : certainLanguage(block);
    return [
      makeDiagnostic(
        'code.no-language',
        { start: block.span.start, end },
        'This code block does not say its language.',
        {
          hint:
            language === null
              ? 'Write it after the back-ticks: `sql`, `bash`, `json`, `text` for output; only then a run can perform it.'
              : `Write \`\`\`${language}.`,
          fixes:
            language === null
              ? []
              : [{ title: `Say \`${language}\``, edits: [{ span: { start: end, end }, newText: language }] }],
        },
      ),
    ];
  }),
);

/** Lines and corners: a tree, boxes, a table. */
const drawing = /[├└│┌┐▼]/;

function certainLanguage({ code }: Code): string | null {
  const text = code.trim();
  if (/^(?:SELECT|WITH)\s[^]*\bFROM\b/i.test(text)) return 'sql';
  if (/^[{[]/.test(text) && /[}\]]$/.test(text) && isJson(text)) return 'json';
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.every((line) => /^\s*$|^(?:kubectl|oc|helm|docker|systemctl|journalctl|curl)\s+\S/.test(line)))
    return 'bash';
  return null;
}

function isJson(text: string): boolean {
  if (text.length > 20_000) return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
