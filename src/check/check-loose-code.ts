// Code that stands in no step (in what is needed beforehand, in an appendix, among notes) is copied all the same: what no shell or
// database reads, what widens rights and what destroys for good is told there too. What depends on the step around is not.
import { collect, onceFor } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { fenceLanguage, type Code } from '../guide/index.ts';
import type { Action } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { destroyedOutside } from './check-destructive.ts';
import { checkKusto } from './check-kusto.ts';
import { checkPowershell } from './check-powershell.ts';
import { checkPrivileges } from './check-privileges.ts';
import { checkPromql } from './check-promql.ts';
import { checkShell } from './check-shell.ts';
import { checkSql } from './check-sql.ts';
import type { SectionFacts } from './guide-facts.ts';

export function checkLooseCode({ plan, facts }: CheckInput): readonly Diagnostic[] {
  const blocks = collect(facts.parts, fencedIn);
  if (blocks.length === 0) return [];
  const held = new Set(collect(plan.nodes, ({ actions }) => actions.map(({ source }) => source.span.start)));
  return collect(blocks, (block) => (held.has(block.contentSpan.start) ? [] : faultsIn(block)));
}

const fencedIn = onceFor(({ blocks }: SectionFacts): readonly Code[] =>
  collect(blocks, ({ block }) =>
    block.kind === 'code' && block.language !== null && fences.has(block.language) ? [block] : [],
  ),
);

/** What is wrong with the block, whoever holds it. */
const faultsIn = onceFor((block: Code): readonly Diagnostic[] => {
  const action = actionOf(block);
  if (!action) return [];
  const faults = [checkShell, checkSql, checkPowershell, checkKusto, checkPromql, checkPrivileges].flatMap((check) =>
    check.kind === 'action' ? check.look(action, block.code) : [],
  );
  return [...faults, ...destroyedOutside(action)];
});

/** The fences that are looked at; other code is checked only where a step runs it. */
const fences: ReadonlySet<string> = new Set([
  'bash', 'sh', 'shell', 'zsh', 'sql', 'postgres', 'postgresql', 'pgsql', 'psql', 'mysql', 'tsql', 'mssql', 'promql', 'logql', 'kusto', 'kql', 'powershell', 'pwsh', 'ps1',
]); // prettier-ignore

/** The block as an action that no run performs. */
function actionOf({ language, code, contentSpan, lineOffsets, attributes }: Code): Action | null {
  const known = language === null ? null : fenceLanguage(language);
  if (known === null) return null;
  const dialect = attributes.find(({ name }) => name === 'dialect')?.value;
  return {
    id: 'This code',
    language: known,
    ...(dialect !== undefined && { dialect }),
    code,
    source: { span: contentSpan, startLine: 1, endLine: 1 },
    lineOffsets,
    placeholders: [],
    parameters: [],
    effect: 'unknown',
  };
}
