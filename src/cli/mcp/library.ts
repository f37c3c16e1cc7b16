// The guides of a folder as agents look through them: what each is about, and which fit an alert or a few words.
import { realpath } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { findSettings, loadSettings, namesGuide, type Settings, type SettingsResult } from '../../adapters/index.ts';
import { withoutProvided, type DryTool, type Toolbox } from '../../run/index.ts';
import { usageError } from '../exit-code.ts';
import { openToolsOf } from '../find-tools.ts';
import { findGuides } from '../find-guides.ts';
import { loadGuide } from '../load-guide.ts';
import { printableLine } from '../printable-text.ts';

export interface GuideEntry {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly title: string;
  readonly owner?: string;
  readonly alerts: readonly string[];
  readonly steps: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly required: boolean; readonly description?: string }[];
}

/** The guides of a folder, and where it has files but no guide, which files would be some. */
export interface GuideList {
  readonly guides: readonly GuideEntry[];
  readonly note?: string;
}

/** Guides below a folder: `*.tsg.md`, and those that its `tsg.yaml` names. */
export async function listGuides(folder: string, config?: string): Promise<GuideList> {
  const settings = config ?? findSettings(folder);
  const read = settings === null ? null : loadSettings(settings);
  const toolbox = read?.kind === 'settings' ? await openToolsOf(read.settings) : null;
  try {
    return await listed(folder, read, toolbox);
  } finally {
    await toolbox?.close();
  }
}

async function listed(
  folder: string,
  read: SettingsResult | null,
  toolbox: Toolbox<DryTool> | null,
): Promise<GuideList> {
  const settings: Pick<Settings, 'guides' | 'folder'> = read?.kind === 'settings' ? read.settings : { folder };
  const entries: GuideEntry[] = [];
  const { guides: files } = await findGuides(
    [folder],
    read?.kind === 'settings' ? (read.settings.file ?? undefined) : undefined,
  );
  for (const { file } of files) {
    if (!namesGuide(settings, file)) continue;
    entries.push(await describeGuide(folder, file, toolbox));
  }
  if (entries.length > 0) return { guides: entries };
  const words = ['**/*.tsg.md', ...(settings.guides ?? [])]
    .map((pattern) => `\`${printableLine(pattern)}\``)
    .join(', ');
  const note = `No file of the folder counts as a guide. Guides are ${words}; name more under \`guides\` in tsg.yaml.`;
  return { guides: entries, note };
}

async function describeGuide(folder: string, file: string, toolbox: Toolbox<DryTool> | null): Promise<GuideEntry> {
  const { plan: whole, guide } = await loadGuide(file, { languages: null, fileAs: 'name' });
  const plan = toolbox ? withoutProvided(whole, toolbox) : whole;
  const { owner, alerts = [] } = guide?.frontMatter ?? {};
  return {
    path: relative(folder, file).split(sep).join('/'),
    title: plan.guide.title,
    ...(owner !== undefined && { owner }),
    alerts,
    steps: plan.nodes.filter(({ kind }) => kind === 'step').map(({ id, title }) => `${id}: ${title}`),
    parameters: plan.guide.parameters.map(({ name, required, description }) => ({
      name,
      required,
      ...(description !== undefined && { description }),
    })),
  };
}

export interface GuideMatch {
  readonly guide: GuideEntry;
  /** Higher fits better; an alert named in the guide counts above any number of words. */
  readonly score: number;
  readonly because: string;
}

/** The guides that fit an alert's name or a description, the best first. Deterministic: words are compared, no model. */
export function matchGuides(guides: readonly GuideEntry[], text: string): readonly GuideMatch[] {
  const asked = wordsOf(text);
  return guides
    .flatMap((guide): GuideMatch[] => {
      const alert = guide.alerts.find((name) => text.toLowerCase().includes(name.toLowerCase()));
      if (alert !== undefined) return [{ guide, score: 100, because: `it is for the alert ${alert}` }];
      const title = wordsOf([guide.title, ...guide.alerts].join(' '));
      const steps = wordsOf(guide.steps.join(' '));
      const shared = [...asked].filter((word) => title.has(word) || steps.has(word));
      const score = shared.reduce((sum, word) => sum + (title.has(word) ? 3 : 1), 0);
      return score === 0 ? [] : [{ guide, score, because: `it speaks of ${shared.slice(0, 6).join(', ')}` }];
    })
    .sort((a, b) => b.score - a.score || (a.guide.path < b.guide.path ? -1 : 1));
}

const idle = new Set(
  'the and for with this that from what when how are was has have not its can step check look into'.split(' '),
);

function wordsOf(text: string): ReadonlySet<string> {
  const words =
    text
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(words.map((word) => word.replace(/(?<=\w{3})(ies|es|s)$/, '')).filter((word) => !idle.has(word)));
}

/** The file that an agent names; one outside the folder is refused, links followed. */
export async function insideFolder(folder: string, named: string): Promise<string> {
  const root = await realpath(folder);
  const file = await realpath(resolve(root, named)).catch(() => null);
  if (file === null) throw usageError(`There is no file \`${printableLine(named)}\` in the folder.`);
  const path = relative(root, file);
  if (path.startsWith('..') || resolve(root, path) !== file || path === '')
    throw usageError(`\`${printableLine(named)}\` lies outside the folder that is served.`);
  return file;
}
