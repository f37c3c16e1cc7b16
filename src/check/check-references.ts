// reference.missing: words that announce code, a list or a table ("run the following query:") and nothing of the kind follows.
// reference.ambiguous is a file of its own.
import { collect } from '../base/index.ts';
import { makeDiagnostic } from '../diagnostics/index.ts';
import { sentencesOf, sourceSpan, type Block, type Prose, type Section } from '../guide/index.ts';
import { perSection } from './scope.ts';

const announces =
  /\b((?:the |this )?following (?:\w+ ){0,2}?(?:query|queries|commands?|scripts?|snippet|code|statements?|(?:one|two)-liners?|invocation))\b(?:[^.:]{0,60}[.:]?|[^.:]{60,140}:)$|\b((?:query|queries|commands?|scripts?|snippet|statements?|(?:one|two)-liners?) below)\b[^.:]{0,40}[.:]?$|\b(?:run|execute|use|try|issue|enter|type|apply|submit)\s+((?:this|these|the following|the next|the (?:query|command|script) here|the below)(?:\s+(?:\w+\s+){0,2}?(?:query|queries|commands?|scripts?|snippet|code|statements?))?)\b[^.:]{0,40}:$|\b(?:with|by|using|through|via|running|executing|issuing|entering|typing)\s+((?:this|these)\s+(?:\w+\s+){0,2}?(?:query|queries|commands?|scripts?|snippet))\b[^.:]{0,40}:$|(?:^(?:then\s+|now\s+|next,?\s+)?|,\s*(?:please\s+|then\s+)?)((?:run|execute|enter|type|issue))\s*:$|^(?:here (?:is|are) )?((?:the |an? )?(?:\w+ ){0,2}?(?:query|queries|commands?|script|request|statement|manifest|snippet)(?: (?:to (?:run|use|send|execute)))?(?: (?:is|are|looks?|reads?))?(?: as follows| like this| this)?)\s*:$|^(?:(?:then|now|next|and|please|first),?\s+)*(?:send|call|invoke|paste|enter|apply|create|copy|save|submit|post)\s[^.:]{0,60}?\b((?:this|these|the following|like this|as follows)(?:\s+\w+){0,3})\s*:$|\b((?:query|queries|commands?|scripts?|snippet|statements?|manifest|request|expressions?|cmdlets?) (?:(?:shown|given|listed) )?below)\b[^.:]{0,90}[.:]?$|\b((?:the |this |these )?following (?:\w+ ){0,2}?(?:expressions?|requests?|calls?|cmdlets?|filters?|lines?))\b[^.:]{0,60}:$|\b(by (?:running|executing|issuing|entering|typing|calling))\s*:$/i;

/** A block that may be, or hold, what was announced: code, or words with code or a link in them. A table of what to do next is none. */
function mayShow(block: Block): boolean {
  if (block.kind === 'paragraph') return false; // it is looked at by itself
  if (block.kind === 'list') {
    const inner = collect(block.items, ({ blocks }) => blocks);
    return inner.some(shows) || !inner.some((one) => one.kind === 'paragraph' && leadsOn.test(one.prose.plain));
  }
  if (block.kind === 'quote') return block.blocks.some(shows);
  if (block.kind !== 'table') return true;
  const cells = collect([block.header, ...block.rows], (row) => row);
  return cells.some(hasCode) || !cells.some(({ plain }) => leadsOn.test(plain));
}

/** What to do next, which is no code: "Above 80 %: go to step 4". */
const leadsOn =
  /\b(?:if|otherwise|escalate|(?:go|goes|proceed|continue|skip|jump|return) (?:back )?(?:to|with|at)|next step|steps? \d|(?:this|that) (?:ends|resolves)|stop here)\b/i;

function shows(block: Block): boolean {
  return block.kind === 'paragraph' ? hasCode(block.prose) : mayShow(block);
}

/** Several, of which something is said: no colon promises them here. */
const spokenOf =
  /^[^:]*\b(?:queries|commands|scripts|statements|liners|expressions|requests|calls|cmdlets|filters|lines)\b[^:]*$/i;

