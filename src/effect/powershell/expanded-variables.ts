// Where PowerShell would put a variable's plain value: `$node`, `${node}`, `$using:node`, also between double quotes. Variables of
// another drive (`$env:NAME`) are none. A variable whose members are used (`$vm.Name`), that is piped or gone through, or
// handed over as a session or credential, holds more than a person could type.
import { allMatches } from '../../base/index.ts';
import type { ExpandedVariable } from '../shell/expanded-variables.ts';
import { scanPowershell } from './scan-powershell.ts';

/** A variable with the scope that is written before its name: `using` of `$using:node`. */
export interface ScopedVariable extends ExpandedVariable {
  readonly scope?: string;
}

/** In the order of the text; none where the script is not understood. `holes` are the places of placeholders. */
export function expandedInPowershell(
  code: string,
  holes: readonly { readonly start: number; readonly end: number }[],
): readonly ScopedVariable[] {
  if (!code.includes('$')) return [];
  const { regions, fault } = scanPowershell(code, (at) => holes.find(({ start }) => start === at)?.end);
  if (fault) return [];
  const found: ScopedVariable[] = [];
  let region = 0;
  for (const match of allMatches(code, variable)) {
    const { 0: whole, index: start } = match;
    const name = match[2] ?? match[4] ?? '';
    const scope = match[1] ?? match[3];
    const end = start + whole.length;
    while ((regions[region]?.end ?? Infinity) <= start) region++;
    const around = regions[region];
    const inside = around && around.start <= start ? around : null;
    if (inside?.kind === 'comment' || inside?.kind === 'single') continue;
    if (inside?.kind === 'here' && !/^@["“”„]/.test(code.slice(inside.start, inside.start + 2))) continue;
    if (holes.some((hole) => hole.start < end && start < hole.end)) continue;
    found.push({ name, start, end, ...(scope !== undefined && { scope: scope.toLowerCase() }) });
  }
  return found;
}

/** Names of the variables that hold objects or lists, by how they are used, in lower case. */
export function objectsInPowershell(code: string): readonly string[] {
  // In a text between double quotes `$node.example.com` is a value with more behind it.
  const bare = code.replace(/"(?:[^"`]|`[^])*"/g, (text) => (text.includes('$(') ? text : '""'));
  return allMatches(bare, asObject).map((match) => (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').toLowerCase());
}

const variable =
  /(?<![`$\w@])\$(?:(?:(using|script|global|local|private):)?([A-Za-z_]\w*)(?![\w:]*:)|\{(?:(using|script|global|local|private):)?([A-Za-z_]\w*)\})(?!\w)/gi;
const scope = '(?:(?:using|script|global|local|private):)?';
const asObject = new RegExp(
  String.raw`\$${scope}([A-Za-z_]\w*)(?:\[|::|(?:\?)?\.[A-Za-z_])|(?:^|[\n;{(=])[ \t]*\$${scope}([A-Za-z_]\w*)[ \t]*\||\b(?:in|-in|-contains|-notcontains|-is|-as)[ \t]+\$${scope}([A-Za-z_]\w*)|-(?:Credential|\w*Session|SessionOption|InputObject|VM|Body|Headers|ArgumentList|ScriptBlock|Action|Trigger|Principal)[ \t]+\$${scope}([A-Za-z_]\w*)`,
  'gi',
);
