// Takes the inline markup out of a stretch of markdown and keeps the way back to every character. This is our own
// linear scanner and no inline parser of CommonMark: we need plain words, code spans, links and comments with offsets,
// also of tags of HTML, and a hostile run of brackets or asterisks must cost no more than any other text.
import { narrow } from '../base/index.ts';
import type { InlineComment, Link, Mark, Prose, Run } from './guide.ts';

/** A part of the result: `text` stands at `source`; a delimiter is dropped when it found its partner. */
interface Piece {
  text: string;
  readonly source: number;
  dropped: boolean;
  readonly delimiter: boolean;
}

interface PendingMark {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  readonly target: string | null;
}

const special = /[\\`*_[\]<&!~\r\n]/g;
const htmlTag =
  /^<\/?(?:a|b|i|u|s|p|em|br|hr|tt|dd|dl|dt|del|div|img|ins|kbd|sub|sup|pre|code|span|font|mark|small|strong|center|strike|details|summary|table|tbody|thead|tr|td|th|ul|ol|li|h[1-6]|video|iframe|picture|source|nobr)(?:\s[^<>]*)?\/?>/i;
const endsLine = /^<\/?(?:p|div|dl|dd|dt|pre|center|details|summary|table|tbody|thead|tr|td|th|ul|ol|li|h[1-6])\b/i;
const autolink = /^<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>/i;
const entities: Readonly<Record<string, string>> = {
  '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&nbsp;': ' ', '&#39;': "'", '&rarr;': '→', '&apos;': "'",
  '&ndash;': '–', '&mdash;': '—', '&lsquo;': '‘', '&rsquo;': '’', '&ldquo;': '“', '&rdquo;': '”', '&le;': '≤', '&ge;': '≥',
  '&hellip;': '…', '&#x27;': "'", '&#x2F;': '/', '&#160;': ' ', '&larr;': '←', '&bull;': '•',
}; // prettier-ignore

/** Reads `text[start, end)` as prose; `quoted` says that lines after the first may begin with `>` marks. */
export function readProse(text: string, start: number, end: number, quoted = false): Prose {
  special.lastIndex = start;
  const first = special.exec(text);
  if (!first || first.index >= end) return plainProse(text, start, end);
  return new Scanner(text, start, end, quoted).read();
}

function plainProse(text: string, start: number, end: number): Prose {
  return {
    plain: narrow(text.slice(start, end).replaceAll('\t', ' ')),
    span: { start, end },
    runs: [{ plain: 0, source: start }],
    codes: [],
    links: [],
    comments: [],
    breaks: [],
  };
}

/** Holds the state of one reading; used once. */
class Scanner {
  readonly #text: string;
  readonly #end: number;
  readonly #start: number;
  readonly #quoted: boolean;
  readonly #pieces: Piece[] = [];
  readonly #marks: PendingMark[] = [];
  readonly #comments: { piece: number; text: string; start: number; end: number }[] = [];
  readonly #brackets: number[] = [];
  /** Pieces that stand for line endings. */
  readonly #breaks: number[] = [];
  readonly #openers = new Map<string, number[]>();
  readonly #missing = new Set<string>();
  /** Tags of HTML that hold code or a link and are open: where they stand and the piece behind them. */
  readonly #tags: {
    readonly name: string;
    readonly piece: number;
    readonly start: number;
    readonly target: string | null;
  }[] = [];
  /** The tag before ended a line of words, and nothing stands behind it yet. */
  #pendingBreak = false;
  /** What the words are called stands above them, and the colon that leads to what it means was read. */
  #defined = false;

  constructor(text: string, start: number, end: number, quoted: boolean) {
    this.#text = text;
    this.#start = start;
    this.#end = end;
    this.#quoted = quoted;
  }

  read(): Prose {
    const text = this.#text;
    let at = this.#start;
    while (at < this.#end) {
      special.lastIndex = at;
      const hit = special.exec(text);
      const next = hit && hit.index < this.#end ? hit.index : this.#end;
      if (next > at) this.#push(text.slice(at, next), at);
      at = next < this.#end ? this.#special(next) : next;
    }
    return this.#assemble();
  }

  #push(text: string, source: number, delimiter = false): number {
    if (this.#pendingBreak && /\S/.test(text)) this.#break(source);
    this.#pieces.push({ text, source, dropped: false, delimiter });
    return this.#pieces.length - 1;
  }

  /** Handles the special character at `at` and returns the offset after it. */
  #special(at: number): number {
    const text = this.#text;
    switch (text[at]) {
      case '\\': {
        const next = text[at + 1] ?? '';
        if (at + 1 < this.#end && /[!-/:-@[-`{-~]/.test(next)) {
          this.#push(next, at + 1);
          return at + 2;
        }
        if (next === '\n' || next === '\r') return this.#lineEnding(at + 1, true);
        break;
      }
      case '`':
        return this.#code(at);
      case '*':
      case '_':
      case '~':
        return this.#emphasis(at);
      case '[': {
        const footnote =
          text[at + 1] === '^' ? /^\[\^[^\]\s]{1,60}\](?!:)/.exec(text.slice(at, Math.min(at + 64, this.#end))) : null;
        if (footnote) return at + footnote[0].length;
        this.#brackets.push(this.#push('[', at));
        return at + 1;
      }
      case '!':
        if (text[at + 1] !== '[' || at + 1 >= this.#end) break;
        this.#brackets.push(this.#push('![', at));
        return at + 2;
      case ']':
        return this.#closeBracket(at);
      case '<':
        return this.#angle(at);
      case '&': {
        const name = /^&#?\w{2,6};/.exec(text.slice(at, Math.min(at + 9, this.#end)))?.[0];
        const value = name === undefined ? undefined : entities[name];
        if (name === undefined || value === undefined) break;
        this.#push(value, at);
        return at + name.length;
      }
      case '\r':
      case '\n':
        return this.#lineEnding(at, / {2}$/.test(text.slice(Math.max(this.#start, at - 2), at)));
    }
    this.#push(text[at] ?? '', at);
    return at + 1;
  }

  /** A line ending reads as a space, a hard break as a line feed; what belongs to the next line's indent is skipped. */
  #lineEnding(at: number, hard: boolean): number {
    const text = this.#text;
    let next = at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1);
    for (let unit = text[next]; next < this.#end; unit = text[++next]) {
      if (unit !== ' ' && unit !== '\t' && !(this.#quoted && unit === '>')) break;
    }
    const before = this.#pieces.at(-1);
    if (before && !before.delimiter) before.text = before.text.replace(/[ \t]{1,64}$/, '');
    // A term and what it means are one sentence: "Timeout: Restart it."
    if (text[next] === ':' && /[ \t]/.test(text[next + 1] ?? '') && next < this.#end) {
      if (!this.#defined) {
        this.#defined = true;
        return next;
      }
      next += 2;
    }
    this.#breaks.push(this.#push(hard ? '\n' : ' ', at));
    return Math.min(next, this.#end);
  }

  #code(at: number): number {
    const text = this.#text;
    let open = at;
    while (open < this.#end && text[open] === '`') open++;
    const fence = text.slice(at, open);
    let close = this.#missing.has(fence) ? -1 : text.indexOf(fence, open);
    while (close !== -1 && close < this.#end) {
      let after = close + fence.length;
      if (text[after] !== '`') break;
      while (text[after] === '`') after++;
      close = text.indexOf(fence, after);
    }
    if (close === -1 || close + fence.length > this.#end) {
      this.#missing.add(fence);
      this.#push(fence, at);
      return open;
    }
    const padded = text[open] === ' ' && text[close - 1] === ' ' && close - open > 2 ? 1 : 0;
    const from = this.#push(text.slice(open + padded, close - padded).replace(/[\r\n\t]/g, ' '), open + padded);
    const stop = close + fence.length;
    this.#marks.push({ from, to: from + 1, start: at, end: stop, target: null });
    return stop;
  }

  /** `**`, `_` and `~~` disappear in pairs; one that cannot open or close, or finds no partner, is text. */
  #emphasis(at: number): number {
    const text = this.#text;
    const unit = text[at] ?? '';
    let stop = at;
    while (stop < this.#end && text[stop] === unit) stop++;
    const run = text.slice(at, stop);
    const before = at > this.#start ? (text[at - 1] ?? ' ') : ' ';
    const after = stop < this.#end ? (text[stop] ?? ' ') : ' ';
    const index = this.#push(run, at, true);
    if (run.length > 3 || (unit === '~' && run.length !== 2)) return stop;
    const word = /[\p{L}\p{N}_]/u;
    const canOpen = !/\s/.test(after) && (unit === '*' ? !word.test(before) || word.test(after) : !word.test(before));
    const canClose = !/\s/.test(before) && (unit === '*' ? true : !word.test(after));
    const openers = this.#openers.get(run) ?? [];
    const opener = canClose ? openers.pop() : undefined;
    const piece = this.#pieces[index];
    const partner = opener === undefined ? undefined : this.#pieces[opener];
    if (piece && partner && opener !== undefined && index - opener > 1) {
      piece.dropped = partner.dropped = true;
    } else if (canOpen) {
      openers.push(index);
      this.#openers.set(run, openers);
    }
    return stop;
  }

  #closeBracket(at: number): number {
    const text = this.#text;
    const closing = this.#push(']', at);
    const opener = this.#brackets.pop();
    const open = opener === undefined ? undefined : this.#pieces[opener];
    const close = this.#pieces[closing];
    if (!open || !close || opener === undefined) return at + 1;
    const rest = text.slice(at + 1, Math.min(at + 1100, this.#end));
    const found =
      /^\(\s*<?((?:[^\s()<>]|\([^\s()]*\))*)>?(?:\s+(?:"[^"]*"|'[^']*'|\([^)]*\)))?\s*\)/.exec(rest) ??
      /^\[([^[\]\r\n]{0,200})\]/.exec(rest);
    if (!found) return at + 1;
    open.dropped = close.dropped = true;
    const end = at + 1 + found[0].length;
    if (open.text === '![') for (let i = opener; i <= closing; i++) this.#drop(i);
    this.#marks.push({ from: opener, to: closing + 1, start: open.source, end, target: found[1] ?? '' });
    return end;
  }

  #drop(index: number): void {
    const piece = this.#pieces[index];
    if (piece) piece.dropped = true;
  }

  #angle(at: number): number {
    const text = this.#text;
    if (text.startsWith('<!--', at)) {
      const close = this.#missing.has('-->') ? -1 : text.indexOf('-->', at + 4);
      if (close !== -1 && close + 3 <= this.#end) {
        const words = text.slice(at + 4, close).trim();
        this.#comments.push({ piece: this.#pieces.length, text: words, start: at, end: close + 3 });
        return close + 3;
      }
      this.#missing.add('-->');
    } else {
      const rest = text.slice(at, Math.min(at + 600, this.#end));
      const tag = htmlTag.exec(rest)?.[0];
      if (tag !== undefined) {
        this.#tag(tag, at);
        return at + tag.length;
      }
      const link = autolink.exec(rest);
      if (link) {
        const address = link[1] ?? '';
        const from = this.#push(address, at + 1);
        this.#marks.push({ from, to: from + 1, start: at, end: at + link[0].length, target: address });
        return at + link[0].length;
      }
    }
    this.#push('<', at);
    return at + 1;
  }

  /** A tag is no word; it may end a line, or hold code or a link. */
  #tag(tag: string, at: number): void {
    if (/^<br/i.test(tag)) this.#push('\n', at);
    else if (endsLine.test(tag)) {
      // Where words end and others begin, and not at their outer ends.
      const before = this.#pieces.at(-1);
      if (before && /\S/.test(before.text)) this.#pendingBreak = true;
    } else if (/^<(?:code|tt|kbd)\b/i.test(tag)) this.#openTag('code', at, null);
    else if (/^<\/(?:code|tt|kbd)\b/i.test(tag)) this.#closeTag('code', at + tag.length);
    else if (/^<a\s/i.test(tag)) {
      const match = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/i.exec(tag);
      this.#openTag('a', at, match?.[1] ?? match?.[2] ?? match?.[3] ?? null);
    } else if (/^<\/a\b/i.test(tag)) this.#closeTag('a', at + tag.length);
  }

  #break(source: number): void {
    this.#pendingBreak = false;
    this.#pieces.push({ text: '\n', source: source - 1, dropped: false, delimiter: false });
  }

  #openTag(name: string, start: number, target: string | null): void {
    if (this.#pendingBreak) this.#break(start);
    this.#tags.push({ name, piece: this.#pieces.length, start, target });
  }

  #closeTag(name: string, end: number): void {
    const open = this.#tags.at(-1);
    if (open?.name !== name) return;
    this.#tags.pop();
    const to = this.#pieces.length;
    if (to === open.piece || (name === 'a' && open.target === null)) return;
    this.#marks.push({ from: open.piece, to, start: open.start, end, target: open.target });
  }

  #assemble(): Prose {
    const runs: Run[] = [];
    const places: number[] = [];
    let plain = '';
    let shift = Number.NaN;
    for (const piece of this.#pieces) {
      places.push(plain.length);
      if (piece.dropped || piece.text === '') continue;
      if (piece.source - plain.length !== shift) {
        runs.push({ plain: plain.length, source: piece.source });
        shift = piece.source - plain.length;
      }
      plain += piece.text;
    }
    places.push(plain.length);
    const placeOf = (piece: number): number => places[piece] ?? plain.length;
    const codes: Mark[] = [];
    const links: Link[] = [];
    for (const { from, to, start, end, target } of this.#marks) {
      const mark = { start: placeOf(from), end: placeOf(to), span: { start, end } };
      if (target === null) codes.push(mark);
      else links.push({ ...mark, target });
    }
    const comments: InlineComment[] = this.#comments.map(({ piece, text, start, end }) => ({
      text,
      at: placeOf(piece),
      span: { start, end },
    }));
    const span = { start: this.#start, end: this.#end };
    const breaks = this.#breaks.map(placeOf);
    return { plain: narrow(plain.replaceAll('\t', ' ')), span, runs, codes, links, comments, breaks };
  }
}
