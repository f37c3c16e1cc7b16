// Shows each step's output where the step stands in the guide, as comment threads below its last action.
import * as vscode from 'vscode';
import { chartStyle } from './chart-style.ts';
import { ownStep, type PlanNode } from '../plan/index.ts';
import type { GuideRun } from './guide-run.ts';
import { stepOutput, type StepOutput } from './output-markdown.ts';

/** What a thread's menu commands receive. */
export interface OutputThread extends vscode.CommentThread {
  tsg?: { readonly run: GuideRun; readonly action?: string };
}

interface Shown {
  readonly thread: OutputThread;
  signature: string;
}

/** The threads of every guide; one set per guide, that of its latest run. */
export class OutputThreads implements vscode.Disposable {
  readonly #controller = vscode.comments.createCommentController('tsg.output', vscode.l10n.t('Guide output'));
  readonly #shown = new Map<string, Map<string, Shown>>();

  readonly #themes = vscode.window.onDidChangeActiveColorTheme(() => {
    const runs = [...this.#shown.values()].flatMap((threads) =>
      [...threads.values()].map(({ thread }) => thread.tsg?.run),
    );
    for (const run of new Set(runs)) if (run) this.update(run);
  });

  /** Brings the threads of a run's guide up to date; unchanged ones are left alone, so nothing flickers. */
  update(run: GuideRun): void {
    const key = run.uri.toString();
    const threads = this.#shown.get(key) ?? new Map<string, Shown>();
    this.#shown.set(key, threads);
    const rows = vscode.workspace.getConfiguration('tsg', run.uri).get<number>('output.rows') ?? 10;
    for (const step of run.view().steps) {
      const present = run.changedPlan ?? run.plan;
      const ran = run.plan.nodes.find((candidate) => candidate.id === step.node);
      // What a called guide's step gave is shown where it is called.
      const own = ran && ownStep(run.plan, ran);
      const place = own && present.nodes.find((candidate) => candidate.id === own.id);
      const node = place && { ...place, id: step.node };
      const output = node?.kind === 'step' ? stepOutput(run.plan, run.view(), step, rows, chartStyle()) : null;
      if (node && output) this.#show(run, node, output, threads);
    }
  }

  /** Removes the threads of a guide, or all. */
  clear(uri?: vscode.Uri): void {
    for (const [key, threads] of this.#shown) {
      if (uri && uri.toString() !== key) continue;
      for (const { thread } of threads.values()) thread.dispose();
      this.#shown.delete(key);
    }
  }

  /** What is shown for a guide, by step; for tests. */
  read(uri: vscode.Uri): Readonly<Record<string, { label: string; line: number; bodies: readonly string[] }>> {
    const threads = [...(this.#shown.get(uri.toString()) ?? [])];
    return Object.fromEntries(
      threads.map(([node, { thread }]) => {
        const bodies = thread.comments.map(({ body }) => (typeof body === 'string' ? body : body.value));
        return [node, { label: thread.label ?? '', line: (thread.range?.start.line ?? -1) + 1, bodies }];
      }),
    );
  }

  dispose(): void {
    this.#themes.dispose();
    this.clear();
    this.#controller.dispose();
  }

  #show(run: GuideRun, node: PlanNode, output: StepOutput, threads: Map<string, Shown>): void {
    const signature = JSON.stringify([run.id, output]);
    const existing = threads.get(node.id);
    if (existing?.signature === signature) return;
    const shown = existing ?? { thread: this.#create(run, node), signature };
    shown.signature = signature;
    const { thread } = shown;
    thread.label = output.label;
    thread.comments = output.comments.map((comment, index) => toComment(run, output, comment, index));
    thread.contextValue = output.action ? 'hasOutput' : 'noOutput';
    thread.tsg = { run, ...(output.action && { action: output.action }) };
    threads.set(node.id, shown);
  }

  #create(run: GuideRun, node: PlanNode): OutputThread {
    // At its end, so that the thread stands below the whole line where a long one is wrapped.
    const line = threadLine(node);
    const { start, end } = run.lines.lineSpan(line + 1);
    const place = new vscode.Position(line, end - start);
    const thread: OutputThread = this.#controller.createCommentThread(run.uri, new vscode.Range(place, place), []);
    thread.canReply = false;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    return thread;
  }
}

/** The closing fence of the step's last action, else the step's first line; 0-based. */
function threadLine(node: PlanNode): number {
  const last = node.actions.at(-1);
  if (last) return last.source.endLine;
  return (node.titleSource ?? node.source)?.startLine ? ((node.titleSource ?? node.source)?.startLine ?? 1) - 1 : 0;
}

function toComment(
  run: GuideRun,
  output: StepOutput,
  comment: StepOutput['comments'][number],
  index: number,
): vscode.Comment {
  const body = new vscode.MarkdownString(comment.body);
  if (output.action && output.cut && index === 0) {
    const argument = encodeURIComponent(JSON.stringify([{ run: run.id, action: output.action }]));
    body.appendMarkdown(`\n\n[Open full output](command:tsg.openOutput?${argument})`);
    body.isTrusted = { enabledCommands: ['tsg.openOutput'] };
  }
  return { author: { name: comment.author }, body, mode: vscode.CommentMode.Preview };
}
