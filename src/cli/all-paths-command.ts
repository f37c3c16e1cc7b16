// `tsg test --all-paths`: made-up answers for every way through a guide that a simple solver can open; what it finds at the
// end of them, and what nothing leads to.
import { explorePaths, leavesOpen, type Exploration } from '../scenario/index.ts';
import type { Json } from '../base/index.ts';
import { ownPlan } from '../plan/index.ts';
import { exitCode, usageError, type ExitCode } from './exit-code.ts';
import type { GuideTests } from './find-tests.ts';
import type { Faults } from './test-faults.ts';
import { shownPath, type GuideText } from './guide-text.ts';
import { edgeLines, printCoverage } from './print-test.ts';
import { printableLine } from './printable-text.ts';
import type { Terminal } from './terminal.ts';
import { withScenarioWorld, type TestFlags } from './test-command.ts';
import { coverageJson, unusableJson } from './test-json.ts';

/** Exit 0 when every edge is reached and every way ends as the guide says, 1 when not. */
export async function allPathsCommand(
  found: readonly GuideTests[],
  faults: Faults,
  flags: TestFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  if (flags.junit !== undefined) throw usageError('--junit and --all-paths exclude each other.');
  if (flags.coverageSvg !== undefined) throw usageError('--coverage-svg and --all-paths exclude each other.');
  const guides = [...new Set(found.map(({ guide }) => guide))];
  if (guides.length === 0 && faults.all.length === 0) throw usageError('There is no guide here.');
  const all: Json[] = [];
  let sound = true;
  for (const guide of guides) {
    const explore = (): Promise<void> =>
      withScenarioWorld(guide, flags.config, terminal, async (world, source) => {
        const exploration = await explorePaths(world);
        if (exploration.unreached.length > 0 || exploration.paths.some(({ outcome }) => leavesOpen(outcome)))
          sound = false;
        if (flags.json) all.push(toJson(guide, exploration));
        else {
          print(guide, exploration, source, terminal);
          if (flags.coverage)
            printCoverage({ coverage: exploration.coverage, plan: ownPlan(world.plan), source }, terminal);
        }
      });
    await faults.unless(guide, explore);
  }
  if (flags.json) terminal.out(`${JSON.stringify({ guides: all, ...unusableJson(faults.all) }, null, 2)}\n`);
  return faults.code(sound ? exitCode.ok : exitCode.guide);
}

function print(guide: string, exploration: Exploration, source: GuideText | null, terminal: Terminal): void {
  const { paths, runs, complete, unreached } = exploration;
  const many = complete ? '' : ` in the ${runs} runs that were made; there are more`;
  terminal.out(
    `${terminal.styled('bold', printableLine(shownPath(guide)))}\n  ${paths.length} ${paths.length === 1 ? 'path' : 'paths'}${many}\n`,
  );
  const outcomes = new Map<string, number>();
  for (const { outcome } of paths) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  for (const [outcome, count] of [...outcomes].sort()) terminal.out(`    ${String(count).padStart(4)}  ${outcome}\n`);
  const told = new Set<string>();
  for (const { outcome, reason, steps } of paths) {
    if (!leavesOpen(outcome) || told.has(reason) || told.size === 5) continue;
    told.add(reason);
    terminal.out(`  ${terminal.styled('red', '✗')} ${outcome} after ${steps.join(', ')}: ${printableLine(reason)}\n`);
  }
  if (unreached.length === 0) terminal.out(`  ${terminal.styled('green', '✓')} every edge is reached\n`);
  for (const { edge, because } of unreached) {
    terminal.out(`  ${terminal.styled('red', '✗')} never reached\n`);
    for (const line of edgeLines({ edge, status: 'disabled', because }, source, terminal))
      terminal.out(`      ${line}\n`);
  }
}

function toJson(guide: string, { paths, runs, complete, unreached, coverage }: Exploration): Json {
  return {
    guide: shownPath(guide),
    runs,
    complete,
    paths: paths.map(({ outcome, reason, steps, scenario }) => ({
      outcome,
      reason,
      steps,
      answers: scenario.answers as Json,
      decisions: scenario.decisions as Json,
    })),
    unreached: unreached.map(({ edge, because }) => ({ edge: edge.id, line: edge.source?.startLine ?? null, because })),
    coverage: coverageJson(coverage),
  };
}
