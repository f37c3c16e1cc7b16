// A guide's test under the debugger: the guide is stepped through on the answers of the case, and nothing outside is touched.
import * as vscode from 'vscode';
import type { Plan } from '../../plan/index.ts';
import type { DebugTarget } from '../debug/index.ts';
import type { GuideTools } from '../guide-tools.ts';
import { loadEngine } from '../load-engine.ts';
import { NotAllowed } from '../trust.ts';
import { openWorld } from './scenario-world.ts';
import { readTests, type TestsFile } from './tests-file.ts';

/** The case that a launch configuration names: its file, and its place in it. */
export interface CaseToDebug {
  readonly file: string;
  readonly index: number;
}

/** Debugs cases one after the other; it stops before the first step unless a breakpoint stands in the guide. */
export async function debugCases(
  testRun: vscode.TestRun,
  { uri, guide, tests }: TestsFile,
  items: ReadonlyMap<number, vscode.TestItem>,
): Promise<void> {
  if (!guide) return;
  const hasBreakpoint = vscode.debug.breakpoints.some(
    (one) => one instanceof vscode.SourceBreakpoint && one.location.uri.toString() === guide.toString(),
  );
  for (const index of items.keys()) {
    const test: CaseToDebug = { file: uri.fsPath, index };
    const name = tests[index]?.scenario.name ?? '';
    const ended = new Promise<void>((resolve) => {
      const subscription = vscode.debug.onDidTerminateDebugSession((session) => {
        if (session.configuration['test'] === undefined || session.configuration.name !== name) return;
        subscription.dispose();
        resolve();
      });
    });
    const started = await vscode.debug.startDebugging(
      vscode.workspace.getWorkspaceFolder(uri),
      {
        type: 'tsg',
        request: 'launch',
        name,
        program: guide.fsPath,
        test,
        stopOnEntry: !hasBreakpoint,
        stopAtEnd: true,
      },
      { testRun },
    );
    if (started) await ended;
  }
}

/** Waits and retries of a case under the debugger cost at most this many milliseconds. */
const longestWait = 50;

/** Starts the run of a case for the debug adapter; `show` draws a moment of it. */
export async function caseTarget(
  { file, index }: CaseToDebug,
  tools: GuideTools,
  by: string,
  show: (guide: vscode.Uri, view: ReturnType<DebugTarget['run']['view']>, plan: Plan) => void,
): Promise<DebugTarget> {
  const { startScenario } = await loadEngine();
  const tests = await readTests(vscode.Uri.file(file));
  const placed = tests.tests[index];
  if (!placed) throw new NotAllowed(vscode.l10n.t('The tests file has no such case any more.'));
  const { world, guide, close } = await openWorld(tests, tools);
  const started = startScenario(world, placed.scenario, {
    held: true,
    clock: {
      now: () => Date.now(),
      after(ms, callback) {
        const timer = setTimeout(callback, Math.min(ms, longestWait));
        return () => clearTimeout(timer);
      },
    },
  });
  const { live } = started;
  live.onChange(() => {
    while (started.answer());
    show(guide, live.view(), world.plan);
    if (live.view().phase === 'ended') void close();
  });
  return {
    kind: 'live',
    plan: world.plan,
    file: guide.fsPath,
    run: live,
    by,
    journal: () => Promise.resolve(started.journal()),
    show: (view) => show(guide, view ?? live.view(), world.plan),
  };
}
