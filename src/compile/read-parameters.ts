// The parameters of a guide: those of its front matter, those of lists such as "Retrieve the following parameters", and
// names that are only seen as placeholders in code.
import { allMatches, sift, onceFor, type Span } from '../base/index.ts';
import type { Block, DeclaredParameter, Guide, Item } from '../guide/index.ts';
import { sourceSpan, textOf } from '../guide/index.ts';
import { seemsSecret, type Action, type Parameter, type ParameterType } from '../plan/index.ts';
import { inSections } from './in-sections.ts';
import type { Replacement } from './read-replacements.ts';
import { sourceOf } from './source.ts';

/** Parameters that the guide declares, in the order of the text; the first declaration of a name counts. */
export function declaredParameters(guide: Guide): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const entry of guide.frontMatter.parameters) {
    if (!found.has(entry.name)) found.set(entry.name, fromFrontMatter(guide, entry));
  }
  for (const item of declaringItems(guide.root)) {
    const parameter = fromItem(item);
    if (!parameter || found.has(parameter.name)) continue;
    const { span, ...rest } = parameter;
    found.set(parameter.name, { ...rest, source: sourceOf(guide, span) });
  }
  return [...found.values()];
}

/** Items of lists that are announced as parameters. */
const declaringItems = inSections((section): readonly Item[] => {
  const heading = section.heading?.title ?? '';
  const items: Item[] = [];
  let words = '';
  for (const block of section.blocks) {
    if (
      block.kind === 'list' &&
      (asksForValues.test(words) || announcesValues.test(words) || (words === '' && namesValues.test(heading)))
    )
      items.push(...block.items);
    if (block.kind === 'paragraph') words = block.prose.plain;
    else if (block.kind !== 'comment') words = '-';
  }
  return items;
});

const asksForValues = sift(
  /\b(?:retrieve|collect|gather|obtain|get|need|needs|needed|provide|ask|identify|determine|note|require[sd]?|fill in|supply|set|record|know)\b[^.]*\b(?:parameters?|inputs?|variables?|values?|arguments?|details)\b[^.]*:?\s*$/i,
);
const namesValues = /^(?:required |input )?(?:parameters?|inputs?|variables?|arguments?)\b/i;

/** "Parameters:", "Required inputs": a line that is nothing but the name of the list. */
const announcesValues = /^(?:(?:required|input|run) )?(?:parameters|inputs|variables)\s*:?$/i;

function fromFrontMatter(guide: Guide, entry: DeclaredParameter): Parameter {
  const { name, span, type, description, examples, pattern, secret } = entry;
  return {
    name,
    type: knownType(type) ?? typeOfValue(entry.default) ?? inferType(name, description ?? ''),
    ...(description !== undefined && { description }),
    ...(entry.default !== undefined && { default: entry.default }),
    ...(examples !== undefined && { examples }),
    ...(pattern !== undefined && { pattern }),
    required: entry.required ?? entry.default === undefined,
    secret: secret ?? false,
    origin: 'declared',
    source: sourceOf(guide, span),
  };
}

/** `- \`region\`: The affected region (e.g., \`us-east\`)`: a name in back-ticks, a colon or dash, and what it is. */
const fromItem = onceFor((item: Item): (Omit<Parameter, 'source'> & { readonly span: Span }) | null => {
  const first: Block | undefined = item.blocks[0];
  if (first?.kind !== 'paragraph') return null;
  const { prose } = first;
  const code = prose.codes[0];
  if (code?.start !== 0) return null;
  const name = prose.plain.slice(0, code.end).replace(/^[<{$]+|[>}]+$/g, '');
  const rest = prose.plain.slice(code.end);
  if (!/^[A-Za-z_][\w-]{0,60}$/.test(name) || !/^\s*(?:$|[:–—(-])/.test(rest)) return null;
  const description = rest.replace(/^\s*[:–—-]+\s*/, '').trim();
  const type = inferType(name, description);
  // A list has no place to say so.
  const secret = seemsSecret(name);
  const usual =
    type === 'string' && !secret ? prose.codes.slice(1).find((mark) => isDefault(prose.plain, mark)) : undefined;
  const preset = usual ?? (type === 'string' && !secret ? bareDefault(prose.plain) : undefined);
  const examples = prose.codes
    .slice(1)
    .flatMap((mark) => (mark === usual ? [] : [prose.plain.slice(mark.start, mark.end)]));
  return {
    name,
    type,
    ...(description !== '' && { description }),
    ...(preset && { default: prose.plain.slice(preset.start, preset.end) }),
    ...(examples.length > 0 && { examples }),
    required: !preset && !/\boptional\b/i.test(description),
    secret,
    origin: 'declared',
    span: sourceSpan(prose, code.start, code.end),
  };
});

/** "Default: `orders`.", "(defaults to `orders`)": what the list says of it, and not what follows from it ("by default `x` is skipped"). */
function isDefault(text: string, { start, end }: Span): boolean {
  return (
    /(?<!\b(?:no|not|without|old|former|previous|its|their|'s)\s+(?:a\s+)?)\bdefault(?:s\s+to|\s+is|\s+value(?:\s+is)?|s)?\s*[:=]?\s*$/i.test(
      text.slice(Math.max(0, start - 60), start),
    ) && /^\s*(?:$|[).,;\]])/.test(text.slice(end))
  );
}

