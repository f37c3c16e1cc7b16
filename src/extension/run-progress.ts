// A notification while a run is under way: what runs now, how much is done, and a way to stop it. It goes while the run
// waits for a person or is held, and comes back when it moves on.
import * as vscode from 'vscode';
import type { GuideRun } from './guide-run.ts';
import { nodeName } from '../run/index.ts';

/** A run shorter than this shows no notification. */
const patience = 500;

/** Follows the run until it ends, or until the returned function is called. */
export function showProgress(run: GuideRun, stop: () => void): () => void {
  let state: 'hidden' | 'soon' | 'shown' = 'hidden';
  let timer: NodeJS.Timeout | undefined;
  let hide: (() => void) | undefined;
  const running = (): boolean => run.active && run.view().phase === 'running';
  const show = (): void => {
    state = 'shown';
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: run.plan.guide.title };
    void vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(stop);
      progress.report({ message: words(run) });
      return new Promise<void>((resolve) => {
        const changes = run.onDidChange(() => progress.report({ message: words(run) }));
        hide = () => {
          changes.dispose();
          resolve();
        };
        // The run may have stood still while the notification was being made.
        update();
      });
    });
  };
  const update = (): void => {
    if (running()) {
      if (state === 'hidden') {
        state = 'soon';
        timer = setTimeout(show, patience);
      }
    } else if (state === 'soon') {
      clearTimeout(timer);
      state = 'hidden';
    } else if (hide) {
      hide();
      hide = undefined;
      state = 'hidden';
    }
  };
  const subscription = run.onDidChange(update);
  update();
  return () => {
    subscription.dispose();
    clearTimeout(timer);
    hide?.();
  };
}

/** "Step 3, Step 4 (2 of 11 done)". */
function words(run: GuideRun): string {
  const steps = run
    .view()
    .steps.filter((step) => run.plan.nodes.find((node) => node.id === step.node)?.kind === 'step');
  const running = steps.filter((step) => step.status === 'running').map((step) => nodeName(step.node));
  const done = steps.filter((step) => !['pending', 'running', 'waiting'].includes(step.status)).length;
  const names = running.length > 4 ? `${running.slice(0, 4).join(', ')} \u2026` : running.join(', ');
  return vscode.l10n.t('{0} ({1} of {2} done)', names, done, steps.length);
}
