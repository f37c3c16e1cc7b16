// parameter.late: a step uses a parameter that a later step asks for ("Retrieve the following parameters" in Step 3), and no path
// leads through that step first. Parameters of the front matter are there from the start.
import { textOf } from '../guide/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { reachableFrom } from '../plan/index.ts';
import { collect, slice } from '../base/index.ts';
import type { CheckInput } from './check.ts';
import { placeholdersOf } from './check-undefined-parameters.ts';

/** More than anyone writes; beyond, a check would no longer be linear. */
const most = 200;

export function checkParameterOrder({ guide, plan, facts }: CheckInput): readonly Diagnostic[] {
  const asked = collect(plan.guide.parameters, ({ name, origin, source }) => {
    if (origin !== 'declared' || !source || source.span.start < (guide.frontMatter.span?.end ?? 0)) return [];
    const { section } = facts.sectionAt(source.span.start);
    const node = plan.nodes.find(
      (one) =>
        one.kind === 'step' &&
        one.source &&
        one.source.span.start <= source.span.start &&
        source.span.end <= one.source.span.end,
    );
    return node?.source && section.heading && node.source.span.start <= source.span.start
      ? [{ name, node, span: source.span }]
      : [];
  });
  if (asked.length === 0) return [];
  let left = most;
  const behind = new Map(asked.map(({ node }) => [node.id, reachableFrom(plan, node.id)]));
  return collect(asked, ({ name, node, span }) => {
    for (const user of plan.nodes) {
      if (user.id === node.id || !placeholdersOf(user).names.includes(name)) continue;
      const use = collect(user.actions, ({ placeholders }) => placeholders).find(({ parameter }) => parameter === name);
      if (!use || left-- <= 0 || behind.get(node.id)?.has(user.id) === true) continue;
      return [
        makeDiagnostic(
          'parameter.late',
          use.span,
          `\`${slice(textOf(guide), use.span)}\` is used here, but \`${node.id}\` asks for it, and no path leads through that first.`,
          {
            labels: [{ span, message: 'asked for here' }],
            hint: 'Ask for it in an earlier step, or in the front matter.',
          },
        ),
      ];
    }
    return [];
  });
}
