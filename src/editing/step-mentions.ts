// Finds where sentences name steps: by number ("Step 3", "Steps 2, 3 and 5", "go to 4"), by title, by name in a guard
// (`steps.Step3`). A number that several steps have means the one that the sentence's edge leads to, else the one nearby.
import { allMatches, type Span } from '../base/index.ts';
import { sourceSpan, type Prose } from '../guide/index.ts';
import type { NodeId } from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { flatGuide, type FlatGuide } from './flat-guide.ts';
import type { Occurrence, StepRange } from './occurrences.ts';
import { edgesAt, nodeAt } from './places.ts';
import { writtenSteps, type WrittenStep } from './step-names.ts';

const number = String.raw`\d{1,6}(?:\.\d{1,6}){0,5}[a-z]?\b`;
const between = String.raw`\s*(?:,\s*(?:and\s+|or\s+)?|\b(?:and|or|through|thru|to|until)\b\s*|[-–—&]\s*)(?:steps?\s+)?`;
const worded = new RegExp(
  String.raw`\b(steps?|phases?|stages?|tasks?|sections?)\s*#?\s*(${number})((?:${between}${number})*)`,
  'gi',
);
const bare = new RegExp(
  String.raw`\b(?:go|jump|skip|return)(?:\s+back)?\s+to\s+#?(${number})(?=\s*(?:[.,;:)]|$))`,
  'gi',
);
/** In a drawing: "→ Proceed to 3.2". */
const drawn = new RegExp(
  String.raw`\b(?:steps?|phases?|stages?|tasks?|sections?|(?:go|jump|skip|return|proceed|continue|move)(?:\s+(?:back|on))?\s+(?:to|with|at))\s*#?\s*(${number})`,
  'gi',
);
const elsewhere = /^["'”’)\]*_]{0,3}\s+(?:of|in|from)\s+(?:the|that|a|an|another)\b/i;
const ranging = /\b(?:through|thru|to|until)\b|[-–—]/i;

type Read = Pick<Analysis, 'guide' | 'plan'>;

export function stepMentions(analysis: Read): { mentions: Occurrence[]; ranges: StepRange[] } {
  const { guide } = analysis;
  const steps = indexSteps(analysis);
  const mentions: Occurrence[] = [];
  const ranges: StepRange[] = [];
  const add = (node: NodeId, form: Occurrence['form'], span: Span, access?: Span): void => {
    mentions.push({ symbol: { kind: 'step', node }, role: 'mention', form, span, ...(access && { access }) });
  };
  for (const prose of flatGuide(guide).proses) {
    const { plain } = prose;
    if (/\d/.test(plain)) {
      for (const match of allMatches(plain, worded)) {
        const inCode = prose.codes.some(({ start, end }) => start <= match.index && match.index < end);
        if (!inCode) readNumbers(prose, match, steps, add, ranges);
      }
      for (const match of allMatches(plain, bare)) {
        const [all, written = ''] = match;
        const span = spanAt(prose, match.index + all.length - written.length, written.length);
        const node = steps.byNumber(written, 'step', span.start);
        if (node !== undefined) add(node, 'number', span);
      }
    }
    for (const mark of prose.codes) readCode(prose, mark.start, mark.end, steps, add);
  }
  for (const { span } of drawings(analysis)) {
    for (const match of allMatches(guide.text.slice(span.start, span.end), drawn)) {
      const [all, written = ''] = match;
      const end = span.start + match.index + all.length;
      const place = { start: end - written.length, end };
      const node = steps.byNumber(written, 'step', place.start);
      if (node !== undefined) add(node, 'number', place);
    }
  }
  for (const { span, node } of titlesInJumps(analysis)) add(node, 'title', span);
  return { mentions, ranges };
}

/** Blocks of text that are read as part of the plan: edges come from there. */
function drawings({ guide, plan }: Read): FlatGuide['codes'] {
  const starts = plan.edges.flatMap(({ source }) => source?.span.start ?? []);
  const texts = flatGuide(guide).codes.filter(
    (code) => code.kind === 'code' && /^(?:|text|txt|plain\w*|ascii|mermaid)$/i.test(code.language ?? ''),
  );
  return texts.filter(({ span }) => starts.some((at) => span.start <= at && at < span.end));
}

function spanAt(prose: Prose, start: number, length: number): Span {
  return sourceSpan(prose, start, start + length);
}

type Add = (node: NodeId, form: Occurrence['form'], span: Span, access?: Span) => void;

function readNumbers(prose: Prose, match: RegExpExecArray, steps: StepIndex, add: Add, ranges: StepRange[]): void {
  const [all, word = '', first = '', rest = ''] = match;
  const { plain } = prose;
  const many = word.toLowerCase().endsWith('s');
  // "Step 2 and 3 replicas": only a plural, or an end right after, makes the second number a step's.
  const end = match.index + all.length;
  const after = plain.slice(end, end + 24);
  const taken = many || /^\s*(?:$|[.,;:!)]|in\b)/.test(after) ? rest : '';
  if (elsewhere.test(taken === rest ? after : plain.slice(end - rest.length, end + 24))) return;
  const one = word.toLowerCase().replace(/s$/, '');
  let at = match.index + all.length - rest.length - first.length;
  let previous: { readonly node: NodeId; readonly start: number } | null = null;
  const take = (written: string, joint: string): void => {
    const span = spanAt(prose, at, written.length);
    const node = steps.byNumber(written, one, span.start);
    if (node !== undefined) {
      add(node, 'number', span);
      if (previous && ranging.test(joint))
        ranges.push({ from: previous.node, to: node, span: { start: previous.start, end: span.end } });
    }
    previous = node === undefined ? null : { node, start: span.start };
  };
  take(first, '');
  let from = 0;
  for (const next of allMatches(taken, new RegExp(number, 'gi'))) {
    at = end - rest.length + next.index;
    take(next[0], taken.slice(from, next.index));
    from = next.index + next[0].length;
  }
}

