// What is known of guides that are not open: they are read one at a time, each once until its file changes.
import * as vscode from 'vscode';
import { planOf, type Analysis } from '../editing/index.ts';
import type { Guides } from './guides.ts';
import { nameOf } from './uri-name.ts';

/** A guide longer than this is not looked into. */
const longestGuide = 500_000;

export type ReadGuide = Pick<Analysis, 'guide' | 'plan'> & { readonly uri: vscode.Uri };

/** What is made of each guide is kept with the time of its file; guides themselves are not. */
export class GuideFacts<Fact> {
  readonly #known = new Map<string, { readonly modified: number; readonly fact: Fact }>();
  readonly #guides: Guides;
  readonly #make: (guide: ReadGuide) => Fact;

  constructor(guides: Guides, make: (guide: ReadGuide) => Fact) {
    this.#guides = guides;
    this.#make = make;
  }

  /** Facts of all guides, one after the other; one that cannot be read is left out. */
  async *all(token: vscode.CancellationToken): AsyncGenerator<Fact> {
    const uris = await this.#guides.files(token);
    const present = new Set(uris.map((uri) => uri.toString()));
    for (const key of this.#known.keys()) if (!present.has(key)) this.#known.delete(key);
    for (const uri of uris) {
      if (token.isCancellationRequested) return;
      const fact = await this.of(uri).catch(() => undefined);
      if (fact !== undefined) yield fact;
    }
  }

  /** Rejects when there is no such file. */
  async of(uri: vscode.Uri): Promise<Fact> {
    const key = uri.toString();
    const { mtime, size } = await vscode.workspace.fs.stat(uri);
    const before = this.#known.get(key);
    if (before?.modified === mtime) return before.fact;
    const text = size > longestGuide ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const fact = this.#make({ ...planOf(text, { file: nameOf(uri), sha256: '' }), uri });
    this.#known.set(key, { modified: mtime, fact });
    return fact;
  }
}
