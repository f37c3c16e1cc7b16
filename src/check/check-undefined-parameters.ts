// parameter.undefined: the guide declares its parameters, and a placeholder in an action is not among them.
// A guide that declares none implies them by its placeholders, which is not a fault.
import { collect, slice, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic, type Fix } from '../diagnostics/index.ts';
import { textOf, type Guide } from '../guide/index.ts';
import type { CheckInput } from './check.ts';
import { nearNames } from './near-names.ts';

export function checkUndefinedParameters({ guide, plan }: CheckInput): readonly Diagnostic[] {
  const declared = plan.guide.parameters.filter(({ origin }) => origin === 'declared').map(({ name }) => name);
  if (declared.length === 0) return [];
  const known = new Set(declared);
  const unknown = new Map<string, Span[]>();
  for (const node of plan.nodes) {
    for (const action of node.actions) {
      for (const { parameter, span } of action.placeholders) {
        if (known.has(parameter)) continue;
        const places = unknown.get(parameter) ?? [];
        places.push(span);
        unknown.set(parameter, places);
      }
    }
  }
  const nearest = nearNames(declared);
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
          fixes: near ? rename(guide, name, near, [first, ...others]) : [],
        },
      ),
    ];
  });
}

/** Puts the declared name into every placeholder, between whatever signs the author uses; `<two words>` has no such place. */
function rename(guide: Guide, name: string, near: string, places: readonly Span[]): Fix[] {
  const edits = collect(places, (span) => {
    const at = slice(textOf(guide), span).indexOf(name);
    if (at < 0) return [];
    return [{ span: { start: span.start + at, end: span.start + at + name.length }, newText: near }];
  });
  return edits.length === places.length ? [{ title: `Change to \`${near}\``, edits }] : [];
}
