// Finds the texts, comments and brackets of a PowerShell script, which say what a place in it means. Typographic quotes are
// quotes here, as they are to PowerShell. What stands inside of `$(…)` in a text belongs to the text.

/** A part of the script that is not plain code; `end` is behind its last character. */
export interface Region {
  readonly kind: 'single' | 'double' | 'here' | 'comment';
  readonly start: number;
  readonly end: number;
  /** A text in double quotes with `$(…)` in it. */
  readonly runs: boolean;
}

/** A character that ends a command, or opens or closes a bracket. */
export interface Mark {
  readonly at: number;
  readonly sign: string;
}

export interface Scan {
  readonly regions: readonly Region[];
  readonly marks: readonly Mark[];
  /** What is open at the end, in a sentence's words, and where it begins. */
  readonly fault: { readonly at: number; readonly message: string } | null;
}

const isSingle = (sign: string | undefined): boolean => sign !== undefined && /['‘’‚‛]/.test(sign);
const isDouble = (sign: string | undefined): boolean => sign !== undefined && /["“”„]/.test(sign);
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** `skip` gives the end of what stands for a value at an offset, which is never looked into. */
export function scanPowershell(code: string, skip: (at: number) => number | undefined): Scan {
  const regions: Region[] = [];
  const marks: Mark[] = [];
  let fault: Scan['fault'] = null;
  const missing = (at: number, message: string): void => {
    fault ??= { at, message };
  };

  /** Reads code up to `closer` or the end; gives the offset behind it. `outer`: not inside of a text. */
  const readCode = (from: number, closer: string | null, outer: boolean): number => {
    const open: Mark[] = [];
    let at = from;
    while (at < code.length) {
      const sign = code[at] ?? '';
      const value = skip(at);
      if (value !== undefined) at = value;
      else if (sign === '`') at += 2;
      else if (code.startsWith('<#', at)) {
        const end = code.indexOf('#>', at + 2);
        if (end < 0) missing(at, 'the comment that begins here has no end');
        at = add('comment', at, end < 0 ? code.length : end + 2, outer);
      } else if (sign === '#' && /[\s;|(){},]/.test(code[at - 1] ?? ' ')) {
        let end = at;
        while (end < code.length && !/[\r\n]/.test(code[end] ?? '')) end = skip(end) ?? end + 1;
        at = add('comment', at, end, outer);
      } else if (sign === '@' && /^@['"‘’‚‛“”„][ \t]*\r?\n/.test(code.slice(at, at + 200))) at = readHere(at, outer);
      else if (isSingle(sign)) at = readSingle(at, outer);
      else if (isDouble(sign)) at = readDouble(at, outer);
      else {
        if (outer && /[|;\n&(){}]/.test(sign)) marks.push({ at, sign });
        if (sign in closing) open.push({ at, sign });
        else if (sign === closer && open.length === 0) return at + 1;
        else if (/[)\]}]/.test(sign)) {
          const last = open.pop();
          if (!last || closing[last.sign] !== sign) missing(at, `\`${sign}\` closes nothing`);
        }
        at++;
      }
    }
    const left = open.at(-1);
    if (left) missing(left.at, `\`${left.sign}\` is not closed`);
    if (closer !== null) missing(from, '`$(` is not closed');
    return at;
  };
  const add = (kind: Region['kind'], start: number, end: number, outer: boolean, runs = false): number => {
    if (outer) regions.push({ kind, start, end, runs });
    return end;
  };
  const readHere = (start: number, outer: boolean): number => {
    const quote = isSingle(code[start + 1]) ? "['‘’‚‛]" : '["“”„]';
    const end = new RegExp(`\\n${quote}@`).exec(code.slice(start));
    if (!end) missing(start, 'the text that begins here has no end');
    return add('here', start, end ? start + end.index + end[0].length : code.length, outer);
  };
  const readSingle = (start: number, outer: boolean): number => {
    let at = start + 1;
    while (at < code.length) {
      const value = skip(at);
      if (value !== undefined) at = value;
      else if (!isSingle(code[at])) at++;
      else if (isSingle(code[at + 1]) && skip(at + 1) === undefined) at += 2;
      else return add('single', start, at + 1, outer);
    }
    missing(start, 'the quote that begins here has no end');
    return add('here', start, code.length, outer);
  };
  const readDouble = (start: number, outer: boolean): number => {
    let at = start + 1;
    let runs = false;
    while (at < code.length) {
      const value = skip(at);
      if (value !== undefined) at = value;
      else if (code[at] === '`') at += 2;
      else if (code.startsWith('$(', at)) {
        runs = true;
        at = readCode(at + 2, ')', false);
      } else if (!isDouble(code[at])) at++;
      else if (isDouble(code[at + 1]) && skip(at + 1) === undefined) at += 2;
      else return add('double', start, at + 1, outer, runs);
    }
    missing(start, 'the quote that begins here has no end');
    return add('here', start, code.length, outer);
  };
  readCode(0, null, true);
  return { regions, marks, fault };
}
