// Where a shell would put a variable's value: `$pod` and `${pod}`, also between double quotes. What single quotes, a backslash or a
// quoted here-document keep from the shell (awk's `$NF`, jq's `$x`) is none, and neither is an expansion that does more
// (`${pod:-none}` has a value of its own).
import { forEachChild, parse, type SyntaxNode } from 'unbash';
import { firstError } from './first-error.ts';
import { typedLines } from './terminal-session.ts';

/** A variable that the shell expands; the place is in UTF-16 units of the code. */
export interface ExpandedVariable {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** In the order of the text. None where the code cannot be read as bash. `holes` are the places of placeholders. */
export function expandedVariables(
  code: string,
  language: string,
  holes: readonly { readonly start: number; readonly end: number }[],
): readonly ExpandedVariable[] {
  if (!/\$[{A-Za-z_]/.test(code)) return [];
  const masked = withoutHoles(code, holes);
  const typed = typedLines(masked, language);
  if (!typed) return variablesIn(masked, (at) => at);
  if ('refusal' in typed) return [];
  const starts: { readonly at: number; readonly from: number }[] = [];
  let script = '';
  for (const { start, end } of typed.lines) {
    starts.push({ at: script.length, from: start });
    script += `${masked.slice(start, end)}\n`;
  }
  return variablesIn(script, (at) => {
    const line = starts.findLast((one) => one.at <= at);
    return line ? line.from + (at - line.at) : at;
  });
}

function variablesIn(script: string, placeOf: (at: number) => number): ExpandedVariable[] {
  const tree = parse(script);
  if (firstError(tree) !== null) return [];
  const found = new Map<number, ExpandedVariable>();
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'SimpleExpansion' || (node.type === 'ParameterExpansion' && /^\$\{\w+\}$/.test(node.text))) {
      const name = node.text.replace(/[${}]/g, '');
      // What stands in back-ticks may have been unescaped, and is then somewhere else.
      if (
        /^[A-Za-z_]/.test(name) &&
        !isOther(name, script.slice(node.end, node.end + 2)) &&
        script.slice(node.pos, node.end) === node.text
      ) {
        const start = placeOf(node.pos);
        found.set(start, { name, start, end: start + node.text.length });
      }
    }
    forEachChild(node, visit);
  };
  visit(tree);
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** `$STORAGE-ACCOUNT`, `{$gt: 1}` and awk's `$NF` between double quotes: the author means another thing than the shell reads. */
function isOther(name: string, behind: string): boolean {
  return /^(?:NF|NR|FNR)$/.test(name) || (/^[A-Z]+$/.test(name) && /^-[A-Z]/.test(behind)) || /^:\s/.test(behind);
}

/** The code with a plain word of the same length for each placeholder: `<pod>` would read as a redirection. */
function withoutHoles(code: string, holes: readonly { readonly start: number; readonly end: number }[]): string {
  let text = '';
  let from = 0;
  for (const { start, end } of holes) {
    text += code.slice(from, start) + 'v'.repeat(end - start);
    from = end;
  }
  return text + code.slice(from);
}
