// The files of a library in the editor: guides and alert rules of every workspace folder, each read once until it changes. An
// open guide counts as it stands in its editor.
import * as vscode from 'vscode';
import { lineIndex, type LineIndex } from '../base/index.ts';
import { libraryGuide, type AlertRule, type LibraryGuide } from '../check/index.ts';
import type { Analyses, DocumentAnalysis } from './analyses.ts';
import type { LibraryReader } from './library-reader.ts';

/** What a file is for its library; null for one that is neither guide nor rule file. */
export type LibraryFile =
  | { readonly kind: 'guide'; readonly uri: vscode.Uri; readonly path: string; readonly guide: LibraryGuide }
  | {
      readonly kind: 'rules';
      readonly uri: vscode.Uri;
      readonly path: string;
      readonly rules: readonly AlertRule[];
      readonly lines: LineIndex;
    };

/** A longer file is not looked into, and no more rule files than this. */
const longest = 500_000;
const mostRuleFiles = 1000;

interface Kept {
  readonly stamp: string;
  readonly file: LibraryFile | null;
}

export class LibraryFiles {
  readonly #analyses: Analyses;
  readonly #reader: LibraryReader;
  readonly #kept = new Map<string, Kept>();
  #uris: readonly vscode.Uri[] | null = null;

  constructor(analyses: Analyses, reader: LibraryReader) {
    this.#analyses = analyses;
    this.#reader = reader;
  }

  /** Files came or went, or changed on disk. */
  forget(): void {
    this.#uris = null;
  }

  /** The files of one workspace folder, in order of their paths. */
  async of(folder: vscode.WorkspaceFolder, token: vscode.CancellationToken): Promise<readonly LibraryFile[]> {
    const fresh = this.#uris === null;
    const uris = this.#uris ?? (await this.#list(token));
    // A search that was cancelled has found a part at most.
    if (token.isCancellationRequested) return [];
    this.#uris = uris;
    const files: LibraryFile[] = [];
    for (const uri of uris) {
      if (token.isCancellationRequested) return [];
      if (vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() !== folder.uri.toString()) continue;
      const file = await this.#file(uri, folder, fresh).catch(() => null);
      if (file) files.push(file);
    }
    return files;
  }

  async #list(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
    const rules = await vscode.workspace.findFiles('**/*.{yaml,yml}', '**/node_modules/**', mostRuleFiles, token);
    return [...(await this.#analyses.guides.files(token)), ...rules.sort((a, b) => (a.path < b.path ? -1 : 1))];
  }

  async #file(uri: vscode.Uri, folder: vscode.WorkspaceFolder, fresh: boolean): Promise<LibraryFile | null> {
    const key = uri.toString();
    const path = pathIn(folder, uri);
    const open: DocumentAnalysis | undefined = this.#analyses.latest(uri);
    const kept = this.#kept.get(key);
    if (open) {
      const stamp = `version ${open.version}`;
      if (kept?.stamp === stamp) return kept.file;
      return this.#keep(key, stamp, { kind: 'guide', uri, path, guide: libraryGuide(path, open.guide) });
    }
    if (kept && !fresh && !kept.stamp.startsWith('version')) return kept.file;
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    const stamp = `${mtime} ${size}`;
    if (kept?.stamp === stamp) return kept.file;
    const text = size > longest ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const part = await this.#reader.read({ path, text });
    if (part?.kind === 'guide') return this.#keep(key, stamp, { kind: 'guide', uri, path, guide: part.guide });
    return this.#keep(key, stamp, part && { kind: 'rules', uri, path, rules: part.rules, lines: lineIndex(text) });
  }

  #keep(key: string, stamp: string, file: LibraryFile | null): LibraryFile | null {
    this.#kept.set(key, { stamp, file });
    return file;
  }
}

/** A file's path below its folder, with forward slashes. */
function pathIn(folder: vscode.WorkspaceFolder, uri: vscode.Uri): string {
  return uri.path.slice(folder.uri.path.length).replace(/^\//, '');
}