/** Names of nodes in guards, a node's name alone, and titles of several words. */
function readCode(prose: Prose, start: number, end: number, steps: StepIndex, add: Add): void {
  const code = prose.plain.slice(start, end);
  const alone = steps.byId(code);
  if (alone !== undefined) add(alone, 'id', spanAt(prose, start, code.length));
  for (const match of allMatches(code, /\bsteps(?:\.(\w+)|\[['"]([\w.]+)['"]\])/g)) {
    const name = match[1] ?? match[2] ?? '';
    const node = steps.byId(name);
    if (node === undefined) continue;
    const at = start + match.index + match[0].lastIndexOf(name);
    const from = start + match.index + 'steps'.length;
    add(node, 'id', spanAt(prose, at, name.length), spanAt(prose, from, match[0].length - 'steps'.length));
  }
  const titled = /\s/.test(code) ? steps.byTitle(code) : undefined;
  if (titled !== undefined) add(titled, 'title', spanAt(prose, start, code.length));
}

/** A jump may name its step by the title, with or without quotes. */
function titlesInJumps({ guide, plan }: Read): { span: Span; node: NodeId }[] {
  const titles = new Map(plan.nodes.map(({ id, title }) => [id, title.toLowerCase()]));
  return plan.edges.flatMap(({ to, source }) => {
    const title = titles.get(to) ?? '';
    if (!source || title.length < 3 || to === 'end') return [];
    const words = sought(guide.text.slice(source.span.start, source.span.end));
    const jump = words.search(/\b(?:go|proceed|continue|skip|jump|return|move|head|switch)\b/);
    const at = jump < 0 ? -1 : words.indexOf(title, jump);
    if (at < 0 || /\w/.test(words[at - 1] ?? '') || /\w/.test(words[at + title.length] ?? '')) return [];
    const start = source.span.start + at;
    return [{ span: { start, end: start + title.length }, node: to }];
  });
}

/** The text in lower case, character for character, with blanks for where links lead: an anchor is no title. */
function sought(text: string): string {
  const lower = text.toLowerCase();
  const same = lower.length === text.length ? lower : text;
  return same.replace(/\]\([^()\n]*\)/g, (link) => ' '.repeat(link.length));
}

interface StepIndex {
  /** `near` is the offset of the mention. */
  byNumber(number: string, word: string, near: number): NodeId | undefined;
  byId(id: string): NodeId | undefined;
  byTitle(title: string): NodeId | undefined;
}

function indexSteps(analysis: Read): StepIndex {
  const { plan } = analysis;
  const numbers = new Map<string, WrittenStep[]>();
  const titles = new Map<string, NodeId | null>();
  const ids = new Set<NodeId>();
  for (const written of writtenSteps(analysis).values()) {
    const { node } = written;
    ids.add(node.id);
    const short = node.id.replace(/^Step/, '').toLowerCase();
    for (const name of new Set([written.number?.toLowerCase(), short])) {
      if (name !== undefined) numbers.set(name, [...(numbers.get(name) ?? []), written]);
    }
    const title = plainTitle(node.title);
    titles.set(title, titles.has(title) ? null : node.id);
  }
  const byNumber = (written: string, word: string, near: number): NodeId | undefined => {
    const candidates = numbers.get(written.toLowerCase()) ?? [];
    const [only] = candidates;
    if (!only) return undefined;
    const usual = word === 'step' || only.word?.toLowerCase() === word;
    if (candidates.length === 1 && usual) return only.node.id;
    const targets = new Set(edgesAt(plan, near).map(({ to }) => to));
    const led = candidates.find(({ node }) => targets.has(node.id));
    if (led) return led.node.id;
    if (!usual) return undefined;
    const parent = parentOf(nodeAt(plan, near)?.id ?? '');
    const nearby = candidates.filter(({ node }) => parentOf(node.id) === parent);
    const exact = candidates.find(({ node }) => node.id.toLowerCase() === `step${written.toLowerCase()}`);
    return (nearby.length === 1 ? nearby[0] : exact)?.node.id;
  };
  return {
    byNumber,
    byId: (id) => (ids.has(id) ? id : undefined),
    byTitle: (title) => titles.get(plainTitle(title)) ?? undefined,
  };
}

function parentOf(id: NodeId): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('.')));
}

function plainTitle(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