/** Code under one of the headings below. */
function hasCodeBelow({ sections }: Section): boolean {
  return sections.some(
    (one) => one.blocks.some(({ kind }) => kind === 'code' || kind === 'plugin') || hasCodeBelow(one),
  );
}

/** A link, code that opens the words, or code of several words: "`Ready`" among others is only a name. */
function hasCode({ codes, links, plain }: Prose): boolean {
  const leads = leadsOn.test(plain);
  return (
    links.length > 0 || codes.some(({ start, end }) => (start < 5 && !leads) || /\S\s+\S/.test(plain.slice(start, end)))
  );
}

/** "Execute this on one of the brokers:". */
const toRun =
  /\b(?:run|execute|issue|enter|type) (?:this|the following)(?=\s*:|\s+(?:on|in|from|against|at|as|inside)\b)/i;
/** Only what is code is missing where a list or table of what to do next follows. */
const ofCode =
  /\b(?:quer(?:y|ies)|commands?|scripts?|snippet|statements?|code|liners?|expressions?|requests?|calls?|cmdlets?|filters?|invocation)\b|^(?:run|execute|enter|type|issue|by \w+)$/i;

/** "Run the plan of the slowest one:" where nothing follows at all. */
const asksToRun =
  /^(?:(?:then|next|now|and|please|first|again),?\s+)*((?:re-?run|run|execute|issue|enter|type|query)\s[^.:]{3,100}):$|^[a-z]+\s[^.:]{3,100}\b(as follows|like this|like so)\s*:$/i;

export const checkReferences = perSection(({ blocks }) =>
  collect(blocks, ({ block, next, after: follows, inItem, inQuote, beforeHeading, place }) => {
    // Within a quote, what follows may stand behind it; before a heading, under it.
    if (block.kind !== 'paragraph' || (next === null && (inQuote || beforeHeading))) return [];
    if (follows !== null && follows.kind !== 'comment' && mayShow(follows)) return [];
    if (next === null && inItem && follows === null && place.section.sections.length > 0) return [];
    const { prose } = block;
    if (prose.links.length > 0 || !/\b(?:following|below|these?|this|next|here)\b|:$/i.test(prose.plain.trimEnd()))
      return [];
    const last = sentencesOf(prose).at(-1);
    const found = last && (announces.exec(last.text) ?? (next === null ? asksToRun.exec(last.text) : null));
    if (!last || !found) return [];
    const words = found.slice(1).find((one) => one !== undefined) ?? '';
    const start = last.start + found.index + found[0].indexOf(words);
    // A tool may be named before ("`etcdctl` tells it with the following command:"); what is announced stands behind, or is a whole command.
    if (prose.codes.some((code) => code.end > start || /\S\s+\S/.test(prose.plain.slice(code.start, code.end))))
      return [];
    if (
      follows !== null &&
      follows.kind !== 'paragraph' &&
      follows.kind !== 'comment' &&
      !ofCode.test(words) &&
      !toRun.test(last.text)
    )
      return [];
    // Code that is not set apart may begin the next paragraph, behind a prompt or the like; "If `lag` is …" only speaks of some.
    if (
      follows?.kind === 'paragraph' &&
      [...follows.prose.codes, ...follows.prose.links].some(
        ({ start }) => start < 5 && !/^\s*if\s/i.test(follows.prose.plain.slice(0, start)),
      )
    )
      return [];
    const after = place.section.blocks.indexOf(block) + 1;
    if (
      after > 0 &&
      place.section.blocks.slice(after, after + 3).some(({ kind }) => kind === 'code' || kind === 'plugin')
    )
      return [];
    // "The following commands assume …" speaks of what stands under the headings below.
    if (
      after > 0 &&
      spokenOf.test(`${words}${last.text.slice(last.text.indexOf(words) + words.length)}`) &&
      hasCodeBelow(place.section)
    )
      return [];
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
