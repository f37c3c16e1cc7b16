// Parameters that a guide declares and nothing uses. parameter.unused tells them; query.hard-coded asks whether one of them should
// stand where a fixed value stands.
import { allMatches, collect } from '../base/index.ts';
import type { Parameter } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { namesInWords, undeclaredIn } from './check-undefined-parameters.ts';
import { meantName } from './near-names.ts';
import { parametersOfGuide } from './parameters-of-guide.ts';
import { bySection } from './scope.ts';

/** Declared parameters that no action, guard or sentence uses. A guide without actions has none: there they are used by hand. */
export function idleParameters(input: CheckInput): readonly Parameter[] {
  const { plan } = input;
  const actions = collect(plan.nodes, (node) => node.actions);
  if (actions.length === 0) return [];
  const used = new Set(collect(actions, (action) => action.parameters));
  const declared = plan.guide.parameters.filter(({ origin }) => origin === 'declared');
  const names = declared.map(({ name }) => name);
  const known = new Set(names);
  // A misspelt placeholder is reported as undefined, with the name that was meant; once is enough.
  const strange = [...undeclaredIn(plan, known).keys()];
  const near = meantName(
    names,
    names.filter((name) => !used.has(name)),
    strange,
  );
  const meant = new Set(
    [...strange, ...namesInWords(input).map(({ name }) => name)].flatMap((name) =>
      known.has(name) ? [] : (near(name) ?? []),
    ),
  );
  const idle = declared.filter(({ name }) => !used.has(name) && !meant.has(name));
  const mentioned = mentionedIn(input, idle);
  const isOfGuide = parametersOfGuide(input);
  return idle.filter(({ name, source }) => source && !mentioned.has(name) && isOfGuide(source.span.start));
}

/**
 * Parameters that the text names outside of their declaration: with placeholder signs, as inline code, as `params.name`, or
 * as a bare word that can be nothing else (`start_time`, `maxAge`). An ordinary word such as `region` alone proves nothing.
 */
function mentionedIn(input: CheckInput, parameters: readonly Parameter[]): ReadonlySet<string> {
  const found = new Set<string>();
  if (parameters.length === 0) return found;
  const places = new Map(parameters.map(({ name, source }) => [name, source?.span]));
  for (const { name } of parameters) if (!/^[\w-]+$/.test(name)) found.add(name); // not a word that can be looked for
  const sections = telling(input);
  for (const [name, declaration] of places) {
    const isOutside = (at: number): boolean => !declaration || at < declaration.start - 1 || at >= declaration.end;
    if (sections.some((words) => words.get(name)?.some(isOutside))) found.add(name);
  }
  return found;
}

/** A bare name in a query is one of its columns; `:name`, `@name` and `%(name)s` are values that it is handed. */
const ofColumns = /^(?:sql|tsql|mysql|postgres\w*|kusto|kql|promql|logql)$/i;

/** The words of a section that would name a parameter, with where they begin, signs included. */
const telling = bySection(({ blocks }, { own }, from) => {
  const words = new Map<string, number[]>();
  const queries = blocks.flatMap(({ block }) =>
    block.kind === 'code' && block.language !== null && ofColumns.test(block.language) ? [block.span] : [],
  );
  const isColumn = (at: number): boolean => queries.some(({ start, end }) => start <= at && at < end);
  for (const match of allMatches(
    own,
    /(params\.|\$\{?(?:using|script|global|local|private|env):|[`{$<]|(?<=\s|[=(,'])[:@]|%\()?([\w-]+)/gi,
  )) {
    const [whole, sign, name = ''] = match;
    if (sign === undefined && (!isUnusualWord(name) || isColumn(from + match.index))) continue;
    // `{region="eu"}` is a matcher of a label, and no placeholder.
    if (sign === '{' && own[match.index + whole.length] !== '}') continue;
    const places = words.get(name);
    if (places) places.push(from + match.index);
    else words.set(name, [from + match.index]);
  }
  return [words];
});

function isUnusualWord(name: string): boolean {
  return /[_\d]|[a-z][A-Z]/.test(name);
}
