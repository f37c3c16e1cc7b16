// Whether a run may go on with the settings that are found for it now: the same names of tools may reach other machines by others. One
// rule for the command line and the editor.
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, relative } from 'node:path';

/**
 * `same`: they are the file that the run went with, a copy that says the same, or, where that file is gone, the one that lies to the
 * guide as it did: the folder was moved. `other`: both are there and differ. `gone`: the run's own are not there any more, and these are
 * not they.
 */
export type SettingsStanding = 'same' | 'other' | 'gone';

/** `before`: the guide and the settings file as the run's journal has them; `now`: where the guide is found, and the settings for it. */
export function settingsStanding(
  before: { readonly guide: string; readonly config: string },
  now: { readonly guide: string | null; readonly config: string | null },
): SettingsStanding {
  if (now.config !== null && realPath(before.config) === realPath(now.config)) return 'same';
  const said = textOf(before.config);
  if (said !== null) return now.config !== null && textOf(now.config) === said ? 'same' : 'other';
  if (now.guide === null || now.config === null || !isAbsolute(before.guide) || !isAbsolute(before.config))
    return 'gone';
  const lay = relative(dirname(before.guide), before.config);
  return lay === relative(dirname(realPath(now.guide)), realPath(now.config)) ? 'same' : 'gone';
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** What a file says; null when it is not there any more. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
