// powershell.syntax: a PowerShell block with a bracket, quote or comment without its partner. Cmdlets and their parameters are
// not known here: they depend on what is installed. Output, prompts and sketches are left alone.
import { allMatches, remember } from '../base/index.ts';
import { makeDiagnostic } from '../diagnostics/index.ts';
import { unlikeFault, type CodeFault } from './code-fault.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { perAction } from './scope.ts';

const longest = 50_000;

export const checkPowershell = perAction((action) => {
  const { language, code } = action;
  if (!/^(?:powershell|pwsh|ps1?)$/.test(language) || isSketch(code)) return [];
  const { fault } = faultOf(code);
  if (!fault) return [];
  return [
    makeDiagnostic(
      'powershell.syntax',
      codeSpan(action, fault),
      `\`${action.id}\` is no complete PowerShell: ${fault.message}.`,
      { hint: 'Correct it, or call the block `text` if it shows output.' },
    ),
  ];
});

/** An ellipsis, a prompt, columns under a line of dashes, or `Name : value` as output shows it. */
function isSketch(code: string): boolean {
  return (
    code.length > longest ||
    /\.\.\.(?!\d)|…/.test(code) ||
    /^[ \t]*(?:PS [^\n>]*>|>>? )|^[ \t]*-{3,}(?:[ \t]+-{2,})*[ \t]*$|^[A-Z]\w*[ \t]{2,}: /m.test(code)
  );
}

const faultOf = remember((code: string): { readonly fault: CodeFault | null } => ({
  fault: earliest(code, readFault(code)) ?? misplacedSign(code),
}));

