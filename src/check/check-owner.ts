// guide.unowned: front matter of a published guide (one that names alerts, or when it was verified) without an owner, so nobody
// is asked when the guide no longer works.
import { textOf, type Guide } from '../guide/index.ts';
import { nearName, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';

export function checkOwner({ guide }: CheckInput): readonly Diagnostic[] {
  const { span, owner } = guide.frontMatter;
  if (!span) return [];
  const words = textOf(guide).slice(span.start, span.end);
  const empty = (owner === undefined ? unsaid : isNobody.test(owner.trim()) ? /^owner[ \t]*:/im : null)?.exec(words);
  if (empty) {
    const start = span.start + empty.index;
    return [unownedGuide({ start, end: start + 5 }, 'The front matter has `owner`, and names nobody.')];
  }
  if (!asksForOwner(guide)) return [];
  const keys = words.match(/^[\w-]+(?=[ \t]*:)/gm) ?? [];
  if (nearName('owner', keys) !== undefined || keys.some((key) => meansOwner.test(key))) return []; // misspelt, which is told where it stands
  if (guide.diagnostics.some(({ code }) => code === 'guide.front-matter')) return [];
  return [unownedGuide({ start: span.start, end: span.start + 3 }, 'The front matter names no owner.')];
}

/** The key with nothing behind it, which is no owner to YAML. */
const unsaid = /^owner[ \t]*:(?=[ \t]*(?:~|null)?[ \t]*(?:#[^\n]*)?$)/im;

/** Nothing, or what stands where a name is to come: `owner: TBD`, `owner: unassigned`. */
const isNobody =
  /^(?:~|null|nil|n\/?a|none|no ?one|nobody|t\.?b\.?[acd]\.?|to ?do|fixme|to be (?:defined|determined|decided|announced|confirmed|assigned|named|added|filled in)|(?:not (?:yet )?|un)(?:known|assigned|owned|defined|set|specified|decided)|missing|placeholder|x{3,}|[?.…_-]+|<[^>\n]*>|\[[^\]\n]*\])?$/i;

/** Other names for it, which guide.unknown-key tells. */
export const meansOwner = /^(?:owned_?by|owner_?(?:team|name)|owning_?team)$/i;

/** True when the guide's own front matter shows that it should name an owner, and does not. */
export function asksForOwner({ frontMatter: { span, owner, alerts, verified } }: Guide): boolean {
  return span !== null && owner === undefined && (alerts.length > 0 || verified !== undefined);
}

export function unownedGuide(span: Span, message: string): Diagnostic {
  return makeDiagnostic('guide.unowned', span, message, {
    hint: 'Add `owner:` with a team or a person to its front matter.',
  });
}
