// A tests file as the editor has it: its cases with their lines, and the guide it is about, analysed as it stands now.
import * as vscode from 'vscode';
import { basename } from 'node:path';
import type { Analysis } from '../../editing/index.ts';
import type { PlacedScenario } from '../../scenario/index.ts';
import { loadEngine } from '../load-engine.ts';

/** Where the cases of a file stand; `problem` says why it has none, in a sentence. */
export interface TestsFile {
  readonly uri: vscode.Uri;
  readonly tests: readonly PlacedScenario[];
  /** The guide that the file is about; null when it is not there. */
  readonly guide: vscode.Uri | null;
  readonly problem: { readonly message: string; readonly line: number } | null;
}

/** Reads a tests file, unsaved changes included. */
export async function readTests(uri: vscode.Uri): Promise<TestsFile> {
  const { readTestsFile, guideCandidates } = await loadEngine();
  const reading = readTestsFile(await textOf(uri));
  if (reading.problems) {
    const [{ message, line }] = reading.problems;
    return { uri, tests: [], guide: null, problem: { message: `${basename(uri.path)}:${line}: ${message}`, line } };
  }
  const folder = vscode.Uri.joinPath(uri, '..');
  const candidates = guideCandidates(basename(uri.path), reading.guide);
  for (const candidate of candidates) {
    const guide = vscode.Uri.joinPath(folder, candidate);
    if (await exists(guide)) return { uri, tests: reading.tests, guide, problem: null };
  }
  const message = vscode.l10n.t('This file is about no guide: there is no {0}.', candidates.join(', '));
  return { uri, tests: reading.tests, guide: null, problem: { message, line: 1 } };
}

/** The guide as it stands, unsaved changes included; `languages` are those of its tools, null when there are none. */
export async function analyzeGuide(uri: vscode.Uri, languages: readonly string[] | null): Promise<Analysis> {
  const { analyze, sha256Hex } = await loadEngine();
  const text = await textOf(uri);
  return analyze(text, { file: basename(uri.path), sha256: sha256Hex(text), languages });
}

/** The text of a file as it stands, unsaved changes included. */
export async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
