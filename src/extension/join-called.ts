// Joins the guides that a guide calls to its plan, for a run: files of its workspace folder, as they stand in their editors.
import * as vscode from 'vscode';
import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { joinGuides, type CalledPlan, type Plan } from '../plan/index.ts';
import type { DocumentAnalysis } from './analyses.ts';
import { loadEngine } from './load-engine.ts';

/** The analysis with the joined plan; what stays with the engineer is told as it is come to. */
export async function joinCalled<T extends Pick<DocumentAnalysis, 'uri' | 'plan'>>(analysis: T): Promise<T> {
  const { uri, plan } = analysis;
  if (!plan.nodes.some(({ calls }) => calls)) return analysis;
  const { own, root } = await callPlace(uri);
  const joined = await joinGuides(plan, own, (from, path) => openCalled(root, from, path));
  return { ...analysis, plan: joined.plan };
}

/** A guide's real path, and the folder below which guides that it calls are found. */
export async function callPlace(uri: vscode.Uri): Promise<{ readonly own: string; readonly root: string }> {
  const own = await realpath(uri.fsPath).catch(() => uri.fsPath);
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(own);
  return { own, root: await realpath(folder).catch(() => folder) };
}

/** The files of guides that a run's plan goes through which are other than when it began, or gone, each once. */
export async function changedCalled({ nodes }: Plan): Promise<readonly string[]> {
  const { sha256Hex } = await loadEngine();
  const called = new Map(
    nodes.flatMap(({ actions }) => actions.flatMap(({ guide }) => (guide ? [[guide.file, guide]] : []))),
  );
  const changed = await Promise.all(
    [...called.values()].map(async ({ file, sha256 }) => {
      try {
        const text = (await vscode.workspace.openTextDocument(vscode.Uri.file(file))).getText();
        return sha256Hex(text) === sha256 ? [] : [file];
      } catch {
        return [file];
      }
    }),
  );
  return changed.flat().map((file) => vscode.workspace.asRelativePath(file));
}

async function openCalled(root: string, from: string, path: string): Promise<CalledPlan> {
  const engine = await loadEngine();
  const found = await engine.findCalled(root, from, path);
  if (found.kind === 'refused') return found;
  const { file } = found;
  try {
    const text = (await vscode.workspace.openTextDocument(vscode.Uri.file(file))).getText();
    const about = { file, sha256: engine.sha256Hex(text), languages: null };
    const { plan, diagnostics } = engine.analyze(text, about);
    if (diagnostics.some(({ severity }) => severity === 'error'))
      return { kind: 'refused', because: vscode.l10n.t('{0} has errors; see its Problems.', `\`${path}\``) };
    return { kind: 'opened', id: file, plan };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', because: vscode.l10n.t('{0} cannot be read: {1}', `\`${path}\``, why) };
  }
}