/** Signs without what they need, and signs of other languages where PowerShell has words: `-lt`, `-eq`. */
const misplaced: readonly (readonly [RegExp, (sign: string) => string])[] = [
  [/(?<!\|)(\|)(?=\s*$(?![^])|[ \t]+\|(?!\|))/, () => 'nothing follows this `|`'],
  [/(?<=(?:^|[;{}\n])[ \t]*)(if|elseif|while)(?=[ \t]+[$\w!-][^\n{]*\{)/, (sign) => `\`${sign}\` needs brackets around its condition`],
  [/(?<=\b(?:if|elseif|while)[ \t]*\([^\n;|{}]{0,120}[\w)\]][ \t]{1,3})(==|!=)(?=[ \t]+[\w$"'(])/, (sign) => `\`${sign}\` compares nothing here; \`${words[sign] ?? '-eq'}\` seems to be meant`],
  [/(?<=[({ \t]\$[\w.:]{1,80}[ \t]{1,3})(<=?|==|!=)(?=[ \t]+[\w$"'(])/, (sign) => `\`${sign}\` compares nothing here; \`${words[sign] ?? '-eq'}\` seems to be meant`],
]; // prettier-ignore
const words: Readonly<Record<string, string>> = { '<': '-lt', '<=': '-le', '==': '-eq', '!=': '-ne' };

/** The first of them outside of texts and comments. */
function misplacedSign(code: string): CodeFault | null {
  const bare = code.replace(/<#[^]*?#>|"(?:[^"`]|`[^]|"")*"|'(?:[^']|'')*'|(?<=^|\s)#[^\n]*/g, (text) =>
    (text.startsWith('#') || text.startsWith('<') ? ' ' : 'x').repeat(text.length),
  );
  for (const [pattern, message] of misplaced) {
    const found = pattern.exec(bare);
    const sign = found?.[1];
    if (found && sign !== undefined)
      return { message: message(sign), start: found.index, end: found.index + sign.length };
  }
  return null;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Where quotes do not pair, the first text that runs over the end of its line has lost its own. */
function earliest(code: string, fault: CodeFault | null): CodeFault | null {
  if (!fault?.message.startsWith('the quote')) return fault;
  const mark = code[fault.start] ?? '"';
  for (const { 0: text, index } of allMatches(
    code,
    new RegExp(`#[^\\n${mark}]*$|${mark}[^${mark}]*(?:${mark}|$(?![^]))`, 'gm'),
  )) {
    if (text.startsWith(mark) && text.includes('\n')) return { ...fault, start: index, end: index + 1 };
  }
  return fault;
}

interface Open {
  /** A bracket, or `$(` inside of a text. */
  readonly sign: string;
  readonly at: number;
  /** The text around a `$(` goes on after its bracket. */
  readonly inText: boolean;
}

function readFault(code: string): CodeFault | null {
  const open: Open[] = [];
  let at = 0;
  /** Reads a text in double quotes from `from` on; the offset after it or after the next `$(`, or where it began when it has no end. */
  const text = (from: number, began: number): number | CodeFault => {
    for (let next = from; next < code.length; next++) {
      const sign = code[next];
      if (sign === '`') next++;
      else if (sign === '"' && code[next + 1] === '"') next++;
      else if (sign === '"') return next + 1;
      else if (sign === '$' && code[next + 1] === '(') {
        open.push({ sign: '(', at: began, inText: true });
        return next + 2;
      }
    }
    return { message: 'the quote that begins here has no end', start: began, end: began + 1 };
  };
  while (at < code.length) {
    const sign = code[at] ?? '';
    if (code.startsWith('<#', at)) {
      const end = code.indexOf('#>', at + 2);
      if (end < 0) return { message: 'the comment that begins here has no end', start: at, end: at + 2 };
      at = end + 2;
    } else if (sign === '#' && /[\s;({[|]|^$/.test(code[at - 1] ?? '')) {
      const end = code.indexOf('\n', at);
      at = end < 0 ? code.length : end;
    } else if (
      (code.startsWith('@"', at) || code.startsWith("@'", at)) &&
      /^[ \t]*\n/.test(code.slice(at + 2, at + 60))
    ) {
      const mark = code[at + 1] ?? '';
      const end = code.indexOf(`\n${mark}@`, at + 2);
      if (end < 0)
        return { message: `no line begins with \`${mark}@\`, which would end this text`, start: at, end: at + 2 };
      at = end + 3;
    } else if (sign === '`') at += 2;
    else if (sign === "'") {
      let end = at + 1;
      while (end < code.length && (code[end] !== "'" || code[end + 1] === "'")) end += code[end] === "'" ? 2 : 1;
      if (end >= code.length) return { message: 'the quote that begins here has no end', start: at, end: at + 1 };
      at = end + 1;
    } else if (sign === '"') {
      const next = text(at + 1, at);
      if (typeof next !== 'number') return next;
      at = next;
    } else if (Object.hasOwn(closing, sign)) {
      open.push({ sign, at, inText: false });
      at++;
    } else if (sign === ')' || sign === ']' || sign === '}') {
      const last = open.pop();
      if (!last) return { message: `\`${sign}\` closes nothing`, start: at, end: at + 1 };
      if (closing[last.sign] !== sign) return unlikeFault(code, last, at);
      at++;
      if (last.inText) {
        const next = text(at, last.at);
        if (typeof next !== 'number') return next;
        at = next;
      }
    } else at++;
  }
  const last = open.at(-1);
  const lost = last && open.length === 1 && !last.inText ? lostBefore(code) : null;
  if (lost) return lost;
  return last ? { message: `\`${last.sign}\` is never closed`, start: last.at, end: last.at + 1 } : null;
}

/** The bracket whose partner stands further to the left than its own line does, so that it closes another one: the first of a block that is indented. */
function lostBefore(code: string): CodeFault | null {
  const bare = code.replace(/<#[^]*?#>|"(?:[^"`]|`[^]|"")*"|'(?:[^']|'')*'|(?<=^|\s)#[^\n]*/g, (text) =>
    text.replace(/[^\n]/g, 'x'),
  );
  const indentAt = (at: number): number => /^[ \t]*/.exec(bare.slice(bare.lastIndexOf('\n', at) + 1))?.[0].length ?? 0;
  const open: { readonly sign: string; readonly at: number }[] = [];
  for (const { 0: sign, index } of allMatches(bare, /[()[\]{}]/g)) {
    if (Object.hasOwn(closing, sign)) {
      open.push({ sign, at: index });
      continue;
    }
    const first = open.pop();
    if (!first || closing[first.sign] !== sign) return null;
    const begins = /(?:^|\n)[ \t]*$/.test(bare.slice(Math.max(0, index - 200), index));
    if (begins && indentAt(index) < indentAt(first.at))
      return { message: `\`${first.sign}\` is never closed`, start: first.at, end: first.at + 1 };
  }
  return null;
}
