// Checks one guide by itself: its findings, and what the check of all guides together needs to know of it.
import { dirname, join, resolve } from 'node:path';
import { findSettings, guideDurations, isIgnored, type Settings } from '../adapters/index.ts';
import { libraryGuide, type LibraryGuide, type Severities } from '../check/index.ts';
import { sortDiagnostics, type Diagnostic } from '../diagnostics/index.ts';
import { CommandError, exitCode, usageError } from './exit-code.ts';
import { explainGuide } from './explain-guide.ts';
import { openToolsOf, settingsNear } from './find-tools.ts';
import type { NotExplained } from './not-explained.ts';
import { fixGuide } from './fix-guide.ts';
import { isPlanFile, loadGuide, type LoadedGuide, type LoadOptions } from './load-guide.ts';

export interface CheckJob {
  readonly file: string;
  readonly config?: string;
  readonly explain: boolean;
  readonly fix: boolean;
  /** A day such as `2026-03-02`. */
  readonly today: string;
  /** Give the text with the answer; else whoever needs it again reads the file again. */
  readonly keepText: boolean;
}

export interface CheckedGuide {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  /** What weights count for it. */
  readonly severities: Severities;
  /** How many findings were repaired. */
  readonly fixed: number;
  /** What `--explain` could not find out. */
  readonly notExplained: readonly NotExplained[];
  /** The digest of the file's bytes. */
  readonly sha256: string;
  /** What the places of the findings count in; null when it was not to be kept. */
  readonly text: string | null;
  /** What a library keeps of it, with no path yet; null for a plan. */
  readonly facts: LibraryGuide | null;
}

/** A function that checks guides; it remembers the settings of their folders. Null for a file that the settings ignore. */
export function guideChecker(): (job: CheckJob) => Promise<CheckedGuide | null> {
  const settingsFor = settingsByFolder();
  const languages = new Map<string, readonly string[]>();
  return async (job) => {
    const { file, today } = job;
    const settings = settingsFor(job.config, file);
    if (isIgnored(settings, file)) return null;
    if (job.explain && settings.file === null)
      throw usageError('--explain needs tools, and there is no tsg.yaml.', 'name one with `--config`.');
    const tools = languages.get(settings.file ?? '') === undefined || job.explain ? await openToolsOf(settings) : null;
    try {
      if (tools) languages.set(settings.file ?? '', tools.languages);
      const { severities, verifiedWithinDays } = settings.check;
      const known = {
        languages: settings.file === null ? null : (languages.get(settings.file) ?? []),
        severities,
        today,
        ...(verifiedWithinDays !== undefined && { verifiedWithinDays }),
      };
      const fixed = job.fix && !isPlanFile(file) ? await fixGuide(file, known) : 0;
      const loaded = await loadTimed(file, { ...known, fileAs: 'path' }, settings);
      const explained = tools && job.explain ? await explainGuide(loaded, { toolbox: tools, settings }) : null;
      return {
        file,
        diagnostics: explained?.refused.length
          ? sortDiagnostics([...loaded.diagnostics, ...explained.refused])
          : loaded.diagnostics,
        notExplained: explained?.unknown ?? [],
        severities,
        fixed,
        sha256: loaded.plan.guide.sha256,
        text: job.keepText ? (loaded.guide?.text ?? null) : null,
        facts: loaded.guide ? libraryGuide('', loaded.guide) : null,
      };
    } catch (error) {
      if (!(error instanceof CommandError) || error.code !== exitCode.guide) throw error;
      throw usageError(error.message);
    } finally {
      await tools?.close();
    }
  };
}

/** Loads a guide; one whose steps could run side by side, again with how long they took in the runs that were kept. */
async function loadTimed(file: string, options: LoadOptions, settings: Settings): Promise<LoadedGuide> {
  const loaded = await loadGuide(file, options);
  if (!loaded.diagnostics.some(({ code }) => code === 'step.serial')) return loaded;
  const folder = join(dirname(settings.file ?? resolve(file)), '.tsg', 'runs');
  const durations = await guideDurations(folder, file);
  return Object.keys(durations).length === 0 ? loaded : loadGuide(file, { ...options, durations });
}

/** The settings for a file, looked for once for each folder, and each settings file read once. */
export function settingsByFolder(): (config: string | undefined, file: string) => Settings {
  const byFolder = new Map<string, Settings>();
  const byFile = new Map<string, Settings>();
  return (config, file) => {
    const folder = dirname(resolve(file));
    const known = byFolder.get(folder);
    if (known) return known;
    const source = config ?? findSettings(folder);
    const settings = (source === null ? undefined : byFile.get(source)) ?? settingsNear(source ?? undefined, [file]);
    byFolder.set(folder, settings);
    if (source !== null) byFile.set(source, settings);
    return settings;
  };
}
