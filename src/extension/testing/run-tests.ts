// Runs cases of one tests file in the editor: the guide as it stands, on the answers of the file; no tool is ever called.
import * as vscode from 'vscode';
import { ownPlan } from '../../plan/index.ts';
import type { GuideTools } from '../guide-tools.ts';
import { loadEngine } from '../load-engine.ts';
import { GuideCoverage } from './coverage-details.ts';
import { failureMessages } from './failure-messages.ts';
import { withWorld } from './scenario-world.ts';
import type { TestsFile } from './tests-file.ts';

/** What became of one case: its messages, none when it held. */
export interface CaseOutcome {
  readonly name: string;
  readonly messages: readonly vscode.TestMessage[];
}

export interface TestsOutcome {
  readonly cases: readonly CaseOutcome[];
  readonly coverage: GuideCoverage;
}

/** Runs the cases of `items`, by their index in the file, and reports each; gives also what they cover of the guide. */
export async function runTests(
  run: vscode.TestRun,
  file: TestsFile,
  items: ReadonlyMap<number, vscode.TestItem>,
  tools: GuideTools,
): Promise<TestsOutcome> {
  const engine = await loadEngine();
  return withWorld(file, tools, async ({ world, guide, lines }) => {
    const { plan } = world;
    const journals = [];
    const cases: CaseOutcome[] = [];
    for (const [index, item] of items) {
      const placed = file.tests[index];
      if (!placed || run.token.isCancellationRequested) {
        run.skipped(item);
        continue;
      }
      run.started(item);
      const began = performance.now();
      const ended = await engine.runScenario(world, placed.scenario);
      const failures = engine.checkScenario(plan, placed.scenario, ended);
      const took = performance.now() - began;
      journals.push(ended.lines);
      run.appendOutput(`${placed.scenario.name}: ${ended.view.outcome ?? 'waiting'}\r\n`, undefined, item);
      const place = new vscode.Location(file.uri, new vscode.Position(placed.line - 1, 0));
      const messages = failures.flatMap((failure) => failureMessages(failure, { uri: guide, lines }, place));
      cases.push({ name: placed.scenario.name, messages });
      if (messages.length === 0) run.passed(item, took);
      else run.failed(item, messages, took);
    }
    // What a called guide's steps are covered by is told at its own tests.
    const own = ownPlan(plan);
    return { cases, coverage: new GuideCoverage(guide, own, lines, engine.coverageOf(own, journals)) };
  });
}
