// Loads what runs need on first use, and teaches it the editor's language: it is a bundle of its own.
import * as vscode from 'vscode';

import type * as engine from './engine.ts';

/** The engine's exports. */
export type Engine = typeof engine;

/** The engine; loaded once. */
export async function loadEngine(): Promise<Engine> {
  const loaded = await import('./engine.ts');
  loaded.speakWith(vscode.l10n.t);
  return loaded;
}
