// The files that a command is given: those it names, and every guide below the folders it names.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { namesGuide, type Settings } from '../adapters/index.ts';
import { settingsByFolder } from './check-guide.ts';
import { usageError } from './exit-code.ts';
import { describeFileError } from './guide-text.ts';
import { printableLine } from './printable-text.ts';

export interface FoundGuide {
  readonly file: string;
  /** The folder that the user named and the file lies in; absent for a file that was named itself. */
  readonly folder?: string;
}

/**
 * The files themselves, and every .md file below the folders, in order of name; where the settings of such a file (`config`, else
 * the nearest tsg.yaml) say what their guides are, only those. Others are YAML files, which may hold alert rules. Hidden folders
 * and node_modules are passed over.
 */
export async function findGuides(
  paths: readonly string[],
  config?: string,
): Promise<{ guides: FoundGuide[]; others: string[] }> {
  const found = new Map<string, FoundGuide>();
  const isMeant = meantFiles(config);
  for (const path of paths) {
    const entry = await stat(path).catch((error: unknown) => {
      throw usageError(`Cannot read \`${printableLine(path)}\`: ${describeFileError(error)}.`);
    });
    const more = entry.isDirectory()
      ? (await walk(path)).filter(isMeant).map((file): FoundGuide => ({ file, folder: path }))
      : [{ file: path }];
    for (const one of more) if (!found.has(one.file)) found.set(one.file, one);
  }
  const all = [...found.values()];
  const others = all.map(({ file }) => file).filter(isYaml);
  return { guides: all.filter(({ file }) => !isYaml(file)), others };
}

/** What to say where there is none. */
export function noGuideIn(paths: readonly string[]): Error {
  const named = 'where a tsg.yaml names its `guides`, only those and `*.tsg.md` count.';
  return usageError(
    `No .md file in ${paths.map((path) => `\`${printableLine(path)}\``).join(', ')} is a guide.`,
    named,
  );
}

function isYaml(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

/** Settings that cannot be read say nothing here: whoever needs them tells what is wrong with them. */
function meantFiles(config: string | undefined): (file: string) => boolean {
  const settingsOf = settingsByFolder();
  const readable = (file: string): Settings | null => {
    try {
      return settingsOf(config, file);
    } catch {
      return null;
    }
  };
  return (file) => {
    if (isYaml(file)) return true;
    const settings = readable(file);
    return !settings?.guides || namesGuide(settings, file);
  };
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw usageError(`Cannot read \`${printableLine(folder)}\`: ${describeFileError(error)}.`);
  });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await walk(path)));
    else if (entry.isFile() && /\.(?:md|ya?ml)$/i.test(entry.name)) found.push(path);
  }
  return found;
}
