// Puts values into Python and JavaScript as literals of the language: a whole literal where code stands, escaped text inside
// quotes. A value can never become code; where no literal is safe (templates, raw texts, patterns) it is refused.
import type { ActionFailure } from '../../run/index.ts';
import { failure, isFailure } from '../failure.ts';
import type { Hole } from '../placeholders.ts';

export type ScriptLanguage = 'python' | 'javascript';

/** The code with its values, and the same for people with secrets as `***`. */
export function placeLiterals(
  code: string,
  holes: readonly Hole[],
  language: ScriptLanguage,
): { readonly script: string; readonly shown: string } | ActionFailure {
  const script = place(code, holes, language, ({ binding }) => binding.value);
  if (isFailure(script)) return script;
  const shown = place(code, holes, language, ({ binding }) => (binding.secret ? '***' : binding.value));
  return isFailure(shown) ? shown : { script, shown };
}

type Region =
  { readonly kind: 'code' | 'comment' } | { readonly kind: 'text'; readonly quote: string; readonly form: string };

function place(
  code: string,
  holes: readonly Hole[],
  language: ScriptLanguage,
  valueOf: (hole: Hole) => string | number | boolean,
): string | ActionFailure {
  let out = '';
  let region: Region = { kind: 'code' };
  for (let at = 0; at < code.length; at++) {
    const hole = holes.find(({ start }) => start === at);
    if (hole) {
      const placed = placeOne(code, hole, region, language, valueOf(hole));
      if (isFailure(placed)) return placed;
      out += placed;
      at = hole.end - 1;
      continue;
    }
    const [next, length] = step(code, at, region, language);
    if (holes.some(({ start }) => start > at && start < at + length))
      return failure('invalid-parameter', 'A value stands behind a backslash or inside a quote.');
    out += code.slice(at, at + length);
    at += length - 1;
    region = next;
  }
  return out;
}

/** What stands behind the characters at `at`, and how many they are. */
function step(code: string, at: number, region: Region, language: ScriptLanguage): [Region, number] {
  const inCode: Region = { kind: 'code' };
  if (region.kind === 'comment') return code[at] === '\n' ? [inCode, 1] : [region, 1];
  if (region.kind === 'text') {
    if (code[at] === '\\') return [region, 2];
    if (code.startsWith(region.quote, at)) return [inCode, region.quote.length];
    // A text of one line ends with it, closed or not.
    return code[at] === '\n' && region.quote.length === 1 && region.quote !== '`' ? [inCode, 1] : [region, 1];
  }
  if (language === 'python' && code[at] === '#') return [{ kind: 'comment' }, 1];
  if (language === 'javascript' && code.startsWith('//', at)) return [{ kind: 'comment' }, 2];
  if (language === 'javascript' && code.startsWith('/*', at)) {
    const end = code.indexOf('*/', at + 2);
    return [inCode, (end < 0 ? code.length : end + 2) - at];
  }
  const quote = language === 'python' ? /"""|'''|"|'/y : /"|'|`/y;
  quote.lastIndex = at;
  const found = quote.exec(code)?.[0];
  if (found === undefined) return [inCode, 1];
  const form = language === 'python' ? (/(?:^|[^\w])([A-Za-z]{1,2})$/.exec(code.slice(0, at))?.[1] ?? '') : '';
  return [{ kind: 'text', quote: found, form: form.toLowerCase() }, found.length];
}

function placeOne(
  code: string,
  hole: Hole,
  region: Region,
  language: ScriptLanguage,
  value: string | number | boolean,
): string | ActionFailure {
  const refuse = (where: string): ActionFailure =>
    failure('invalid-parameter', `\`${hole.binding.name}\` stands ${where}, where no value can be placed safely.`, {
      at: { start: hole.start, end: hole.end },
    });
  if (region.kind === 'comment') return code.slice(hole.start, hole.end);
  if (region.kind !== 'text') {
    if (/[\w$.]/.test(code[hole.start - 1] ?? '') || /[\w$]/.test(code[hole.end] ?? ''))
      return refuse('as a part of a name');
    if (language === 'javascript' && /(^|[=(,:;!&|?{}[\]\n]|\breturn)\s*\/[^/*\n]*$/.test(code.slice(0, hole.start)))
      return refuse('in what may be a pattern');
    if (typeof value === 'string') return quoted(value, '"');
    return language === 'python' && typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
  }
  if (region.quote === '`') return refuse('in a template');
  if (/r/.test(region.form)) return refuse('in a raw text');
  const inner = quoted(String(value), region.quote).slice(1, -1);
  return /f|t/.test(region.form) ? inner.replace(/[{}]/g, (brace) => brace + brace) : inner;
}

/** A text of one line that both languages read alike. */
function quoted(value: string, quote: string): string {
  const inner = value.replace(
    /[\\"'`\u0000-\u001F\u007F-\u009F\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const mark = quote[0] ?? '"';
  return mark + inner + mark;
}
