// parameter.unused: a declared parameter that no action, guard or sentence uses, so whoever runs the guide is asked for
// nothing. A guide without actions is left alone: there the engineer uses the values by hand.
import { slice } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Guide } from '../guide/index.ts';
import type { Parameter } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { nearNames } from './near-names.ts';

export function checkUnusedParameters({ guide, plan }: CheckInput): readonly Diagnostic[] {
  const actions = plan.nodes.flatMap((node) => node.actions);
  if (actions.length === 0) return [];
  const used = new Set(actions.flatMap((action) => action.parameters));
  const declared = plan.guide.parameters.filter(({ origin }) => origin === 'declared');
  const names = declared.map(({ name }) => name);
  const known = new Set(names);
  // A misspelt placeholder is reported as undefined, with the name that was meant; once is enough.
  const near = nearNames(names);
  const meant = new Set([...used].flatMap((name) => (known.has(name) ? [] : (near(name) ?? []))));
  const idle = declared.filter(({ name }) => !used.has(name) && !meant.has(name));
  const mentioned = mentionedIn(guide, idle);
  return idle.flatMap((parameter) => {
    const { name, source } = parameter;
    if (!source || mentioned.has(name)) return [];
    const message = `Parameter \`${name}\` is declared, but no action, condition or sentence uses it.`;
    return [
      makeDiagnostic('parameter.unused', nameSpan(guide, parameter) ?? source.span, message, {
        hint: 'Use it in an action, or remove it.',
      }),
    ];
  });
}

/**
 * Parameters that the text names outside of their declaration: with placeholder signs, as inline code, as `params.name`, or
 * as a bare word that can be nothing else (`start_time`, `maxAge`). An ordinary word such as `region` alone proves nothing.
 * One pass over the text, however many parameters there are.
 */
function mentionedIn(guide: Guide, parameters: readonly Parameter[]): ReadonlySet<string> {
  const found = new Set<string>();
  if (parameters.length === 0) return found;
  const places = new Map(parameters.map(({ name, source }) => [name, source?.span]));
  for (const { name } of parameters) if (!/^[\w-]+$/.test(name)) found.add(name); // not a word that can be looked for
  for (const match of guide.text.matchAll(/(params\.|[`{$<])?([\w-]+)/g)) {
    const [, sign, name = ''] = match;
    const declaration = places.get(name);
    if (!places.has(name) || (sign === undefined && !isUnusualWord(name))) continue;
    // `{region="eu"}` is a matcher of a label, and no placeholder.
    if (sign === '{' && guide.text[match.index + match[0].length] !== '}') continue;
    if (declaration && match.index >= declaration.start - 1 && match.index < declaration.end) continue;
    found.add(name);
  }
  return found;
}

function isUnusualWord(name: string): boolean {
  return /[_\d]|[a-z][A-Z]/.test(name);
}

/** Only the name inside the declaration, when it stands there as declared. */
function nameSpan(guide: Guide, { name, source }: Parameter): { start: number; end: number } | null {
  if (!source) return null;
  const at = slice(guide.text, source.span).indexOf(name);
  return at < 0 ? null : { start: source.span.start + at, end: source.span.start + at + name.length };
}
