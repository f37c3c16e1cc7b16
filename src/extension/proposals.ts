// Proposals in the editor: asks the chosen model about a passage that could not be read, shows on the graph what would come of
// it, and writes the line into the guide when the person accepts. What is refused is not asked again in this session.
import * as vscode from 'vscode';
import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { lineIndex } from '../base/index.ts';
import type { AnalyzeAbout } from '../editing/index.ts';
import type { NotRead } from '../plan/index.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import type { GuideTools } from './guide-tools.ts';
import { loadEngine } from './load-engine.ts';
import type { PassageAnswer, Proposal } from '../propose/index.ts';
import type { PreviewController } from './preview/index.ts';
import { toRange } from './to-vscode.ts';
import { NotAllowed } from './trust.ts';

/** Where the command is asked to look: an offset in a passage. */
export interface ProposeTarget {
  readonly offset?: number;
}

interface Open {
  readonly passage: NotRead;
  readonly answer: PassageAnswer;
  readonly model: string;
  /** What it comes to in the text as it stands; made anew with each version. */
  made: { readonly analysis: DocumentAnalysis; readonly proposal: Proposal | null };
}

export interface ProposalsOwner {
  readonly analyses: Analyses;
  readonly tools: GuideTools;
  readonly preview: PreviewController;
}

/** The proposals of this window, one open at a time for each guide. */
export class Proposals {
  readonly #owner: ProposalsOwner;
  readonly #open = new Map<string, Open>();
  readonly #refused = new Set<string>();

  constructor(owner: ProposalsOwner) {
    this.#owner = owner;
  }

  /** The proposal that is shown for a guide. */
  shown(uri: vscode.Uri): Proposal | undefined {
    return this.#open.get(uri.toString())?.made.proposal ?? undefined;
  }

  /** True when the person has refused a proposal for the passage. */
  isRefused(uri: vscode.Uri, { text }: NotRead): boolean {
    return this.#refused.has(`${uri.toString()} ${text}`);
  }

