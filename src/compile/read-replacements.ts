// Reads which words of the code stand for a value that the reader has: "replace `my-cluster` with your cluster name", "substitute the
// pool for POOL_ID", "where `NODE` is the name of the node". Where the new text is given word for word (`foo` with `bar`), or a
// file or an object is to be changed, it is an edit and something to do.
import { sift, allMatches, onceFor, type Span } from '../base/index.ts';
import { sentencesOf, type Block, type Guide, type Prose } from '../guide/index.ts';
import { inSections } from './in-sections.ts';

/** A word of the code that stands for a value. */
export interface Replacement {
  /** As it stands in the code. */
  readonly token: string;
  /** The parameter's name. */
  readonly name: string;
  /** What it stands for, in the author's words. */
  readonly description: string;
}

/** The replacements that a guide describes; the first of a word counts. */
export function replacementsIn(guide: Guide): readonly Replacement[] {
  const found = new Map<string, Replacement>();
  const taken = new Set<string>();
  for (const { token, description } of described(guide.root)) {
    if (found.has(token)) continue;
    const short = /^[\d.:]+$/.test(token) ? nameOf(description) : shortName(token);
    const name = taken.has(short) ? plainName(token) : short;
    taken.add(name);
    found.set(token, { token, name, description });
  }
  return [...found.values()];
}

/** `<pod name>`, `$POD` and `{pod}` are placeholders by themselves, under these names. */
function plainName(token: string): string {
  return token
    .replace(/^[<{$%[]+|[>}%\]]+$/g, '')
    .trim()
    .replace(/[^\w-]+/g, '_');
}

/** `my-cluster` and `YOUR_CLUSTER` are the cluster. */
function shortName(token: string): string {
  const plain = plainName(token);
  if (!/^[\w.-]+$/.test(token)) return plain;
  const name = plain.replace(/^(?:my|your|the|sample|some)[-_]+(?=[a-z])/i, '').replaceAll('-', '_');
  return /^[A-Z\d_]+$/.test(name) && name !== plain ? name.toLowerCase() : name;
}

/** An address has no words of its own: "your server's address" is the server's. */
function nameOf(description: string): string {
  const words = description.replace(/^(?:your|the|one\s+of)\s+|['’]s\b/gi, '').match(/[A-Za-z]\w*/g) ?? [];
  return words.slice(0, 3).join('_').toLowerCase();
}

type Described = Omit<Replacement, 'name'>;

const described = inSections((section): readonly Described[] => {
  const found: Described[] = [];
  const visit = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.kind === 'paragraph') found.push(...describedIn(block.prose));
      else if (block.kind === 'list') for (const item of block.items) visit(item.blocks);
      else if (block.kind === 'quote') visit(block.blocks);
    }
  };
  visit(section.blocks);
  return found;
});

const verb = String.raw`(?:replac(?:e|ing)|substitut(?:e|ing)|chang(?:e|ing))`;
const noun = String.raw`(?:placeholders?|variables?|values?|parameters?|strings?|text|name)`;
const before = new RegExp(
  String.raw`\b${verb}\s+(?:the\s+)?(?:(?:example|sample|dummy)\s+)?(?:${noun}\s+)?["'“]?$`,
  'i',
);
const behind = new RegExp(
  String.raw`^["'”]?\s+(?:${noun}\s+)?(?:(?:above|below|in\s+the\s+(?:above\s+|following\s+)?(?:commands?|quer(?:y|ies)|examples?|scripts?|code)(?:\s+(?:above|below))?)\s+)?(with|by|for|to)\s+`,
  'i',
);
/** The reader's own value, or one that is looked up: not a new thing that is to take an old one's place. */
const own =
  /^(?:(?:your|the|each|whatever|whichever|one\s+of\s+(?:the|your)|an?\s+(?:valid|actual|appropriate|real))\s+)(?!(?:new|old|spare|latest|following|previous|default|same|correct\s+version|contents?\s+of|output\s+below|updated|fixed|empty)\b)/i;