/** "Default: 3.", "(defaults to eu-1)": without back-ticks only what is plainly a value, as "none" and "the newest" tell something about it. */
function bareDefault(text: string): Span | undefined {
  const value =
    /\bdefault[\s\w]{0,12}[:=]?\s+((?:true|false|(?=[\w:/+.-]*\d)[+-]?\w[\w:/+-]*(?:\.[\w:/+-]+)*)(?![\w%]))/gi;
  for (const match of allMatches(text, value)) {
    const end = match.index + match[0].length;
    const span = { start: end - (match[1] ?? '').length, end };
    if (isDefault(text, span)) return span;
  }
  return undefined;
}

const types: readonly ParameterType[] = ['string', 'number', 'integer', 'boolean', 'timestamp', 'duration'];
const typeNames: Readonly<Record<string, ParameterType>> = {
  text: 'string', str: 'string', int: 'integer', float: 'number', double: 'number', bool: 'boolean',
  date: 'timestamp', datetime: 'timestamp', time: 'timestamp',
}; // prettier-ignore

function knownType(type: string | undefined): ParameterType | null {
  const word = (type ?? '').toLowerCase();
  return types.find((known) => known === word) ?? typeNames[word] ?? null;
}

function typeOfValue(value: DeclaredParameter['default']): ParameterType | null {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'boolean' ? 'boolean' : null;
}

/** Only times are told by their name: anything else that looks like a number may well be written as text. */
function inferType(name: string, description: string): ParameterType {
  const isTime = /(?:^|_)(?:time|timestamp|datetime)$/i.test(name) || /(?:Time|Timestamp)$/.test(name);
  return isTime &&
    !/\b(?:seconds|minutes|hours|duration|zone)\b(?! (?:ago|before|after|earlier))/i.test(stripShift(description))
    ? 'timestamp'
    : 'string';
}

/** "minus 2 hours" moves a time; it does not make it a duration. */
function stripShift(description: string): string {
  return description.replace(/\b(?:minus|plus|less|[-+])\s*\d+\s*\w+/gi, '');
}

/** Adds the names that only actions mention. */
export function withPlaceholders(
  guide: Guide,
  declared: readonly Parameter[],
  actions: readonly Action[],
  replacements: readonly Replacement[],
): Parameter[] {
  const described = new Map(replacements.map(({ name, description }) => [name, description]));
  const found = new Map(declared.map((parameter) => [parameter.name, parameter]));
  for (const { placeholders } of actions) {
    for (const { parameter: name, span } of placeholders) {
      if (found.has(name)) continue;
      const description = described.get(name);
      found.set(name, {
        name,
        type: inferType(name, description ?? ''),
        ...(description !== undefined && { description }),
        required: true,
        secret: seemsSecret(name) && !namesObject(guide, span),
        origin: 'placeholder',
        source: sourceOf(guide, span),
      });
    }
  }
  return [...found.values()];
}

/** `kubectl get secret <secret>` asks for the name of one. */
function namesObject(guide: Guide, { start }: Span): boolean {
  return /\bsecrets?[\s/=]+["']?$|-(?:-secret(?:-(?:name|id))?)[\s=]+["']?$/i.test(
    textOf(guide).slice(Math.max(0, start - 40), start),
  );
}