  /** Asks about one passage: the one at the offset or the cursor, else one that the person picks. */
  async propose(document: vscode.TextDocument, { offset }: ProposeTarget): Promise<Proposal | undefined> {
    const { analyses, tools } = this.#owner;
    if (!vscode.workspace.isTrusted)
      throw new NotAllowed(vscode.l10n.t('This workspace is not trusted: no model is asked about its guides.'));
    const analysis = await analyses.ready(document);
    if (!analysis) throw new NotAllowed(vscode.l10n.t('This document is not a guide.'));
    const engine = await loadEngine();
    const passage = await this.#choose(document, engine.unreadPassages(analysis), offset);
    if (!passage) return undefined;
    const chosen = await tools.model(document.uri);
    if (!chosen)
      throw new NotAllowed(vscode.l10n.t('No model is chosen. Name one in tsg.yaml, or use “TSG: Choose Model…”.'));
    const { model, terms, folder } = chosen;
    const about = this.#about(document);
    const conversation = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Asking {0}', model.name),
        cancellable: true,
      },
      (progress, token) => {
        const cancelled = new AbortController();
        token.onCancellationRequested(() => cancelled.abort());
        const onText = (soFar: string): void => progress.report({ message: `${soFar.length}` });
        return engine.askAboutPassage(
          model,
          analysis,
          passage,
          { about, mask: engine.hideSecrets, onText, within: engine.shareOfOne(terms.budget) },
          cancelled.signal,
        );
      },
    );
    await engine
      .openModelJournal(folder ?? dirname(document.uri.fsPath))
      .add(
        { purpose: 'proposal', model: model.name, guide: basename(document.uri.path), passage: passage.text },
        conversation,
      );
    const { end } = conversation;
    if (end.kind === 'failed' || end.kind === 'refused')
      throw new NotAllowed(vscode.l10n.t('{0} gave no proposal: {1}', model.name, end.message));
    if (end.kind === 'unusable')
      throw new NotAllowed(vscode.l10n.t('No answer of {0} could be used: {1}', model.name, end.problem));
    const answer = end.value;
    const current = (await analyses.ready(document)) ?? analysis;
    const now = engine.samePassage(passage, current);
    if (!now) throw new NotAllowed(vscode.l10n.t('The passage has changed since; ask again.'));
    const proposal = engine.proposalOf(current, this.#about(document), now, answer);
    if (answer.kind === 'unsure') {
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} is not sure: {1}', model.name, answer.reason));
      return proposal;
    }
    this.#open.set(document.uri.toString(), {
      passage: now,
      answer,
      model: model.name,
      made: { analysis: current, proposal },
    });
    this.#show(document, engine);
    return proposal;
  }

  /** Writes the line, as one edit that can be undone. */
  async accept(document: vscode.TextDocument): Promise<void> {
    const { analyses, preview } = this.#owner;
    const key = document.uri.toString();
    const open = this.#open.get(key);
    if (!open) throw new NotAllowed(vscode.l10n.t('No proposal for this guide is shown.'));
    const engine = await loadEngine();
    const analysis = await analyses.ready(document);
    const passage = analysis && engine.samePassage(open.passage, analysis);
    const proposal = passage && engine.proposalOf(analysis, this.#about(document), passage, open.answer);
    if (!proposal?.line) throw new NotAllowed(vscode.l10n.t('There is no place for it in the guide as it stands now.'));
    const lines = lineIndex(document.getText());
    const edit = new vscode.WorkspaceEdit();
    for (const { span, newText } of proposal.line.edits) edit.replace(document.uri, toRange(lines, span), newText);
    if (!(await vscode.workspace.applyEdit(edit)))
      throw new NotAllowed(vscode.l10n.t('The editor did not take the edit; the guide is as it was.'));
    this.#open.delete(key);
    preview.endComparison(document.uri);
  }

  /** Remembers for this session that the passage is not to be asked about again. */
  refuse(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const open = this.#open.get(key);
    if (open) this.#refused.add(`${key} ${open.passage.text}`);
    this.#open.delete(key);
    this.#owner.preview.endComparison(document.uri);
  }

  async #choose(
    document: vscode.TextDocument,
    passages: readonly NotRead[],
    offset: number | undefined,
  ): Promise<NotRead | undefined> {
    const at = (place: number): NotRead | undefined =>
      passages.find(({ source: { span } }) => span.start <= place && place <= span.end);
    if (offset !== undefined) {
      const found = at(offset);
      if (!found) throw new NotAllowed(vscode.l10n.t('Nothing here is left unread.'));
      return found;
    }
    const left = passages.filter((passage) => !this.isRefused(document.uri, passage));
    const editor = vscode.window.activeTextEditor;
    const here = editor?.document === document ? at(document.offsetAt(editor.selection.active)) : undefined;
    if (here) return here;
    if (left.length === 0)
      throw new NotAllowed(
        passages.length === 0
          ? vscode.l10n.t('Every passage of this guide was read, or is silenced.')
          : vscode.l10n.t('You have refused a proposal for each passage that is left unread.'),
      );
    const items = left.map((passage) => ({
      label: passage.text.length > 90 ? `${passage.text.slice(0, 89)}…` : passage.text,
      description: vscode.l10n.t('line {0}', passage.source.startLine),
      detail: passage.reason,
      passage,
    }));
    return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Ask about which passage?') }))?.passage;
  }

  #show(document: vscode.TextDocument, engine: Awaited<ReturnType<typeof loadEngine>>): void {
    const key = document.uri.toString();
    const open = this.#open.get(key);
    const proposal = open?.made.proposal;
    if (!open || !proposal) return;
    const said = proposal.line?.text ?? vscode.l10n.t('No line says it in this guide: rewrite the passage yourself.');
    const confidence = open.answer.kind === 'unsure' ? '' : ` (${open.answer.confidence})`;
    this.#owner.preview.compare(document, {
      title: vscode.l10n.t('Proposal by {0}', open.model),
      note: `${said} — ${open.answer.reason}${confidence}`,
      proposal: proposal.line ? 'open' : 'nothing-to-write',
      sides: (plan) => {
        const analysis = this.#owner.analyses.latest(document.uri);
        if (!analysis || analysis.plan !== plan || this.#open.get(key) !== open) return null;
        if (open.made.analysis !== analysis) {
          const passage = engine.samePassage(open.passage, analysis);
          const made = passage ? engine.proposalOf(analysis, this.#about(document), passage, open.answer) : null;
          open.made = { analysis, proposal: made };
        }
        if (!open.made.proposal) {
          this.#open.delete(key);
          return null;
        }
        return { old: plan, next: open.made.proposal.plan };
      },
    });
  }

  #about(document: vscode.TextDocument): AnalyzeAbout {
    const { tools } = this.#owner;
    const { severities } = tools.reporting(document.uri);
    return {
      file: basename(document.uri.path),
      sha256: createHash('sha256').update(document.getText(), 'utf8').digest('hex'),
      languages: tools.languages(document.uri),
      severities,
    };
  }
}
