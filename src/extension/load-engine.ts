// Loads what runs need on first use.

import type * as engine from './engine.ts';

/** The engine's exports. */
export type Engine = typeof engine;

/** The engine; loaded once. */
export function loadEngine(): Promise<Engine> {
  return import('./engine.ts');
}
