// json.syntax: a JSON block that no parser reads. Blocks with placeholders, comments or an ellipsis are sketches and are left
// alone; so are several values one after the other.
import { remember } from '../base/index.ts';
import { makeDiagnostic } from '../diagnostics/index.ts';
import { perSection } from './scope.ts';
import { faultSpan, type CodeFault } from './code-fault.ts';

export const checkJson = perSection(({ blocks }) =>
  blocks.flatMap(({ block }) => {
    if (block.kind !== 'code' || block.language !== 'json' || isSketch(block.code)) return [];
    const { fault } = faultOf(block.code);
    if (!fault) return [];
    return [
      makeDiagnostic('json.syntax', faultSpan(block, fault), `This JSON cannot be read: ${fault.message}.`, {
        hint: 'Correct it, or call the block `text` if it is only a sketch.',
      }),
    ];
  }),
);

function isSketch(code: string): boolean {
  return (
    /\.\.\.|…|<[\w -]+>|\/\/|\/\*|\{\{|\$\{|\{\w+\}|^[ \t]*#/m.test(code) ||
    code.trim() === '' ||
    !/^\s*[[{]/.test(code)
  );
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
    return this.#at >= this.#code.length
      ? new Stop(`\`${this.#code[opened] ?? ''}\` is never closed`, opened)
      : new Stop(`${expected} here`, this.#at);
  }

  #text(): void {
    const text = /"(?:[^"\\\r\n]|\\.)*"/y;
    text.lastIndex = this.#at;
    if (!text.test(this.#code)) throw new Stop('the quote that begins here has no end', this.#at);
    this.#at = text.lastIndex;
  }
}
