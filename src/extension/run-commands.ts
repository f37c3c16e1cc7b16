// What can be done with runs that are over or wait: compare two side by side, run one again with the same parameters, read its
// report, list only some.
import * as vscode from 'vscode';
import type { ParameterValue } from '../run/index.ts';
import type { CommandContext } from './commands.ts';
import { loadEngine } from './load-engine.ts';
import { runText } from './run-text.ts';
import type { RunEntry } from './run-entries.ts';
import { guideOfJournal, type RunFilter } from './runs-view.ts';
import { NotAllowed } from './trust.ts';

/** Picks a journal: named by the command's argument, or by the person. */
export type PickJournal = (argument: unknown, title: string) => Promise<vscode.Uri | undefined>;

/** Two runs as texts side by side, with what differs marked. Arguments: a run and those selected with it, or none. */
export async function compareRuns(
  context: CommandContext,
  pick: PickJournal,
  argument: unknown,
  selected: unknown,
): Promise<void> {
  const [first, second] = Array.isArray(selected) ? (selected as readonly RunEntry[]) : [];
  const one = first && second ? first.journal : await pick(argument, vscode.l10n.t('Compare which run?'));
  const other = second ? second.journal : one && (await pick(undefined, vscode.l10n.t('Compare it with which?')));
  if (!one || !other) return;
  // The older one to the left.
  const [left, right] = [one, other].sort((a, b) => (a.path < b.path ? -1 : 1)) as [vscode.Uri, vscode.Uri];
  const texts = await Promise.all([left, right].map((journal) => textOf(context, journal)));
  const [before, after] = texts as [vscode.Uri, vscode.Uri];
  const title = vscode.l10n.t('{0} \u2194 {1}', nameOf(left), nameOf(right));
  await vscode.commands.executeCommand('vscode.diff', before, after, title);
}

/** Runs the guide of a run again, as it stands now, with the values that the run had; in its environment, if the person says so. */
export async function rerun(context: CommandContext, pick: PickJournal, argument: unknown): Promise<unknown> {
  const journal = await pick(argument, vscode.l10n.t('Run which again?'));
  if (!journal) return undefined;
  const engine = await loadEngine();
  const text = await engine.readJournal(journal.fsPath);
  const { plan, environment } = engine.replayJournal(text);
  const document = await guideOfJournal(journal, plan.guide, engine.sha256Hex);
  if (!document)
    throw new NotAllowed(vscode.l10n.t('The guide of this run, {0}, is not in its folder any more.', plan.guide.file));
  await vscode.window.showTextDocument(document);
  const known = new Set((await context.analyses.ready(document))?.plan.guide.parameters.map(({ name }) => name));
  const parameters = Object.fromEntries(Object.entries(await parametersOf(text)).filter(([name]) => known.has(name)));
  return context.conduct.liveRun(document, { parameters, ...(environment !== undefined && { environment }) });
}

/** Opens the report whose every sentence names its evidence, as `tsg report` writes it. */
export async function openReport(
  _context: CommandContext,
  pick: PickJournal,
  argument: unknown,
): Promise<vscode.WebviewPanel | undefined> {
  const journal = await pick(argument, vscode.l10n.t('Report on which run?'));
  if (!journal) return undefined;
  const engine = await loadEngine();
  const text = await engine.readJournal(journal.fsPath);
  const replay = engine.replayJournal(text);
  const lines = engine.readJournalText(text).lines.slice(0, replay.lastSeq);
  const html = engine.writeHtml(await engine.makeReport(replay, lines, nameOf(journal)));
  const title = vscode.l10n.t('Report: {0}', replay.plan.guide.title);
  const panel = vscode.window.createWebviewPanel('tsg.report', title, vscode.ViewColumn.Active, {
    enableScripts: false,
    enableFindWidget: true,
    localResourceRoots: [],
  });
  panel.webview.html = html;
  return panel;
}

interface FilterItem extends vscode.QuickPickItem {
  readonly filter: RunFilter | null;
}

/** Lists only some runs. */
export async function filterRuns(context: CommandContext, argument: unknown): Promise<void> {
  const ways: readonly FilterItem[] = [
    { label: vscode.l10n.t('All runs'), filter: null },
    { label: vscode.l10n.t('Waiting or interrupted'), filter: { kind: 'open' } },
    { label: vscode.l10n.t('Failed, or no branch fits'), filter: { kind: 'failed' } },
    { label: vscode.l10n.t('Ended as planned'), filter: { kind: 'well' } },
  ];
  const chosen = ways.find(({ label }) => label === argument) ?? (await chooseFilter(context, ways, argument));
  if (chosen) context.view.show(chosen.filter, chosen.label);
}

/** The guides to choose from are those of all journals, which may take a moment to be read. */
async function chooseFilter(
  context: CommandContext,
  ways: readonly FilterItem[],
  argument: unknown,
): Promise<FilterItem | undefined> {
  const guides = guideFilters(context);
  if (typeof argument === 'string') {
    const named = (await guides).find(({ label }) => label === argument);
    if (named) return named;
  }
  const all = guides.then((more) => [...ways, ...more]);
  return vscode.window.showQuickPick(all, { title: vscode.l10n.t('Show which runs?') });
}

async function guideFilters(context: CommandContext): Promise<readonly FilterItem[]> {
  const titles = new Set((await context.view.matching(null)).map(({ title }) => title));
  return [...titles].map((title) => ({
    label: title,
    description: vscode.l10n.t('runs of this guide'),
    filter: { kind: 'guide', title },
  }));
}

async function textOf(context: CommandContext, journal: vscode.Uri): Promise<vscode.Uri> {
  const engine = await loadEngine();
  const text = await engine.readJournal(journal.fsPath);
  const { plan, view, run } = engine.replayJournal(text);
  return context.texts.keep(
    `compare-${run.slice(0, 8)}`,
    `${nameOf(journal)}.txt`,
    runText(plan, view, await parametersOf(text)),
  );
}

/** The values that a run was started or resumed with, or was given; those of secrets are in no journal. */
async function parametersOf(journal: string): Promise<Readonly<Record<string, ParameterValue>>> {
  const { readJournalText } = await loadEngine();
  const values: Record<string, ParameterValue> = {};
  for (const { body } of readJournalText(journal).lines) {
    if (body.kind === 'run-started' || body.kind === 'run-resumed') Object.assign(values, body['parameters']);
    if (body.kind === 'parameter-given' && body['value'] !== undefined)
      values[String(body['name'])] = body['value'] as ParameterValue;
  }
  return values;
}

function nameOf(journal: vscode.Uri): string {
  return journal.path.slice(journal.path.lastIndexOf('/') + 1).replace(/\.jsonl$/, '');
}
