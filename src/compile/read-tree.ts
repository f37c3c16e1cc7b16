// Reads a decision tree that is drawn with text: questions with answers on their branches become boxes and ways. Anything
// else that is drawn like a tree (folders, processes, resources) is none: there must be a question or a condition with answers.
import type { Span } from '../base/index.ts';
import {
  bareWords,
  endingOf,
  handsOver,
  numberedGoal,
  type Drawing,
  type DrawnBox,
  type DrawnGoal,
  type DrawnWay,
  type DrawnWords,
} from './drawing.ts';
import { isImperative } from './imperative.ts';
import { answerFirst, readTreeLines, type TreeItem } from './tree-lines.ts';

/** A drawing; or why a text that asks and answers was not read as one; null when it decides nothing. */
export type TreeReading = { readonly drawing: Drawing } | { readonly reason: string } | null;

/** More lines than anyone draws by hand. */
const mostLines = 400;
const longest = 40_000;
const longestLine = 400;
const deepest = 60;

const asks = /\?(?:[\s│|║┃)\]:]|$)/;
/** A question at the end of a line, of a box or before an arrow. */
const endsAsking = /\?[)\]]?[ \t]*(?:$|[│|┃║]|[-─=]*[→>►▶]|--|──)/u;
const severalWords = /\p{L}\S*\s+\S/u;

function drawsQuestion(code: string): boolean {
  return code.split('\n').some((line) => {
    const at = line.indexOf('?');
    return at > 0 && endsAsking.test(line.slice(at)) && severalWords.test(line.slice(0, at));
  });
}

/** An answer that a line or a stroke leads to, and that leads on. */
const answer = (words: string): string =>
  String.raw`(?:^|[\s│|├└─┬┴┌┐+\\/>►▼([-])(?:${words})(?=[ \t]*(?:[)\]:,→►▶│|┃─]|--|-+>|$|[ \t]{2,}))`;
