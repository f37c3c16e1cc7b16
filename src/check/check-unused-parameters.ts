// parameter.unused: a declared parameter that no action, guard or sentence uses, so whoever runs the guide is asked for
// nothing. A guide without actions is left alone: there the engineer uses the values by hand.
import { slice } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Guide } from '../guide/index.ts';
import type { Parameter } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { nearName } from './near-name.ts';

export function checkUnusedParameters({ guide, plan }: CheckInput): readonly Diagnostic[] {
  const actions = plan.nodes.flatMap((node) => node.actions);
  if (actions.length === 0) return [];
  const used = new Set(actions.flatMap((action) => action.parameters));
  const declared = plan.guide.parameters.filter(({ origin }) => origin === 'declared');
  const names = declared.map(({ name }) => name);
  const known = new Set(names);
  // A misspelt placeholder is reported as undefined, with the name that was meant; once is enough.
  const meant = new Set([...used].flatMap((name) => (known.has(name) ? [] : (nearName(name, names) ?? []))));
  return declared.flatMap((parameter) => {
    const { name, source } = parameter;
    if (!source || used.has(name) || meant.has(name) || isMentioned(guide, parameter)) return [];
    const message = `Parameter \`${name}\` is declared, but no action, condition or sentence uses it.`;
    return [
      makeDiagnostic('parameter.unused', nameSpan(guide, parameter) ?? source.span, message, {
        hint: 'Use it in an action, or remove it.',
      }),
    ];
  });
}

/**
 * True when the text names the parameter elsewhere: with placeholder signs, as inline code, as `params.name`, or as a
 * bare word that can be nothing else (`start_time`, `maxAge`). An ordinary word such as `region` alone proves nothing.
 */
function isMentioned(guide: Guide, { name, source }: Parameter): boolean {
  const bare = /[_\d]|[a-z][A-Z]/.test(name);
  const text = guide.text;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const end = at + name.length;
    if (source && at >= source.span.start && end <= source.span.end) continue;
    const before = text.charAt(at - 1);
    const after = text.charAt(end);
    if (/[\p{L}\p{N}_]/u.test(before + after)) continue;
    if (bare || before === '`' || before === '{' || before === '$' || before === '<') return true;
    if (text.slice(Math.max(0, at - 7), at) === 'params.') return true;
  }
  return false;
}

/** Only the name inside the declaration, when it stands there as declared. */
function nameSpan(guide: Guide, { name, source }: Parameter): { start: number; end: number } | null {
  if (!source) return null;
  const at = slice(guide.text, source.span).indexOf(name);
  return at < 0 ? null : { start: source.span.start + at, end: source.span.start + at + name.length };
}
