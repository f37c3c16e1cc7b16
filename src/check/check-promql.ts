// promql.syntax: a PromQL or LogQL query that the language's own grammar does not read, at the place where it stops. Placeholders
// stand for values; of several queries in one block each is read by itself.
import { allMatches, remember } from '../base/index.ts';
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
  const brackets = bracketFault(code.replaceAll('/*', '  '), {
    quotes: `"'\``,
    lineComments: ['#'],
    escapes: true,
    onOneLine: `"'`,
  });
  if (brackets) return { fault: brackets };
  const parser = language === 'promql' ? promql : logql;
  const read = (from: number, to: number): CodeFault | null => {
    const part = withValues(code.slice(from, to));
    if (part.replace(/#[^\n]*/g, '').trim() === '') return null;
    let at: number | null = null;
    const tree = parser.parse(part);
    tree.iterate({
      enter: ({ type, from: start }) => {
        if (type.isError && at === null) at = start;
      },
    });
    if (at !== null) return tell(code, part, from, at);
    return language === 'promql' ? callFault(tree, part, from) : withoutNumber(part, from);
  };
  const whole = read(0, code.length);
  if (!whole) return { fault: null };
  // Several queries, parted by empty lines or one on each line.
  for (const between of [/\n[ \t]*\n/g, /\n/g]) {
    const cuts = allMatches(code, between).map(({ index, 0: words }) => [index, index + words.length] as const);
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

/** Functions that read a range, with the place of that argument. */
const ofRange =
  /^(?:rate|irate|increase|delta|idelta|deriv|predict_linear|resets|changes|holt_winters|double_exponential_smoothing|\w+_over_time)$/;
/** How many arguments a function has, where that is no matter of taste. */
const counts: Readonly<Record<string, readonly [number, number]>> = {
  histogram_quantile: [2, 2], quantile_over_time: [2, 2], predict_linear: [2, 2], clamp: [3, 3], clamp_max: [2, 2], clamp_min: [2, 2],
  label_replace: [5, 5], label_join: [3, 99], rate: [1, 1], irate: [1, 1], increase: [1, 1], delta: [1, 1],
}; // prettier-ignore
const withNumber = /^(?:topk|bottomk|quantile|count_values|limitk|limit_ratio)$/;

/** `topk(sum by (pod) (…))` of LogQL. */
function withoutNumber(part: string, from: number): CodeFault | null {
  const bare = part.replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`|#[^\n]*/g, (text) => ' '.repeat(text.length));
  const found = /\b(topk|bottomk)\s*(?:by\s*\([^()]*\)\s*)?\(\s*(?=[a-z_]+\s*(?:by\s*)?\(|\{)/.exec(bare);
  const word = found?.[1];
  if (!found || word === undefined) return null;
  const start = from + found.index;
  return { message: `\`${word}\` has no number before its series`, start, end: start + word.length };
}

/** A call that the grammar reads and Prometheus refuses: a range where there must be none or none where there must be one. */
function callFault(tree: ReturnType<typeof promql.parse>, part: string, from: number): CodeFault | null {
  let fault: CodeFault | null = null;
  tree.iterate({
    enter: ({ node, name }) => {
      if (fault || (name !== 'FunctionCall' && name !== 'AggregateExpr')) return;
      const called = part.slice(node.firstChild?.from ?? node.from, node.firstChild?.to ?? node.from).trim();
      const body = node.getChild('FunctionCallBody');
      if (!body) return;
      const args: { readonly name: string; readonly text: string }[] = [];
      for (let child = body.firstChild; child; child = child.nextSibling)
        if (/[A-Z]/.test(child.name)) args.push({ name: child.name, text: part.slice(child.from, child.to) });
      const tell = (message: string): void => {
        const start = from + (node.firstChild?.from ?? node.from);
        fault = { message, start, end: start + called.length };
      };
      const bounds = Object.hasOwn(counts, called) ? counts[called] : undefined;
      if (name === 'AggregateExpr') {
        if (withNumber.test(called) && args.length === 1) tell(`\`${called}\` has no number before its series`);
        else if (args.at(-1)?.name === 'MatrixSelector')
          tell(`\`${called}\` reads no range; a function such as \`rate\` is missing`);
      } else if (bounds && (args.length < bounds[0] || args.length > bounds[1]))
        tell(`\`${called}\` has ${args.length} of its ${bounds[0]} arguments`);
      else if (ofRange.test(called)) {
        const arg = args[called === 'quantile_over_time' ? 1 : 0];
        if (arg?.name === 'VectorSelector')
          tell(`\`${called}\` wants a range, such as \`${arg.text.slice(0, 40)}[5m]\``);
        else if (/^(?:AggregateExpr|FunctionCall|BinaryExpr)$/.test(arg?.name ?? ''))
          tell(`\`${called}\` wants a range, and \`${arg?.text.slice(0, 40) ?? ''}\` gives none`);
      } else if (args[0]?.name === 'MatrixSelector' && called !== 'absent_over_time')
        tell(`\`${called}\` reads no range`);
    },
  });
  return fault;
}