const another = /^(?:,\s*|\s+)(?:and|or|,)?\s*(?:the\s+)?$/i;
const isWhere = /(?:^|[\s,(;])where\s+(?:the\s+)?["'“]?$/i;
/** What is changed is a file or an object, not the command that the reader is about to run. */
const edits =
  /\bin\s+(?:the\s+|your\s+|this\s+|its\s+)?(?:[\w./-]+\s+){0,3}?(?:files?|manifests?|config\w*|yaml|json|spec|deployments?|values|secrets?|dns|records?|annotations?|labels?|settings|tables?|databases?|repo\w*|charts?|dashboards?|code\s?base)\b|\/etc\//i;
const clauseEnd =
  /[.;:!?](?:\s|$)|\s[–—(]|,\s(?:and\s+)?(?=(?:then|replac\w+|substitut\w+|run|execute|which|where|if|when|so)\b)|\s(?:and|or)\s+(?=(?:then|replac\w+|substitut\w+|run|execute)\b)|\n/i;

const speaksOfReplacing = sift(
  /\b(?:replac(?:e|ing)|substitut(?:e|ing)|chang(?:e|ing)|put(?:ting)?)\b|\bwhere\s(?=[^.]{1,90}\s(?:is|stands|represents|denotes)\s)/i,
);

const describedIn = onceFor((prose: Prose): readonly Described[] => {
  const { plain } = prose;
  if (!speaksOfReplacing.test(plain)) return [];
  const found: Described[] = [];
  for (const { start, end } of sentencesOf(prose)) {
    const text = plain.slice(start, end);
    if (!speaksOfReplacing.test(text) || /^\W*(?:if|when|unless|once)\b/i.test(text) || edits.test(text)) continue;
    const tokens = tokensIn(prose, start, end);
    let last = -1;
    for (const [index, token] of tokens.entries()) {
      const head = text.slice(Math.max(0, last), token.start);
      const tail = text.slice(token.end);
      const next = tokens[index + 1];
      const words = wordsFor(head, tail, last >= 0);
      if (!words) continue;
      const from = token.end + words.at;
      const until = next ? Math.min(text.length, Math.max(from, next.start)) : text.length;
      const isLiteral = prose.codes.some(
        (code) => code.start - start >= from && /^(?:\W*\w+){0,1}\W*$/.test(text.slice(from, code.start - start)),
      );
      if (isLiteral) continue;
      const description = clause(text.slice(from, until));
      if (description === '') continue;
      found.push({ token: token.text, description });
      last = from + description.length;
    }
    found.push(...putFor(text, tokens));
  }
  return found;
});

/** Where the words for a token begin behind it, if there are any. */
function wordsFor(head: string, tail: string, goesOn: boolean): { readonly at: number } | null {
  if (isWhere.test(head)) {
    const is = /^["'”]?\s+(?:is|stands\s+for|represents|denotes)\s+/.exec(tail);
    return is && /^(?:your|the|one\s+of)\s/i.test(tail.slice(is[0].length)) ? { at: is[0].length } : null;
  }
  const link = behind.exec(tail);
  if (!link) return null;
  const rest = tail.slice(link[0].length);
  const isSaid = before.test(head) || (goesOn && another.test(head));
  if (!isSaid || !own.test(rest)) return null;
  const word = link[1]?.toLowerCase() ?? '';
  const changes = /\bchang(?:e|ing)\b/i.test(head);
  if (changes ? word !== 'to' || !/^your\s/i.test(rest) : word === 'to') return null;
  return { at: link[0].length };
}

/** "Substitute the pool name for $MCP_NAME", "put its name for POOL". */
function putFor(text: string, tokens: readonly Token[]): Described[] {
  const put = /\b(?:substitut(?:e|ing)|put(?:ting)?)\s+((?:your|the|its)\s+[\w\s'’-]{2,60}?)\s+for\s+$/i;
  return tokens.flatMap(({ text: token, start }) => {
    const words = put.exec(text.slice(0, start))?.[1];
    return words === undefined ? [] : [{ token, description: clause(words) }];
  });
}

function clause(words: string): string {
  const end = clauseEnd.exec(words)?.index ?? words.length;
  return words
    .slice(0, end)
    .replace(/[\s,;:.]+(?:and|or)?\s*$/i, '')
    .replace(/\s+/g, ' ')
    .trim();
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Inline code, and bare words that are no words of the language: `YOUR_NAME`, `NodeName`, `dapr-system`, `10.0.0.1`. */
const bareToken =
  /<[A-Za-z][\w -]{0,58}>|\$\{?[A-Za-z_]\w{0,60}\}?|%[A-Za-z_]\w{0,60}%|(?<![\w./-])(?:[A-Z][A-Z\d]*(?:[_-][A-Z\d]+)+|[A-Z][a-z]+[A-Z]\w*|[a-z]+[A-Z]\w*|[a-z\d]+(?:[-_.][a-z\d]+)+)(?![\w/])/g;

function tokensIn({ plain, codes }: Prose, start: number, end: number): readonly Token[] {
  const marked = codes
    .filter((code) => code.start >= start && code.end <= end)
    .map((code) => ({ text: plain.slice(code.start, code.end), start: code.start - start, end: code.end - start }));
  const bare = allMatches(plain.slice(start, end), bareToken)
    .map(({ 0: text, index }) => ({
      text,
      start: index,
      end: index + text.length,
    }))
    .filter((one) => !marked.some((mark) => mark.start < one.end && one.start < mark.end));
  return [...marked, ...bare]
    .map((token) => ({ ...token, text: token.text.replace(/^["']|["']$/g, '') }))
    .filter(({ text }) => isToken(text))
    .sort((a, b) => a.start - b.start);
}

/** A plain word (`image`) is in commands for other reasons too. */
function isToken(text: string): boolean {
  return (
    text.length > 1 && text.length <= 80 && !/^[a-z]+$|^\d+$|^-|[\n;|&]|\s-/.test(text) && !/^\S+\s.*\s\S+$/.test(text)
  );
}

/** Where a replacement's word stands in code. */
export function placesOfToken(code: string, token: string): readonly Span[] {
  const places: Span[] = [];
  for (let at = code.indexOf(token); at >= 0; at = code.indexOf(token, at + token.length)) {
    const end = at + token.length;
    const isWhole = !/[\w-]/.test(code[at - 1] ?? ' ') && !/[\w-]/.test(code[end] ?? ' ');
    // `NodeName="…"` and `"NodeName": …` name what the value is of.
    if (isWhole && !/^["']?\s*(?:=|:\s)/.test(code.slice(end, end + 20))) places.push({ start: at, end });
  }
  return places;
}

/** `ZONE="zone-1"   # replace with your zone`: the text between the quotes stands for a value that is named like its variable. */
export function valuesToReplace(code: string): readonly (Span & { readonly name: string })[] {
  return allMatches(code, toReplace).map(({ 0: whole, 1: head = '', 2: name = '', 3: value = '', index }) => {
    const start = index + whole.indexOf(value, head.length);
    return { name, start, end: start + value.length };
  });
}

const toReplace =
  /^([ \t]*(?:export[ \t]+)?\$?([A-Za-z_]\w*)[ \t]*=[ \t]*["'])([^"'$`{}<>\\\n]{1,120})["'][ \t]*;?[ \t]*#[\W]{0,6}(?:replace|substitute|change|update|set|adjust)[ \t]+(?:(?:this|it)[ \t]+)?(?:with|to|by|for)[ \t]+(?:your|the)[ \t]+(?!new\b|old\b|same\b|following\b)\w/gim;

const declaration = new RegExp(
  String.raw`^\W*(?:[Pp]lease\s+|[Bb]e\s+sure\s+to\s+|[Mm]ake\s+sure\s+(?:to\s+|you\s+))?(?:[Rr]eplace|[Ss]ubstitute|[Cc]hange)\s+(?:the\s+)?(?:${noun}\s+)?["'“]?(?:<[\w -]+>|\$\{?\w+\}?|\{\w+\}|%\w+%|(?:my|your|MY|YOUR)[-_]\w[\w.-]*|[A-Z][A-Z\d]*(?:[_-][A-Z\d]+)+)["'”]?\s+(?:${noun}\s+)?(?:with|by|for|to)\s+(?:the|your)\s|^\W*[Cc]hange\s+\d+(?:\.\d+){3}\s+to\s+your\s`,
);

/** True for a sentence that only says what a placeholder stands for, which is nothing to do. */
export function onlyDeclaresValue(text: string): boolean {
  return (
    declaration.test(text) && !/\b(?:then|run|execute|restart|apply|save|delete)\b/i.test(text) && !edits.test(text)
  );
}
