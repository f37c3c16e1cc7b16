// A notification while a run is under way: what runs now, how much is done, and a way to stop it. It goes while the run
// waits for a person or is held, and comes back when it moves on.
import * as vscode from 'vscode';
import type { GuideRun } from './guide-run.ts';
import { nodeName } from './output-markdown.ts';

/** A run shorter than this shows no notification. */
const patience = 500;

/** Follows the run until it ends. */
export function showProgress(run: GuideRun, stop: () => void): void {
  let end: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  const open = (): void => {
    timer = undefined;
    if (!run.active || run.view().phase !== 'running') return;
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: run.plan.guide.title };
    void vscode.window.withProgress(options, (progress, token) => {
      progress.report({ message: words(run) });
      token.onCancellationRequested(stop);
      return new Promise<void>((resolve) => {
        const changes = run.onDidChange(() => progress.report({ message: words(run) }));
        end = () => {
          changes.dispose();
          resolve();
        };
      });
    });
  };
  const update = (): void => {
    const running = run.active && run.view().phase === 'running';
    if (running && !end && !timer) timer = setTimeout(open, patience);
    if (running) return;
    clearTimeout(timer);
    timer = undefined;
    end?.();
    end = undefined;
    if (!run.active) subscription.dispose();
  };
  const subscription = run.onDidChange(update);
  update();
}

/** "Step 3, Step 4 (2 of 11 done)". */
function words(run: GuideRun): string {
  const steps = run
    .view()
    .steps.filter((step) => run.plan.nodes.find((node) => node.id === step.node)?.kind === 'step');
  const running = steps.filter((step) => step.status === 'running').map((step) => nodeName(step.node));
  const done = steps.filter((step) => !['pending', 'running', 'waiting'].includes(step.status)).length;
  const names = running.length > 4 ? `${running.slice(0, 4).join(', ')} \u2026` : running.join(', ');
  return `${names} (${done} of ${steps.length} done)`;
}
