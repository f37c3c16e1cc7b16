// Finds the tools a guide is run with: the `tsg.yaml` that the user names, or the nearest one in the folders above the guide.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadSettings } from '../adapters/index.ts';
import { openTools, type NodeToolbox } from '../tools/index.ts';
import { usageError } from './exit-code.ts';
import { shownPath } from './load-guide.ts';
import { printableLine } from './printable-text.ts';

/** The opened tools and where their settings stand. */
export interface FoundTools {
  readonly toolbox: NodeToolbox;
  /** Null when there is no `tsg.yaml`: no tool is configured then. */
  readonly settingsFile: string | null;
}

/** Opens the tools of `named`, or of the nearest `tsg.yaml` above one of the files. A bad file is a usage error. */
export async function findTools(named: string | undefined, near: readonly string[]): Promise<FoundTools> {
  if (named !== undefined && !existsSync(named))
    throw usageError(`--config ${printableLine(named)}: there is no such file.`);
  const settingsFile = named ?? findSettingsFile(near);
  if (settingsFile === null)
    return {
      toolbox: await openTools({ folder: process.cwd(), tools: {}, secrets: {} }, { env: process.env }),
      settingsFile,
    };
  const settings = await readSettings(settingsFile);
  return { toolbox: await openTools(settings, { env: process.env }), settingsFile };
}

/** The nearest `tsg.yaml` in a file's folder or above it; the first file that has one wins. */
export function findSettingsFile(near: readonly string[]): string | null {
  for (const file of near) {
    for (let folder = dirname(resolve(file)), last = ''; folder !== last; last = folder, folder = dirname(folder)) {
      const candidate = join(folder, 'tsg.yaml');
      if (existsSync(candidate)) return candidate;
    }
  }
  return null;
}
