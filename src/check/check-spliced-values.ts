// query.spliced-value: a parameter in a place where its value cannot be bound and would become code: a name of a table, the
// inside of a quoted name, a script handed to another shell. The tool refuses to run such an action.
import { allMatches, collect, slice } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import type { Action, Placeholder } from '../plan/index.ts';
import { guideOffset } from './diagnose-explanation.ts';
import { perAction } from './scope.ts';

export const checkSplicedValues = perAction((action, text): readonly Diagnostic[] => {
  const places = placesIn(action);
  if (places.length === 0) return [];
  const spans = new Map<number, Placeholder>(
    action.placeholders.map((placeholder) => [placeholder.span.start, placeholder]),
  );
  return collect(places, ({ at, where }) => {
    const placeholder = spans.get(guideOffset(action, at));
    if (!placeholder) return [];
    const words = slice(text, placeholder.span);
    return [
      makeDiagnostic(
        'query.spliced-value',
        placeholder.span,
        `\`${words}\` stands ${where}, where its value would become code.`,
        {
          hint: 'Write the name itself, or let the value stand where a value can be bound.',
        },
      ),
    ];
  });
});

/** Offsets of placeholders in such places. */
function placesIn({ language, code, placeholders }: Action): { at: number; where: string }[] {
  if (placeholders.length === 0) return [];
  if (language === 'sql') {
    const tables = [
      ...allMatches(code, /\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+(?:[A-Za-z_]\w*\.){0,2}\w*(?=\{|\$\{)/gi),
      ...allMatches(
        code,
        /(?<=^|;)\s*(?:VACUUM|ANALYZE|TRUNCATE|OPTIMIZE|REINDEX)\s+(?:\([^)]{0,80}\)\s*|(?:FULL|FREEZE|VERBOSE|ANALYZE)\s+){0,4}(?:[A-Za-z_]\w*\.){0,2}\w*(?=\{|\$\{)/gi,
      ),
    ].map((match) => ({
      at: match.index + match[0].length,
      where: 'for the name of a table',
    }));
    const objects = allMatches(
      code,
      /\b(?:ALTER|CREATE|DROP|REINDEX)\s+(?:DATABASE|SCHEMA|TABLESPACE|INDEX|VIEW|USER|ROLE|LOGIN|SEQUENCE|WAREHOUSE)\s+(?:CONCURRENTLY\s+)?(?:IF\s+(?:NOT\s+)?EXISTS\s+)?(?:[A-Za-z_]\w*\.){0,2}\w*(?=\{|\$\{)/gi,
    ).map((match) => ({ at: match.index + match[0].length, where: 'for the name of what is changed' }));
    const sorted = allMatches(code, /\b(?:ORDER|GROUP|PARTITION)\s+BY\s+(?=\{|\$\{)/gi).map((match) => ({
      at: match.index + match[0].length,
      where: 'for the name of a column',
    }));
    const bare = code.replace(/'(?:[^']|'')*'|--[^\n]*/g, (text) => ' '.repeat(text.length));
    const names = allMatches(bare, /"([^"\n]*)"/g).flatMap((match) =>
      allMatches(match[1] ?? '', /\{/g).map((brace) => ({
        at: match.index + 1 + brace.index,
        where: 'inside of a quoted name',
      })),
    );
    return [...tables, ...objects, ...sorted, ...names];
  }
  if (language === 'powershell') {
    const scripts = allMatches(code, /\b(?:Invoke-Expression|iex)[ \t]+(?:-Command[ \t]+)?([^\n|;]*)/gi);
    return [...scripts].flatMap(({ 0: whole, 1: script = '', index }) =>
      allMatches(script, /[{<]/g).map((sign) => ({
        at: index + whole.length - script.length + sign.index,
        where: 'inside of a script that is run as code',
      })),
    );
  }
  if (!/^(?:bash|sh|shell|zsh)$/.test(language)) return [];
  const scripts = allMatches(
    code,
    /\b(?:(?:ba|z|da)?sh[ \t]+-l?c|eval|python3?[ \t]+-c|perl[ \t]+-e|ssh[ \t]+(?:-\w+[ \t]+(?:[^-\s"'][^\s"']*[ \t]+)??)*[\w.@{}<>$-]+)[ \t]+(["'])((?:(?!\1)[^\\\n]|\\.)*)\1/g,
  );
  const evaluated = allMatches(code, /(?:^|[\n;&|(])[ \t]*(?:sudo[ \t]+)?eval[ \t]+(?=[{<])/g).map((match) => ({
    at: match.index + match[0].length,
    where: 'inside of a script for another shell',
  }));
  const within = [...scripts].flatMap((match) => {
    const [whole, , script = ''] = match;
    const from = match.index + whole.length - 1 - script.length;
    return allMatches(script, /[{<]/g).map((sign) => ({
      at: from + sign.index,
      where: 'inside of a script for another shell',
    }));
  });
  return [...evaluated, ...within];
}