const drawsYes = new RegExp(answer('yes|true'), 'imu');
const drawsNo = new RegExp(answer('no|false'), 'imu');
const strokes = /[├└│▼↓→►─┌]|[|+`\\]--|-->|->|=>|^[ \t]*[|v/\\](?:[ \t]+[|v/\\])*[ \t]*$/m;
const table =
  /^[ \t]*\+(?:[-=]+\+){2,}[ \t]*$|^[ \t]*-+(?:\+-+)+[ \t]*$|^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[-| :]*$|[├╟╠][─═]+[┼╪╬]/m;

/** `IF …`, and on a line below it `THEN …` or `ELSE …`. */
const pseudoCode = /^[ \t]*IF[ \t]+\p{L}[^\n]*\n(?:[^\n]*\n)*?[ \t]*(?:THEN|ELSE)(?:[ \t:]|$)/mu;

/** True for a text that draws questions and answers, whether or not its lines can be followed. */
function drawsDecision(code: string): boolean {
  return strokes.test(code) && drawsQuestion(code) && drawsYes.test(code) && drawsNo.test(code) && !table.test(code);
}

/** Reads the text of a fence; `isPlace` tells whether the guide has a place of some name. */
export function readTree(code: string, isPlace: (name: string) => boolean): TreeReading {
  if (code.length > longest || (!asks.test(code) && !/\b(?:if|otherwise)\b/i.test(code))) return null;
  const lines = code.split('\n', mostLines + 1);
  if (lines.length > mostLines || lines.some((line) => line.length > longestLine)) return null;
  if (pseudoCode.test(code) && !/[;{}=]|\bend\b/i.test(code)) return { reason: 'pseudo-code is not read' };
  const refuse = (reason: string): TreeReading => (drawsDecision(code) ? { reason } : null);
  const tree = readTreeLines(code);
  if ('reason' in tree) return refuse(tree.reason);
  const reader = new TreeReader(code, isPlace);
  const drawing = reader.read(tree.roots);
  if (!reader.isDecided)
    return reader.asksOnce
      ? { reason: 'its question has one answer only' }
      : refuse('no answers were found on its branches');
  return drawing ? { drawing } : { reason: reader.reason };
}

/** What a branch says: when it is taken, and what is done then. */
interface Branch {
  readonly item: TreeItem;
  readonly condition: Span;
  /** Words behind the condition; null when what is done stands below it. */
  readonly rest: Span | null;
  /** Yes, no, if or otherwise: nothing else can be meant. */
  readonly isSure: boolean;
}

class Refusal extends Error {}

const arrow = /[ \t]+[-=~]+>[ \t]*|[-=~]+>[ \t]+|(?<=^\W*(?:yes|no)\W?)[-=]+>|[ \t]*(?:[-─━]*[►▶→⇒➜⟶]|[─━]+>)[ \t]*/iu;
const goesOn =
  /^(?:(?:continue|proceed|go\s+on|move\s+on|next|carry\s+on|keep\s+going)(?:\s+(?:on|below|down|checking|to\s+(?:the\s+)?next(?:\s+(?:check|step|question))?|with\s+(?:the\s+)?next(?:\s+(?:check|step|question))?))?|next\s+(?:check|step|question)|ok(?:ay)?,?\s+continue|continue\s+checking\b.*)$/i;
const goesTo =
  /^(?:(?:go|jump|skip|proceed|continue|return|move|back|see|follow|refer)\s+(?:back\s+|on\s+|straight\s+|directly\s+)?(?:to\s+|with\s+|at\s+)?)?(?:the\s+)?(.+?)(?:\s+(?:below|above|section))?$/i;
/** "Restart it, then go to 2" */
const thenGoes = /,?\s+(?:(?:and\s+)?then|and)\s+((?:go|return|jump|continue|proceed)\b.*)$/i;
/** "Document and close": what is to be done, and then the end. */
const closes =
  /\S\s+and\s+(?:then\s+)?(?:close|stop|exit|end|finish)(?:\s+(?:it|here|(?:the|this)\s+(?:incident|ticket|alert|case|investigation)))?$|^stop\s*[.!:;,—–]/i;
const isQuestion = /\?[)\]]?\s*$|^(?:is|are|was|were|does|do|did|has|have|can|could|will|which)\s\S.*\?/i;

class TreeReader {
  /** Some question has two answers, or two questions have one. */
  isDecided = false;
  reason = '';
  readonly #code: string;
  readonly #isPlace: (name: string) => boolean;
  readonly #boxes: DrawnBox[] = [];
  readonly #ways: DrawnWay[] = [];
  /** `2. Is it reachable?` in the drawing itself is what "go to 2" means there. */
  readonly #ownNumbers = new Map<string, { readonly goal: DrawnGoal; readonly isStep: boolean }>();
  #depth = 0;
  #single = 0;
  /** "Continue" stands on some branch: what does not say so is done with the tree. */
  #continues = false;

  constructor(code: string, isPlace: (name: string) => boolean) {
    this.#code = code;
    this.#isPlace = isPlace;
  }

  /** One question has one answer. */
  get asksOnce(): boolean {
    return this.#single > 0;
  }

  read(all: readonly TreeItem[]): Drawing | null {
    const roots = all.filter((root, at) => !this.#onlyNames(root, at, all));
    this.#decide(roots);
    for (const { span } of roots) {
      const [, word = '', number] = /^(?:(step|check|question)\s+|q)?(\d{1,3})\s*[.):]\s/i.exec(this.#text(span)) ?? [];
      const goal: DrawnGoal = { kind: 'box', id: `at${span.start}` };
      if (number !== undefined) this.#ownNumbers.set(`step ${number}`, { goal, isStep: /^step$/i.test(word) });
    }
    if (!this.isDecided) return null;
    try {
      let behind: DrawnGoal = { kind: 'behind' };
      // From the last, since the one before leads on to it; boxes come in the order of the text all the same.
      const parts: DrawnBox[][] = [];
      for (const root of [...roots].reverse()) {
        const before = this.#boxes.length;
        const goal = this.#enter(root, behind, this.#continues ? { kind: 'behind' } : behind);
        if (goal.kind !== 'box') throw new Refusal('its first line is no question');
        parts.unshift(this.#boxes.slice(before));
        behind = goal;
      }
      const boxes = parts.flat().sort((a, b) => a.span.start - b.span.start);
      if (boxes.length === 0) throw new Refusal('it has nothing to decide');
      const order = new Map(boxes.map(({ id }, at) => [id, at]));
      const orderOf = ({ from }: DrawnWay): number => (from.kind === 'box' ? (order.get(from.id) ?? 0) : 0);
      return { boxes, ways: [...this.#ways].sort((a, b) => orderOf(a) - orderOf(b)) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.reason = error.message;
      return null;
    }
  }

  /** "Decision tree:" above the first question, and notes below the last. */
  #onlyNames(root: TreeItem, at: number, all: readonly TreeItem[]): boolean {
    if (root.children.length > 0 || isQuestion.test(this.#text(root.span))) return false;
    return all.length > 1 && (at === 0 || /^\(|:$/.test(this.#text(root.span)));
  }

  /** Looks whether anything is decided at all, before anything is taken for a mistake. */
  #decide(items: readonly TreeItem[]): void {
    for (const item of items) {
      const branches = this.#branches(item);
      if (branches) {
        const sure = branches.filter(({ isSure }) => isSure).length;
        const isAsked = this.#asks(item);
        const leads = branches.some(({ rest, item: { label } }) => rest !== null || label !== null);
        const answered = sure > 1 || branches.some((one) => this.#settles(one));
        const isNested = branches.some(({ item: { children } }) => children.length > 0);
        if (branches.length > 1 && (isAsked ? leads || isNested : leads && answered)) this.isDecided = true;
        if (branches.length === 1 && sure === 1 && isAsked && ++this.#single > 1) this.isDecided = true;
        this.#continues ||= branches.some(({ rest }) => rest !== null && goesOn.test(bareWords(this.#text(rest))));
      }
      this.#decide(item.children);
    }
  }

  /** "Continue", "done", "escalate": a branch that says so is an answer. */
  #settles({ rest }: Branch): boolean {
    const words = rest === null ? '' : bareWords(this.#text(rest));
    return goesOn.test(words) || endingOf(words) !== null || handsOver(words);
  }

  /** Where whoever comes to these words goes; makes their boxes. `leave` is where a branch goes that says nothing of it. */
  #enter(item: TreeItem, behind: DrawnGoal, leave: DrawnGoal, words: Span = item.span): DrawnGoal {
    if (++this.#depth > deepest) throw new Refusal('it is too deep');
    try {
      const pieces = this.#pieces(words, item);
      const last = pieces.length - 1;
      let goal: DrawnGoal | null = null;
      for (let at = last; at >= 0; at--) {
        const piece = pieces[at];
        if (!piece) continue;
        goal =
          at === last
            ? this.#last(item, piece, behind, leave)
            : this.#box({ ...item, details: [], children: [] }, piece, goal ?? leave);
      }
      return goal ?? leave;
    } finally {
      this.#depth--;
    }
  }

  /** The last of the words on a line: what hangs on the line hangs on them. */
  #last(item: TreeItem, words: Span, behind: DrawnGoal, leave: DrawnGoal): DrawnGoal {
    const branches = this.#branches(item);
    const below = item.children.filter(({ isBranch, label }) => !isBranch && label === null);
    const [next, ...more] = below;
    if (more.length > 0) throw new Refusal('several ways lead down from one line');
    if (branches) {
      const said = branches.some(({ rest }) => rest !== null && goesOn.test(bareWords(this.#text(rest))));
      if (next && !said) throw new Refusal('an arrow down does not say which answer it is for');
      const others = item.children.filter(
        (child) => !below.includes(child) && !branches.some((one) => one.item === child),
      );
      if (others.length > 0) throw new Refusal('a branch beside answers says no answer');
      const onward = next ? this.#enter(next, behind, leave) : behind;
      return this.#decision(item, words, branches, onward, leave);
    }
    const [only, ...rest] = item.children;
    if (only && rest.length === 0 && (only.isBelow || !only.isBranch || this.#asks(only))) {
      if (isStart.test(this.#text(words))) return this.#enter(only, behind, leave);
      return this.#box(item, words, this.#enter(only, behind, leave));
    }
    if (item.children.some((child) => this.#holdsDecision(child)))
      throw new Refusal('several questions hang on one line');
    const listed = item.children.flatMap((child) => this.#wordsOf(child));
    return this.#goalOf(item, words) ?? this.#box({ ...item, details: [...item.details, ...listed] }, words, leave);
  }

  #decision(item: TreeItem, words: Span, branches: readonly Branch[], onward: DrawnGoal, leave: DrawnGoal): DrawnGoal {
    if (branches.length === 1 && !(branches[0]?.isSure && this.#asks(item)))
      throw new Refusal('one of its branches has no other beside it');
    const text = this.#text(words);
    const title = text.replace(/^(?:start|begin|alert|q)\s*[:–—-]\s+/i, '');
    const span = { start: words.end - title.length, end: words.end };
    const wrapped = isQuestion.test(title) ? 0 : item.details.findIndex((one) => isQuestion.test(this.#text(one))) + 1;
    const all = [title, ...item.details.slice(0, wrapped).map((one) => this.#text(one))].join(' ');
    const box: DrawnBox = { id: `at${span.start}`, title: titleOf(all), span, words: item.details.slice(wrapped) };
    this.#boxes.push(box);
    const from = { kind: 'box', id: box.id } as const;
    for (const branch of branches) {
      const to = this.#goalOfBranch(branch, onward, leave);
      const { start, end } = branch.condition;
      const isBox = to.kind === 'box';
      const condition: DrawnWords = {
        text: this.#text(branch.condition),
        span: { start, end: isBox ? end : (branch.rest?.end ?? end) },
      };
      this.#ways.push({ from, to, condition });
    }
    if (branches.length === 1) this.#ways.push({ from, to: onward, condition: null, implied: true });
    return from;
  }

  #goalOfBranch({ item, rest }: Branch, onward: DrawnGoal, leave: DrawnGoal): DrawnGoal {
    if (rest) {
      if (item.children.length === 0 && goesOn.test(bareWords(this.#text(rest)))) {
        return onward;
      }
      return this.#enter(item, onward, leave, rest);
    }
    if (item.isBelow) return this.#enter({ ...item, label: null }, onward, leave);
    const [only, ...more] = item.children;
    if (!only) return onward;
    if (more.length === 0) return this.#enter(only, onward, leave);
    if (item.children.some((child) => this.#holdsDecision(child)))
      throw new Refusal('several questions hang on one answer');
    // Things to do, one below the other.
    let goal = leave;
    for (const child of [...item.children].reverse()) goal = this.#enter(child, onward, goal);
    return goal;
  }

  /** A box, from which `to` is where one goes on. */
  #box(item: TreeItem, words: Span, to: DrawnGoal): DrawnGoal {
    const known = this.#goalOf(item, words);
    if (known) return known;
    const text = this.#text(words);
    const jump = thenGoes.exec(text);
    const own = jump && this.#own(jump[1] ?? '');
    if (jump && own) return this.#box(item, { start: words.start, end: words.start + jump.index }, own);
    const id = `at${words.start}`;
    const goal: DrawnGoal = closes.test(bareWords(text)) ? { kind: 'end', outcome: 'completed' } : to;
    const details = item.children.length > 0 && to.kind === 'box' ? item.details : [words, ...item.details];
    this.#boxes.push({ id, title: titleOf(text), span: words, words: isQuestion.test(text) ? item.details : details });
    // What the author names may stand above.
    const isSaid = goal.kind === 'named' || [...this.#ownNumbers.values()].some((one) => one.goal === goal);
    this.#ways.push({
      from: { kind: 'box', id },
      to: goal,
      condition: null,
      ...(!isSaid && { implied: true as const }),
    });
    return { kind: 'box', id };
  }

  /** The question of this drawing that words lead to by its number. */
  #own(words: string): DrawnGoal | null {
    const goal = numberedGoal(words);
    const own = goal?.kind === 'named' ? this.#ownNumbers.get(goal.name) : undefined;
    return own && (own.isStep || !/\b(?:step|section|phase|stage|part)\b/i.test(words)) ? own.goal : null;
  }

  /** Words that only end, or only name a place. */
  #goalOf(item: TreeItem, words: Span): DrawnGoal | null {
    if (item.children.length > 0) return null;
    const text = bareWords(this.#text(words));
    const numbered = numberedGoal(text);
    if (numbered) return this.#own(text) ?? numbered;
    if (item.details.length > 0) return null;
    const outcome = endingOf(text) ?? (handsOver(text) ? 'escalated' : null);
    if (outcome) return { kind: 'end', outcome };
    const bare = (goesTo.exec(text)?.[1] ?? '').replace(/^["'“`[(]+|["'”`\])]+$/g, '');
    return bare !== '' && this.#isPlace(bare) ? { kind: 'named', name: bare } : null;
  }

  /** The answers that hang on a line; null when what hangs on it are no answers. */
  #branches(item: TreeItem): readonly Branch[] | null {
    const hanging = item.children.filter(({ isBranch, label }) => isBranch || label !== null);
    if (hanging.length === 0) return null;
    const isAsked = this.#asks(item);
    const found = hanging.map((child) => this.#branch(child, isAsked));
    const branches = found.filter((branch) => branch !== null);
    if (branches.length < hanging.length) return branches.some(({ isSure }) => isSure) ? branches : null;
    return isAsked || branches.every(({ isSure }) => isSure) || (branches.length > 1 && this.#decidesByCase(branches))
      ? branches
      : null;
  }

  /** "Test fails" with "flaky → …" and "broken → …" below it: each says what to do in its case. */
  #decidesByCase(branches: readonly Branch[]): boolean {
    return branches.every(({ isSure, rest, item }) => isSure || (rest !== null && arrow.test(this.#text(item.span))));
  }

  #branch(item: TreeItem, isAsked: boolean): Branch | null {
    const { label, span } = item;
    if (label) return { item, condition: label, rest: null, isSure: true };
    const text = this.#text(span);
    const part = (start: number, end: number): Span => trimmed(this.#code, span.start + start, span.start + end);
    const cut = (from: number, to: number, isSure: boolean): Branch => {
      const rest = part(to, text.length);
      return { item, condition: part(0, from), rest: rest.start < rest.end ? rest : null, isSure };
    };
    const said = /^[[(*_]*\w+[\])*_]*(?:\s*\([^()]*\))?/.exec(text)?.[0] ?? '';
    if (answerFirst.test(text)) {
      const behind = /^\s*(?:[:;,.](?=\s|$|\p{L})|[–—-](?=\s))\s*/u.exec(text.slice(said.length))?.[0];
      const from = said.length;
      // "YES, and rising → page somebody" is one condition.
      const goesFurther = behind !== undefined && /^\s*[,;.]/.test(behind) && arrow.test(text);
      if (behind !== undefined && !goesFurther) {
        const to = from + behind.length;
        const again = arrow.exec(text.slice(to));
        return cut(from, again?.index === 0 ? to + again[0].length : to, true);
      }
    }
    const way = arrow.exec(text);
    if (way && way.index > 0)
      return cut(way.index, way.index + way[0].length, answerFirst.test(text) || opensWithIf.test(text));
    if (answerFirst.test(text)) {
      const asks = item.children.length === 0 && isImperative(text.slice(said.length).trim());
      return asks ? cut(said.length, said.length, true) : cut(text.length, text.length, true);
    }
    const when =
      /^(?:if|when)\s[^,:]{2,120}?(?:,\s*(?:then\s+)?|:\s*|\s+then\s+)(?=\S)|^(?:otherwise|else|neither|none)\b[,:]?\s*/i.exec(
        text,
      );
    if (when) return cut(when[0].replace(/(?:[,:]?\s*then)?[,:\s]*$/i, '').length, when[0].length, true);
    if (opensWithIf.test(text)) return cut(text.replace(/[:\s]+$/, '').length, text.length, true);
    if (!isAsked) return null;
    const colon = /^[^:→?]{1,60}\??:\s+/.exec(text)?.[0];
    if (colon !== undefined && !/^(?:note|warning|run|check)\b/i.test(text))
      return cut(colon.trimEnd().length - 1, colon.length, false);
    return item.children.length > 0 && !isQuestion.test(text)
      ? cut(text.replace(/[:\s]+$/, '').length, text.length, false)
      : null;
  }

  #asks({ span, details }: TreeItem): boolean {
    return [span, ...details].some((one) => isQuestion.test(this.#text(one)));
  }

  #holdsDecision(item: TreeItem): boolean {
    return (
      this.#asks(item) || this.#branches(item) !== null || item.children.some((child) => this.#holdsDecision(child))
    );
  }

  #wordsOf(item: TreeItem): Span[] {
    return [item.span, ...item.details, ...item.children.flatMap((child) => this.#wordsOf(child))];
  }

  /** `drain it → restart it` is two things to do; the last of them has what hangs on the line. */
  #pieces(words: Span, item: TreeItem): Span[] {
    const found: Span[] = [];
    let at = words.start;
    for (;;) {
      const text = this.#code.slice(at, words.end);
      const next = arrow.exec(text);
      if (!next || (item.details.length > 0 && found.length > 8)) break;
      const piece = trimmed(this.#code, at, at + next.index);
      if (piece.start < piece.end) found.push(piece);
      at += next.index + next[0].length;
    }
    const piece = trimmed(this.#code, at, words.end);
    if (piece.start < piece.end) found.push(piece);
    return found;
  }

  #text({ start, end }: Span): string {
    return this.#code.slice(start, end);
  }
}

const isStart = /^[^\p{L}]*(?:start|begin|start\s+here|root|entry)[^\p{L}]*$/iu;
const opensWithIf = /^(?:if|when|otherwise|else|unless)(?=[\s,:]|$)/i;

function titleOf(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/^[^\p{L}\p{N}`"'“(<{$/.[]+|[\s.:;,✅✓✔❌]+$/gu, '');
}

function trimmed(code: string, start: number, end: number): Span {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(code.charAt(from))) from++;
  while (to > from && /\s/.test(code.charAt(to - 1))) to--;
  return { start: from, end: to };
}
