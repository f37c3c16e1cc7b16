// promql.syntax: a PromQL or LogQL query that the language's own grammar does not read, at the place where it stops. Placeholders
// stand for values; of several queries in one block each is read by itself.
import { remember } from '../base/index.ts';
import { parser as logql } from '@grafana/lezer-logql';
import { parser as promql } from '@prometheus-io/lezer-promql';
import { makeDiagnostic } from '../diagnostics/index.ts';
import { bracketFault, type CodeFault } from './code-fault.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { perAction } from './scope.ts';

/** Longer blocks are no queries, and would cost more than a keystroke may. */
const longest = 10_000;

export const checkPromql = perAction((action) => {
  const { language, code } = action;
  if (!/^(?:promql|logql)$/.test(language) || /\.\.\.|…/.test(code) || code.length > longest) return [];
  const { fault } = faultOf(`${language} ${code}`);
  if (!fault) return [];
  return [
    makeDiagnostic(
      'promql.syntax',
      codeSpan(action, fault),
      `\`${action.id}\` is no complete query: ${fault.message}.`,
      { hint: 'Correct the query.' },
    ),
  ];
});

const faultOf = remember((text: string): { readonly fault: CodeFault | null } => {
  const language = text.slice(0, text.indexOf(' '));
  const code = text.slice(language.length + 1);
  const brackets = bracketFault(code.replaceAll('/*', '  '), { quotes: `"'\``, lineComments: ['#'], escapes: true });
  if (brackets) return { fault: brackets };
  const parser = language === 'promql' ? promql : logql;
  const read = (from: number, to: number): CodeFault | null => {
    const part = withValues(code.slice(from, to));
    if (part.replace(/#[^\n]*/g, '').trim() === '') return null;
    let at: number | null = null;
    parser.parse(part).iterate({
      enter: ({ type, from: start }) => {
        if (type.isError && at === null) at = start;
      },
    });
    return at === null ? null : tell(code, part, from, at);
  };
  const whole = read(0, code.length);
  if (!whole) return { fault: null };
  // Several queries, parted by empty lines or one on each line.
  for (const between of [/\n[ \t]*\n/g, /\n/g]) {
    const cuts = [...code.matchAll(between)].map(({ index, 0: words }) => [index, index + words.length] as const);
    if (cuts.length === 0) continue;
    const starts = [0, ...cuts.map(([, end]) => end)];
    const ends = [...cuts.map(([start]) => start), code.length];
    const faults = starts.map((start, index) => read(start, ends[index] ?? code.length));
    if (faults.every((fault) => fault === null)) return { fault: null };
  }
  return { fault: whole };
});

/** What the grammar trips over, in words. */
function tell(code: string, part: string, from: number, at: number): CodeFault {
  const called = /([A-Za-z_]\w*)\s*$/.exec(part.slice(0, at));
  if (part[at] === '(' && called) {
    const start = from + called.index;
    return { message: `there is no function \`${called[1] ?? ''}\``, start, end: start + (called[1]?.length ?? 1) };
  }
  const word = /^(?:\w+|[^\w\s]{1,2})/.exec(part.slice(at))?.[0];
  const start = from + (word === undefined ? Math.max(0, part.trimEnd().length - 1) : at);
  if (word === undefined) return { message: 'it ends too early', start, end: start + 1 };
  return {
    message: `it cannot be read from \`${code.slice(start, start + word.length)}\` on`,
    start,
    end: start + word.length,
  };
}

/** Placeholders outside of quotes as values of the same length. */
function withValues(code: string): string {
  const fill = (length: number, value: string): string =>
    (value + ' '.repeat(length)).slice(0, Math.max(length, value.length));
  return code.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)|(\{\{[^{}\n]*\}\}|\$?\{[A-Za-z_][\w-]*\}|<[A-Za-z_][\w -]*>|\$[A-Za-z_]\w*|\[\[\w+\]\])/g,
    (whole: string, quoted: string | undefined, _mark: string | undefined, at: number) => {
      if (quoted !== undefined) return whole;
      const before = code.slice(Math.max(0, at - 1), at);
      if (/[[:]/.test(before)) return fill(whole.length, '5m');
      if (/[\w}]/.test(before)) return ' '.repeat(whole.length);
      return /^\s*[({[]/.test(code.slice(at + whole.length)) ? 'x'.repeat(whole.length) : fill(whole.length, '1');
    },
  );
}
