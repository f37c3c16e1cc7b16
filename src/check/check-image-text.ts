// image.no-text: an image that says nothing to whoever cannot see it: a screen reader, a terminal, a page at 3 a.m. on a phone.
import { allMatches } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { perSection } from './scope.ts';

/** The kind of thing, or the name of its file. */
const general =
  /^(?:(?:an? |the )?(?:image|img|screen ?shots?|picture|photo|pic|diagram|figure|chart|graph|alt(?: text)?|untitled|clipboard|capture|snip|grafik|bild|bildschirmfoto)(?:(?: from| of| at| on| um| vom)?[ _-]?\(?\d[\d ._:()-]{0,24})?(?: (?:at|um) [\d.:]+)?(?: ?[ap]m)?(?: \(\d+\)| copy)?|img[_-]?\d+|[\w ().:-]+\.(?:png|jpe?g|gif|svg|webp|bmp))$/i;

/** "queue-day" for `images/queue-day.png`; one word alone may well say what is there. */
function isName(said: string, target: string): boolean {
  const name = /([^/\\]+)\.\w{2,5}(?:[?#].*)?$/.exec(target)?.[1];
  return name !== undefined && /[_\d-]/.test(said) && !/\s/.test(said) && name.toLowerCase() === said.toLowerCase();
}

export const checkImageText = perSection(({ proses, blocks }, text) => {
  const findings: Diagnostic[] = [];
  for (const { prose } of proses) {
    for (const { span, target } of prose.links) {
      const said = /^!\[([^\]\n]{0,60})\]/.exec(text.slice(span.start, span.start + 64))?.[1]?.trim();
      if (said === undefined || !(said === '' || general.test(said) || isName(said, target))) continue;
      const message =
        said === ''
          ? `The image \`${target.slice(0, 80)}\` has no text that stands for it.`
          : `\`${said}\` says nothing of what the image shows.`;
      findings.push(
        makeDiagnostic('image.no-text', span, message, { hint: 'Say between `![` and `]` what it shows.' }),
      );
    }
  }
  for (const { block } of blocks) {
    if (block.kind !== 'html') continue;
    const html = text.slice(block.span.start, block.span.end);
    for (const { 0: tag, index } of allMatches(html, /<img\b(?![^>]*\balt\s*=)[^<>]{0,400}>/gi)) {
      const start = block.span.start + index;
      findings.push(
        makeDiagnostic(
          'image.no-text',
          { start, end: start + tag.length },
          'This image has no text that stands for it.',
          {
            hint: 'Say what it shows: `alt="…"`.',
          },
        ),
      );
    }
  }
  return findings;
});
