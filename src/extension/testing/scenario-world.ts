// The world in which a guide's tests run in the editor: its plan as it stands now, and its tools without a way to perform.
import * as vscode from 'vscode';
import type { LineIndex } from '../../base/index.ts';
import type { ScenarioWorld } from '../../scenario/index.ts';
import type { GuideTools } from '../guide-tools.ts';
import { joinCalled } from '../join-called.ts';
import { loadEngine } from '../load-engine.ts';
import { presetFor } from '../runs.ts';
import { NotAllowed } from '../trust.ts';
import { analyzeGuide, type TestsFile } from './tests-file.ts';

export interface OpenedWorld {
  readonly world: ScenarioWorld;
  readonly guide: vscode.Uri;
  readonly lines: LineIndex;
  /** Closes the tools. */
  close(): Promise<void>;
}

/** Opens the world of a file's guide. Rejects with a sentence for people when the guide cannot be tested. */
export async function openWorld(file: TestsFile, tools: GuideTools): Promise<OpenedWorld> {
  const { guide } = file;
  if (!guide) throw new NotAllowed(file.problem?.message ?? '');
  const { sha256Hex, withoutProvided } = await loadEngine();
  const opened = await tools.open(guide);
  const close = (): Promise<void> => opened.toolbox.close();
  try {
    const configured = opened.settings.file !== null;
    const analysis = await analyzeGuide(guide, configured ? opened.toolbox.languages : null);
    const error = analysis.diagnostics.find(({ severity }) => severity === 'error');
    if (error) throw new NotAllowed(vscode.l10n.t('The guide has errors; it was not tested. {0}', error.message));
    const joined = await joinCalled({ uri: guide, plan: analysis.plan });
    const plan = withoutProvided(joined.plan, opened.toolbox);
    const presets = presetFor({ plan }, opened);
    const { approvals, environment } = opened.settings;
    const rules = { approvals, environment: environment?.name ?? null };
    const world = { plan, tools: configured ? opened.toolbox : null, hash: sha256Hex, presets, rules };
    return { world, guide, lines: analysis.guide.lines, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens the world, works in it, and closes it. */
export async function withWorld<T>(
  file: TestsFile,
  tools: GuideTools,
  work: (opened: OpenedWorld) => Promise<T>,
): Promise<T> {
  const opened = await openWorld(file, tools);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}
