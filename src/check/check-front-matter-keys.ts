// guide.unknown-key: a key of the front matter that is nearly one of ours, so what it says is lost. Other keys belong to other
// tools and are left alone.
import { textOf } from '../guide/index.ts';
import { allMatches, nearName } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { CheckInput } from './check.ts';
import { meansOwner } from './check-owner.ts';

const top = ['title', 'owner', 'alerts', 'verified', 'parameters'];
const inEntry = ['name', 'type', 'description', 'default', 'examples', 'required', 'pattern', 'secret'];
const others =
  /^(?:tags?|date|author|authors|layout|draft|weight|version|versions|status|id|slug|aliases|alias|type|types)$/;

export function checkFrontMatterKeys({ guide }: CheckInput): readonly Diagnostic[] {
  const { span, parameters } = guide.frontMatter;
  if (!span || guide.diagnostics.some(({ code }) => code === 'guide.front-matter')) return [];
  const declared = new Set(parameters.map((parameter) => parameter.span.start));
  const text = textOf(guide).slice(span.start, span.end);
  const lines = allMatches(text, /^([ \t]*(?:- +)?)([\w-]+)[ \t]*:/gm);
  const given = new Set(lines.map(([, , key = '']) => key));
  let under = '';
  return lines.flatMap((match) => {
    const [, indent = '', key = ''] = match;
    const isTop = indent === '';
    if (isTop) under = key;
    const start = span.start + match.index + indent.length;
    if (declared.has(start) || (!isTop && under !== 'parameters')) return [];
    const known = isTop ? top : inEntry;
    if (known.includes(key) || (isTop && others.test(key))) return [];
    const near =
      (isTop ? called(key, given) : undefined) ?? nearName(key, isTop ? known.filter((one) => !given.has(one)) : known);
    if (near === undefined || key.length < (isTop ? 4 : 3)) return [];
    const place = { start, end: start + key.length };
    return [
      makeDiagnostic(
        'guide.unknown-key',
        place,
        `\`${key}\` is no key of the front matter that we know, so nothing reads it.`,
        {
          hint: `Did you mean \`${near}\`?`,
          fixes: [{ title: `Change to \`${near}\``, edits: [{ span: place, newText: near }] }],
        },
      ),
    ];
  });
}

/** Another name for one of ours, where ours is not given. */
function called(key: string, given: ReadonlySet<string>): string | undefined {
  const name = names.find(([pattern]) => pattern.test(key))?.[1];
  return name === undefined || given.has(name) ? undefined : name;
}

const names: readonly (readonly [RegExp, string])[] = [
  [/^(?:last_?)?verified(?:_?(?:on|at|date))?$/i, 'verified'],
  [meansOwner, 'owner'],
  [/^alert_?names?$/i, 'alerts'],
  [/^params?$/i, 'parameters'],
];
