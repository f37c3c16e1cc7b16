// Puts a run's open questions to a person, one at a time and each once. Closing a question leaves the run waiting: it is asked
// again only when the person says so (`TSG: Answer What the Run Asks`), or after the run was resumed.
import * as vscode from 'vscode';
import { foundBefore, nodeName, type PersonEvent, type RunRequest, type RunView } from '../run/index.ts';
import type { GuideRun } from './guide-run.ts';
import type { Circumstances, Prompts } from './prompts.ts';
import { resultSummary } from './result-summary.ts';
import type { RunValues } from './run-values.ts';

/** What is known of a run's tools without contacting anything: those of the environment that is chosen in the editor now. */
export interface Surroundings {
  environment(uri: vscode.Uri): { readonly name: string; readonly color?: string } | undefined;
}

/** Asks for one run. */
export class RequestAsker {
  readonly #run: GuideRun;
  readonly #prompts: () => Prompts;
  readonly #values: RunValues;
  readonly #by: string;
  readonly #surroundings: Surroundings;
  /** Questions that were put and either answered or left. */
  readonly #put = new Set<string>();
  #asking: Promise<void> | undefined;

  constructor(run: GuideRun, prompts: () => Prompts, values: RunValues, by: string, surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#run = run;
    this.#prompts = prompts;
    this.#values = values;
    this.#by = by;
  }

  /** Puts whatever is open and was not put yet; one pass at a time. */
  askOpen(): Promise<void> {
    this.#asking ??= this.#pass().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** Puts everything that is open, also what was left unanswered before. */
  askAgain(): Promise<void> {
    this.#put.clear();
    return this.askOpen();
  }

  async #pass(): Promise<void> {
    for (;;) {
      const view = this.#run.view();
      const request = this.#run.active ? view.requests.find((open) => !this.#put.has(keyOf(open))) : undefined;
      if (!request) return;
      this.#put.add(keyOf(request));
      const event = await this.#ask(request, view);
      const stillOpen = this.#run.view().requests.some((open) => keyOf(open) === keyOf(request));
      if (!event || !stillOpen) continue;
      // The run moves on after the submit; its next change starts the next pass.
      const submitted = this.#run.submit(event);
      if (!submitted.accepted) this.#prompts().tellNotTaken(submitted.because);
    }
  }

  async #ask(request: RunRequest, view: RunView): Promise<PersonEvent | undefined> {
    const about = this.#circumstances(request, view);
    const by = this.#by;
    switch (request.kind) {
      case 'decision': {
        const edges = await this.#prompts().decide(request, about);
        return edges && { kind: 'decision-given', node: request.node, edges, by };
      }
      case 'approval': {
        const answer = await this.#prompts().approve(request, about);
        if (answer === 'approve') return { kind: 'approval-given', action: request.action, hash: request.hash, by };
        return answer && { kind: 'approval-refused', action: request.action, by };
      }
      case 'parameter': {
        const parameter = this.#run.plan.guide.parameters.find((candidate) => candidate.name === request.name);
        if (!parameter) return undefined;
        const value = await this.#values.ask(this.#run.uri, this.#run.plan, parameter, this.#prompts());
        return value === undefined ? undefined : { kind: 'parameter-given', name: request.name, value, by };
      }
      case 'unknown-outcome':
      case 'manual-action': {
        const as = await this.#prompts().settle(request, about);
        return as && { kind: 'action-settled', action: request.action, as, by };
      }
    }
  }

  #circumstances(request: RunRequest, view: RunView): Circumstances {
    const titles = Object.fromEntries(
      this.#run.plan.nodes.map((node) => [
        node.id,
        node.kind === 'end' ? vscode.l10n.t('end of the guide') : titleOf(node.id, node.title),
      ]),
    );
    return {
      step: titles[request.node] ?? nodeName(request.node),
      evidence: this.#evidence(request, view, titles),
      titles,
      ...this.#where(request, view),
    };
  }

  /** What the step found; of a decision at a step that only has words, what those that led to it found, each by its name. */
  #evidence(request: RunRequest, view: RunView, titles: Readonly<Record<string, string>>): string {
    const foundAt = (step: RunView['steps'][number]): string => {
      const result = step.actions.findLast((action) => action.result)?.result;
      return result ? resultSummary(result) : '';
    };
    const found = foundBefore(this.#run.plan, view, request.node);
    const own = found.find(({ node }) => node === request.node);
    if (own) return foundAt(own);
    if (request.kind !== 'decision') return '';
    return found
      .map((step) => ({ step, summary: foundAt(step) }))
      .filter(({ summary }) => summary !== '')
      .map(({ step, summary }) => `${titles[step.node] ?? nodeName(step.node)}: ${summary}`)
      .join(' \u00b7 ');
  }

  /** Where it would happen, as far as it is told of the run's own environment: another one may be chosen by now. */
  #where(request: RunRequest, view: RunView): Pick<Circumstances, 'environment' | 'undo'> {
    const { uri } = this.#run;
    const chosen = this.#surroundings.environment(uri);
    const isOwn = chosen?.name === view.environment;
    const undo = this.#run.plan.nodes.find(({ id }) => 'node' in request && id === request.node)?.undo;
    return {
      ...(view.environment !== undefined && {
        environment: { name: view.environment, ...(isOwn && chosen?.color && { color: chosen.color }) },
      }),
      ...(undo !== undefined && { undo }),
    };
  }
}

function titleOf(node: string, title: string): string {
  return title ? `${nodeName(node)} \u2013 ${title}` : nodeName(node);
}

function keyOf(request: RunRequest): string {
  switch (request.kind) {
    case 'decision':
      return `decision ${request.node} ${request.round ?? 0}`;
    case 'approval':
      return `approval ${request.action} ${request.hash}`;
    case 'parameter':
      return `parameter ${request.name}`;
    case 'unknown-outcome':
      return `unknown-outcome ${request.action}`;
    case 'manual-action':
      return `manual-action ${request.action} ${request.round ?? 0}`;
  }
}
