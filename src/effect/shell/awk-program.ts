// Reads an awk program far enough to say whether it only prints: strings and regular expressions are set aside, so that a `|`
// in `/ERROR|WARN/` is no pipe, and a `>` in parentheses, which awk reads as a comparison, is no file.
import { allMatches } from '../../base/index.ts';

/** What may run a command, write a file or call a name that is only known when the program runs. */
const acting =
  /\b(?:system|getline|close|fflush|eval|strftime_|extension|load)\b|@|\\\n|ENVIRON|FUNCTAB|SYMTAB|PROCINFO/;

/** True when the program runs no command and writes no file. What cannot be followed does not count as such. */
export function isPlainAwk(program: string): boolean {
  const bare = withoutLiterals(program);
  if (bare === null || acting.test(bare) || /(^|[^|])\|($|[^|])/.test(bare)) return false;
  let depth = 0;
  let prints = false;
  for (const [token] of allMatches(bare, /[A-Za-z_]\w*|[(){};>]/g)) {
    if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (token === 'print' || token === 'printf') {
      // `for (;; print x > "f")` prints within parentheses.
      if (depth !== 0) return false;
      prints = true;
    } else if (token === ';' || token === '{' || token === '}') {
      if (token !== ';' && depth !== 0) return false;
      if (depth === 0) prints = false;
    } else if (token === '>' && prints && depth === 0) return false;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** A regular expression whose end every awk sees at the same `/`: no `/` stands in its brackets. */
const expression = /\/(?:[^/\\\n[]|\\.|\[\^?[^\]/\\\n]+\])*\//y;
const text = /"(?:[^"\\\n]|\\.)*"/y;

/** The program with `""` for each string and `//` for each regular expression; null where that cannot be told. */
function withoutLiterals(program: string): string | null {
  let bare = '';
  for (let at = 0; at < program.length;) {
    const char = program[at] ?? '';
    const slash = char === '/' ? slashAfter(bare) : null;
    if (slash === 'unclear') return null;
    if (char === '#') {
      const end = program.indexOf('\n', at);
      at = end < 0 ? program.length : end;
    } else if (char === '"' || slash === 'expression') {
      const literal = char === '"' ? text : expression;
      literal.lastIndex = at;
      const found = literal.exec(program);
      if (!found) return null;
      bare += char + char;
      at += found[0].length;
    } else {
      bare += char;
      at++;
    }
  }
  return bare;
}

/** Words after which a `/` may begin an expression as well as divide. */
const notAnOperand =
  /^(?:print|printf|return|in|else|do|case|default|delete|exit|length|getline|if|while|for|switch|BEGIN|END|function|func)$/;

/** What a `/` behind this is. */
function slashAfter(before: string): 'expression' | 'division' | 'unclear' {
  const behind = before.trimEnd();
  const last = behind.at(-1) ?? '';
  if (/^$|[~(,!&|{};]/.test(last) || /\n[ \t]*$/.test(before)) return 'expression';
  const word = /[\w$]+$/.exec(behind)?.[0];
  if (word !== undefined) return notAnOperand.test(word) ? 'unclear' : 'division';
  if (last === ']') return 'division';
  return last === ')' && !/\b(?:if|while|for|switch)\s*$/.test(beforeParenthesis(behind)) ? 'division' : 'unclear';
}

/** What stands before the parenthesis that is closed at the end. */
function beforeParenthesis(text: string): string {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++;
    if (text[at] === '(' && --depth === 0) return text.slice(0, at);
  }
  return 'if';
}
