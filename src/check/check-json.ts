// json.syntax: a JSON block that no parser reads. Blocks with comments or an ellipsis are sketches and are left alone; so are
// placeholders that may stand for more than one value, and several values one after the other.
import { allMatches, remember } from '../base/index.ts';
import { makeDiagnostic } from '../diagnostics/index.ts';
import type { Code } from '../guide/index.ts';
import { perSection } from './scope.ts';
import { faultSpan, type CodeFault } from './code-fault.ts';

export const checkJson = perSection(({ blocks }) =>
  blocks.flatMap(({ block }) => {
    const at = block.kind === 'code' ? jsonFrom(block) : -1;
    if (block.kind !== 'code' || at < 0) return [];
    const code = withValues(block.code.slice(at));
    const { fault } = isSketch(code) || isExcerpt(code) ? { fault: null } : faultOf(code);
    if (!fault) return [];
    const place = { ...fault, start: fault.start + at, end: fault.end + at };
    return [
      makeDiagnostic('json.syntax', faultSpan(block, place), `This JSON cannot be read: ${fault.message}.`, {
        hint: 'Correct it, or call the block `text` if it is only a sketch.',
      }),
    ];
  }),
);

/** Where the JSON of a block begins: at once, or behind the headers of a request that say so; -1 when there is none. */
function jsonFrom({ language, code }: Code): number {
  if (language === 'json') return 0;
  if (language !== 'http' && language !== 'rest') return -1;
  const head = /^[^]*?\r?\n[ \t]*\r?\n(?=\s*[[{])/.exec(code);
  return head && /^content-type[ \t]*:[ \t]*application\/(?:[\w.+-]+\+)?json\b/im.test(head[0]) ? head[0].length : -1;
}

/** The code, as long as before, with a number for each placeholder that stands for a whole value: `"size": {size}`. */
function withValues(code: string): string {
  return code.replace(placeholder, (whole) => '1'.padEnd(whole.length));
}

const hole = String.raw`(?:\{\{[ \t]*[\w.-]+[ \t]*\}\}|\$?\{[A-Za-z_][\w-]*\}|<[A-Za-z][\w -]*>)`;
/** Between two commas such words may stand for several values; behind a name only for one. */
const placeholder = new RegExp(
  String.raw`(?<=:[ \t]*)${hole}(?=\s*[,}\]"])|(?<=[[,][ \t]*)${hole}(?=[ \t]*(?:[,\]]|\r?\n[ \t]*[,\]]))`,
  'g',
);

/** What stands in a text is part of that text, whatever it is. */
function isSketch(code: string): boolean {
  return (
    /\.\.\.|…|<[\w -]+>|\/\/|\/\*|\{\{|\$\{|\{\w+\}|^[ \t]*#/m.test(code.replace(/"(?:[^"\\\r\n]|\\.)*"/g, '""')) ||
    code.trim() === '' ||
    !/^\s*[[{]/.test(code)
  );
}

/** Only the beginning of something longer is shown: a comma is the last of it, and what it lacks is what would follow. */
function isExcerpt(code: string): boolean {
  return code.trimEnd().endsWith(',') && faultOf(code).fault?.message.endsWith('is never closed') === true;
}

const faultOf = remember((code: string): { readonly fault: CodeFault | null } => ({
  fault: new JsonReader(code).read(),
}));

/** Stops at the first fault; never leaves this file. */
class Stop extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Reads the values of one text in turn. */
class JsonReader {
  readonly #code: string;
  #at = 0;
  #depth = 0;

  constructor(code: string) {
    this.#code = code;
  }

  read(): CodeFault | null {
    try {
      for (this.#blank(); this.#at < this.#code.length; this.#blank()) this.#value();
      return null;
    } catch (error) {
      if (error instanceof Stop) return { message: error.message, start: error.at, end: error.at + 1 };
      throw error;
    }
  }

  #blank(): void {
    while (/\s/.test(this.#code[this.#at] ?? '')) this.#at++;
  }

  #value(): void {
    const sign = this.#code[this.#at];
    if (++this.#depth > 500) throw new Stop('it is nested more than 500 deep', this.#at);
    if (sign === '{') this.#members('}', true);
    else if (sign === '[') this.#members(']', false);
    else if (sign === '"') this.#text();
    else {
      const word = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;
      word.lastIndex = this.#at;
      if (!word.test(this.#code))
        throw new Stop(sign === undefined ? 'it ends too early' : `a value is expected before \`${sign}\``, this.#at);
      this.#at = word.lastIndex;
    }
    this.#depth--;
  }

  #members(close: string, named: boolean): void {
    const opened = this.#at++;
    this.#blank();
    if (this.#code[this.#at] === close) {
      this.#at++;
      return;
    }
    for (;;) {
      this.#blank();
      if (named) {
        if (this.#code[this.#at] !== '"') throw this.#missing(opened, 'a name in double quotes is expected');
        this.#text();
        this.#blank();
        if (this.#code[this.#at] !== ':') throw this.#missing(opened, '`:` is expected after the name');
        this.#at++;
        this.#blank();
      }
      this.#value();
      this.#blank();
      const sign = this.#code[this.#at];
      if (sign === close) {
        this.#at++;
        return;
      }
      const comma = this.#at;
      if (sign !== ',') throw this.#unparted(opened, close);
      this.#at++;
      this.#blank();
      if (this.#code[this.#at] === close) throw new Stop(`nothing follows this \`,\` before \`${close}\``, comma);
    }
  }

  /** A comma that is missing at the end of a line is missing there, and not where the next line begins. */
  #unparted(opened: number, close: string): Stop {
    const before = this.#code.slice(opened, this.#at);
    const value = before.trimEnd();
    return this.#at < this.#code.length && before.slice(value.length).includes('\n')
      ? new Stop(`\`,\` or \`${close}\` is expected behind this`, opened + value.length - 1)
      : this.#missing(opened, `\`,\` or \`${close}\` is expected`);
  }

  #missing(opened: number, expected: string): Stop {
    const open = this.#at >= this.#code.length ? (unclosedInside(this.#code) ?? opened) : opened;
    return this.#at >= this.#code.length
      ? new Stop(`\`${this.#code[open] ?? ''}\` is never closed`, open)
      : new Stop(`${expected} here`, this.#at);
  }

  #text(): void {
    const text = /"(?:[^"\\\r\n]|\\.)*"/y;
    text.lastIndex = this.#at;
    if (!text.test(this.#code)) throw new Stop('the quote that begins here has no end', this.#at);
    this.#at = text.lastIndex;
  }
}

/**
 * Where brackets are too few, the one that lost its own: a bracket that begins a line closes the one whose line is indented like it, so
 * what was opened further in and is still open then is never closed. Null where the indentation tells nothing.
 */
function unclosedInside(code: string): number | null {
  const open: { readonly at: number; readonly indent: number }[] = [];
  let start = 0;
  for (const line of code.split('\n')) {
    const indent = line.search(/\S/);
    const bare = line.replace(/"(?:[^"\\]|\\.)*"/g, (text) => 'x'.repeat(text.length));
    for (const { 0: sign, index } of allMatches(bare, /[[\]{}]/g)) {
      if (sign === '{' || sign === '[') open.push({ at: start + index, indent });
      else {
        const last = open.pop();
        if (index === indent && last && last.indent > indent && open.some((one) => one.indent === indent))
          return last.at;
      }
    }
    start += line.length + 1;
  }
  return null;
}
