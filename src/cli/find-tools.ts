// Finds the tools a guide is run with: the `tsg.yaml` that the user names, or the nearest one in the folders above the guide.
import { dirname, resolve } from 'node:path';
import { existsSync } from 'node:fs';
import {
  defaultSettings,
  describeSettingsProblem,
  findSettings,
  keepOutOfReports,
  openJudge,
  loadSettings,
  processToolHost,
  type Settings,
} from '../adapters/index.ts';
import type { Judge } from '../run/index.ts';
import { openTools, type NodeToolbox } from '../tools/index.ts';
import { usageError } from './exit-code.ts';
import { shownPath } from './guide-text.ts';
import { printableLine, printableText } from './printable-text.ts';

/** The opened tools and their settings; `settings.file` is null when there is no `tsg.yaml`. */
export interface FoundTools {
  readonly toolbox: NodeToolbox;
  readonly settings: Settings;
}

/** Opens the tools of `named`, or of the nearest `tsg.yaml` above one of the files. A bad file is a usage error. */
export async function findTools(
  named: string | undefined,
  near: readonly string[],
  environment?: string | null,
): Promise<FoundTools> {
  const settings = settingsNear(named, near, environment);
  return { toolbox: await openToolsOf(settings), settings };
}

/** The settings' file as a journal holds it: it is found again from every folder. */
export function wholePath(file: string | null): string | null {
  return file === null ? null : resolve(file);
}

/** Opens the tools of settings that were found before. */
export function openToolsOf(settings: Settings): Promise<NodeToolbox> {
  const host = processToolHost();
  keepOutOfReports([...Object.values(settings.secrets), ...(settings.model?.apiKey ? [settings.model.apiKey] : [])]);
  return openTools(settings, host);
}

/** The model that the settings let judge, as an option of a run; empty where there is none or `--no-model` was given. */
export function judgeOption({ settings }: FoundTools, flags: { readonly model: boolean }): { readonly judge?: Judge } {
  const judge = flags.model ? openJudge(settings.model, processToolHost()) : undefined;
  return judge ? { judge } : {};
}

/** The settings that `named` holds, or those of the nearest `tsg.yaml` above one of the files. */
export function settingsNear(
  named: string | undefined,
  near: readonly string[],
  environment?: string | null,
): Settings {
  if (named !== undefined && !existsSync(named)) {
    throw usageError(`--config ${printableLine(named)}: there is no such file.`);
  }
  const folders = near.map((file) => dirname(resolve(file)));
  const found =
    named ?? folders.map((folder) => findSettings(folder)).find((file) => file !== null && file !== undefined);
  if (found === undefined || found === null) {
    if (typeof environment === 'string')
      throw usageError(`\`${printableLine(environment)}\` needs a tsg.yaml with environments, and there is none.`);
    return defaultSettings(folders[0] ?? process.cwd());
  }
  const result = loadSettings(found, environment);
  if (result.kind === 'settings') return result.settings;
  const problems = result.problems.map((problem) =>
    printableText(describeSettingsProblem({ ...problem, file: shownPath(problem.file) })),
  );
  throw usageError(`the settings cannot be used.\n${problems.join('\n')}`);
}
