// Prints what came of a guide's tests: each case, and for one that fails the edge that went another way, at its line in the
// guide, with the guard and the values it read.
import { findNode } from '../plan/index.ts';
import type { EdgeEvidence } from '../scenario/index.ts';
import { renderDiagnostic } from '../diagnostics/index.ts';
import type { GuideText } from './guide-text.ts';
import { printableLine, printableText } from './printable-text.ts';
import type { Terminal } from './terminal.ts';
import type { TestedCase, TestedGuide } from './test-command.ts';

/** One case, in a line when it holds. */
export function printCase({ placed, failures, run }: TestedCase, { source }: TestedGuide, terminal: Terminal): void {
  const passed = failures.length === 0;
  const sign = passed ? terminal.styled('green', '✓') : terminal.styled('red', '✗');
  const outcome = run.view.outcome ?? 'waiting';
  terminal.out(`  ${sign} ${printableLine(placed.scenario.name)}  ${terminal.styled('dim', outcome)}\n`);
  for (const { message, evidence } of failures) {
    printableText(message)
      .split('\n')
      .forEach((line) => {
        terminal.out(`      ${line}\n`);
      });
    for (const edge of evidence) for (const line of edgeLines(edge, source, terminal)) terminal.out(`      ${line}\n`);
  }
}

/** Where an edge stands in the guide and what decided it. */
export function edgeLines(
  { edge, status, because }: EdgeEvidence,
  source: GuideText | null,
  terminal: Terminal,
): string[] {
  const taken = status === 'enabled' ? 'taken' : 'not taken';
  const why = because === undefined ? [] : [`  ${printableLine(because)}`];
  const head = `${edge.from} → ${edge.to} was ${taken}${edge.condition === null ? '' : `: “${printableLine(edge.condition)}”`}`;
  // An expression that the author wrote is meant exactly; else the sentence with the condition.
  const place = (edge.guard?.kind === 'cel' ? edge.guard.source : undefined) ?? edge.source;
  if (!source || !place) return [head, ...why];
  const framed = renderDiagnostic(
    source.file,
    source.text,
    source.lines,
    { code: 'guard.invalid', severity: 'error', message: '', span: place.span, labels: [], fixes: [] },
    { width: Math.max(40, terminal.width - 12) },
  );
  return [head, ...framed.split('\n').slice(1), ...why];
}

/** How much of the guide its tests go through, and what they leave out. */
export function printCoverage(
  { coverage, plan, source }: Pick<TestedGuide, 'coverage' | 'plan' | 'source'>,
  terminal: Terminal,
): void {
  const { steps, edges, sides } = coverage;
  const part = ({ covered, total }: { readonly covered: number; readonly total: number }): string =>
    `${covered} of ${total}${total === 0 ? '' : ` (${Math.floor((100 * covered) / total)}%)`}`;
  terminal.out(`    steps ${part(steps)}, edges ${part(edges)}, sides of conditions ${part(sides)}\n`);
  for (const step of steps.missing)
    terminal.out(
      terminal.styled('dim', `      never run: ${step}  ${printableLine(findNode(plan, step)?.title ?? '')}\n`),
    );
  const undecided = new Set(
    sides.missing
      .filter(({ edge, side }) => side === 'did not hold' && edges.missing.includes(edge))
      .map(({ edge }) => edge),
  );
  for (const edge of edges.missing) {
    const line = edge.source === undefined || !source ? '' : `${source.file}:${edge.source.startLine}: `;
    const words = edge.condition === null ? '' : `: “${printableLine(edge.condition)}”`;
    terminal.out(
      terminal.styled(
        'dim',
        `      never ${undecided.has(edge) ? 'decided' : 'taken'}: ${line}${edge.from} → ${edge.to}${words}\n`,
      ),
    );
  }
  for (const { edge, side } of sides.missing) {
    if (side === 'held' || undecided.has(edge)) continue; // Told already: an edge that was never taken or decided.
    terminal.out(
      terminal.styled(
        'dim',
        `      never left out: ${edge.from} → ${edge.to}: “${printableLine(edge.condition ?? '')}”\n`,
      ),
    );
  }
}
