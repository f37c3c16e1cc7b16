// parameter.undefined: the guide declares its parameters, and a placeholder in an action is not among them.
// A guide that declares none implies them by its placeholders, which is not a fault.
import { sift, allMatches, collect, onceFor, slice, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic, type Fix } from '../diagnostics/index.ts';
import { sourceSpan, textOf, type Guide } from '../guide/index.ts';
import type { Plan, PlanNode } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { meantName, nearNames } from './near-names.ts';
import { bySection } from './scope.ts';

export function checkUndefinedParameters(input: CheckInput): readonly Diagnostic[] {
  const { guide, plan } = input;
  const declared = plan.guide.parameters.filter(({ origin }) => origin === 'declared').map(({ name }) => name);
  if (declared.length === 0) return [];
  const known = new Set(declared);
  const unknown = new Map(undeclaredIn(plan, known));
  const strange = [...unknown.keys()];
  const slip = nearNames(declared);
  for (const { name, span } of namesInWords(input))
    if (!known.has(name) && !unknown.has(name) && slip(name) !== undefined) unknown.set(name, [span]);
  const used = new Set(collect(plan.nodes, ({ actions }) => collect(actions, ({ parameters }) => parameters)));
  const nearest = meantName(
    declared,
    declared.filter((name) => !used.has(name)),
    strange,
  );
  return [...unknown].flatMap(([name, [first, ...others]]) => {
    if (!first) return [];
    const near = nearest(name);
    return [
      makeDiagnostic(
        'parameter.undefined',
        first,
        `\`${slice(textOf(guide), first)}\` stands for a value, but the guide declares no parameter \`${name}\`.`,
        {
          labels: others.slice(0, 3).map((span) => ({ span, message: 'used here too' })),
          hint: near
            ? `Did you mean \`${near}\`?`
            : `Declare \`${name}\` with the other parameters, so that whoever runs the guide is asked for it.`,
          fixes: near !== undefined && near === slip(name) ? rename(guide, name, near, [first, ...others]) : [],
        },
      ),
    ];
  });
}

/** Placeholders of actions that no parameter is declared for, by name, with where they stand. */
export function undeclaredIn(plan: Plan, known: ReadonlySet<string>): ReadonlyMap<string, readonly Span[]> {
  const unknown = new Map<string, Span[]>();
  const keep = (name: string, span: Span): void => {
    const places = unknown.get(name);
    if (places) places.push(span);
    else unknown.set(name, [span]);
  };
  let hasPowershell = false;
  for (const node of plan.nodes) {
    const { names, isPowershell } = placeholdersOf(node);
    hasPowershell ||= isPowershell;
    if (names.every((name) => known.has(name))) continue;
    for (const { placeholders } of node.actions)
      for (const { parameter, span } of placeholders) if (!known.has(parameter)) keep(parameter, span);
  }
  if (hasPowershell) for (const { name, span } of quotedNames(plan, known)) if (!unknown.has(name)) keep(name, span);
  return unknown;
}

/** The names that a step's placeholders have, each once. */
export const placeholdersOf = onceFor(({ actions }: PlanNode): { names: readonly string[]; isPowershell: boolean } => ({
  names: [...new Set(collect(actions, ({ placeholders }) => placeholders.map(({ parameter }) => parameter)))],
  isPowershell: actions.some(({ language }) => language === 'powershell'),
}));

/**
 * In PowerShell braces are blocks, so only declared names count as placeholders there. A name in braces within quotes, or where no
 * block can stand, is one all the same where the guide writes its parameters so.
 */
function quotedNames(plan: Plan, known: ReadonlySet<string>): { readonly name: string; readonly span: Span }[] {
  const found = collect(plan.nodes, ({ actions }) =>
    collect(actions, (action) =>
      action.language === 'powershell'
        ? allMatches(action.code, inPowershell).map(({ 0: whole, 1: inDouble, 2: inSingle, 3: bare, index }) => ({
            name: inDouble ?? inSingle ?? bare ?? '',
            span: codeSpan(action, { start: index, end: index + whole.length }),
          }))
        : [],
    ),
  );
  return found.some(({ name }) => known.has(name)) ? found.filter(({ name }) => !known.has(name)) : [];
}

/**
 * `"\\{server}\{share}"` within one pair of quotes, where braces are no block, and `-ComputerName {server}` behind a name that takes
 * none; `{0}` and what `-f` fills in are PowerShell's own.
 */
const inPowershell =
  /(?=\{[A-Za-z_]\w{1,40}\})(?:(?<=(?:^|[\s(,=])"[^"\n]{0,200})(?<![$%#@{])\{(\w+)\}(?=[^"\n]{0,200}"(?!\s*-f\b))|(?<=(?:^|[\s(,=])'[^'\n]{0,200})(?<![$%#@{])\{(\w+)\}(?=[^'\n]{0,200}'(?!\s*-f\b))|(?<=[ \t]-(?!(?:ScriptBlock|FilterScript|Process|Begin|End|Action|Expression|Property|Command|InitializationScript|MemberDefinition)\b)[A-Za-z]{2,30}[ \t:]{1,3})\{(\w+)\}(?=[\s|;)]|$))/g;

/** Names in braces in the guide's words, inline code and links. There only a slip of a declared name is certain. */
export const namesInWords = bySection(({ proses }) =>
  collect(proses, ({ prose }) => {
    const found: { readonly name: string; readonly span: Span }[] = [];
    for (const { 0: whole, 1: name = '', index } of allMatches(prose.plain, inBraces))
      found.push({ name, span: sourceSpan(prose, index, index + whole.length) });
    for (const { target, span } of prose.links)
      for (const [, name = ''] of allMatches(target, inBraces)) found.push({ name, span });
    return found;
  }),
);

const inBraces = sift(/(?<![\w${])\{\{? ?([A-Za-z_][\w-]{2,40}) ?\}/g);

/** Puts the declared name into every placeholder, between whatever signs the author uses; `<two words>` has no such place. */
function rename(guide: Guide, name: string, near: string, places: readonly Span[]): Fix[] {
  const edits = collect(places, (span) => {
    const at = slice(textOf(guide), span).indexOf(name);
    if (at < 0) return [];
    return [{ span: { start: span.start + at, end: span.start + at + name.length }, newText: near }];
  });
  return edits.length === places.length ? [{ title: `Change to \`${near}\``, edits }] : [];
}
