// reference.missing: words that announce code, a list or a table ("run the following query:") and nothing of the kind follows.
// reference.ambiguous is a file of its own.
import { collect } from '../base/index.ts';
import { makeDiagnostic } from '../diagnostics/index.ts';
import { sentencesOf, sourceSpan } from '../guide/index.ts';
import { perSection } from './scope.ts';

const announces =
  /\b((?:the |this )?following (?:\w+ ){0,2}?(?:query|queries|commands?|scripts?|snippet|code|statements?|(?:one|two)-liners?|invocation))\b[^.:]{0,60}[.:]?$|\b((?:query|queries|commands?|scripts?|snippet|statements?|(?:one|two)-liners?) below)\b[^.:]{0,40}[.:]?$|\b(?:run|execute|use|try|issue|enter|type|apply|submit)\s+((?:this|these|the following|the next|the (?:query|command|script) here|the below)(?:\s+(?:\w+\s+){0,2}?(?:query|queries|commands?|scripts?|snippet|code|statements?))?)\b[^.:]{0,40}:$|\b(?:with|by|using|through|via)\s+((?:this|these)\s+(?:\w+\s+){0,2}?(?:query|queries|commands?|scripts?|snippet))\b[^.:]{0,40}:$|(?:^|,\s*(?:please\s+|then\s+)?)((?:run|execute|enter|type|issue))\s*:$/i;

export const checkReferences = perSection(({ blocks }) =>
  collect(blocks, ({ block, next, inItem, inQuote, beforeHeading, place }) => {
    // Within an item or quote, what follows may be an item of the list around it.
    if (block.kind !== 'paragraph' || (next === null && (inItem || inQuote || beforeHeading))) return [];
    if (next !== null && next.kind !== 'paragraph' && next.kind !== 'comment') return [];
    const { prose } = block;
    if (
      prose.codes.length > 0 ||
      prose.links.length > 0 ||
      !/\b(?:following|below|these?|this|next|here)\b|:$/i.test(prose.plain.trimEnd())
    )
      return [];
    const last = sentencesOf(prose).at(-1);
    const found = last && announces.exec(last.text);
    if (!last || !found) return [];
    // Code that is not set apart may begin the next paragraph, behind a prompt or the like; "If `lag` is …" only speaks of some.
    if (
      next?.kind === 'paragraph' &&
      [...next.prose.codes, ...next.prose.links].some(
        ({ start }) => start < 5 && !/^\s*if\s/i.test(next.prose.plain.slice(0, start)),
      )
    )
      return [];
    const after = place.section.blocks.indexOf(block) + 1;
    if (
      after > 0 &&
      place.section.blocks.slice(after, after + 3).some(({ kind }) => kind === 'code' || kind === 'plugin')
    )
      return [];
    const words = found[1] ?? found[2] ?? found[3] ?? found[4] ?? found[5] ?? '';
    const start = last.start + found.index + found[0].indexOf(words);
    return [
      makeDiagnostic(
        'reference.missing',
        sourceSpan(prose, start, start + words.length),
        `\`${words}\` is announced, but no code follows.`,
        {
          hint: 'Add the code block, or remove the words.',
        },
      ),
    ];
  }),
);
