// What `tsg check` says of many guides together: it gathers the guides and the alert rules below the folders, and puts what the
// library check finds beside the findings of each file.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { lineIndex } from '../base/index.ts';
import { checkLibrary, libraryGuide, readAlertRules, settleDiagnostics, type Severities } from '../check/index.ts';
import { sortDiagnostics } from '../diagnostics/index.ts';
import type { CheckedFile } from './baseline-file.ts';
import { shownPath } from './guide-text.ts';
import type { LoadedGuide } from './load-guide.ts';

/** A guide that was checked on its own, with the weights that count for it. */
export interface WeighedGuide {
  readonly loaded: LoadedGuide;
  readonly severities: Severities;
}

/** The guides with the findings of the library, then those rule files that have findings. */
export async function withLibraryFindings(
  guides: readonly WeighedGuide[],
  ruleFiles: readonly { readonly file: string; readonly severities: Severities }[],
): Promise<readonly CheckedFile[]> {
  const rules = (await Promise.all(ruleFiles.map(readRules))).flatMap((one) => one ?? []);
  const files = [...guides.map(({ loaded }) => loaded.file), ...rules.map(({ file }) => file)].map((file) =>
    resolve(file),
  );
  const root = commonFolder(files);
  const pathOf = (file: string): string => relative(root, resolve(file)).split(sep).join('/');
  const found = checkLibrary({
    guides: guides.flatMap(({ loaded }) => (loaded.guide ? [libraryGuide(pathOf(loaded.file), loaded.guide)] : [])),
    rules: rules.map((one) => ({ file: pathOf(one.file), rules: one.rules })),
    exists: (path) => existsSync(join(root, path)),
  });
  const checked = guides.map(({ loaded, severities }): CheckedFile => {
    const more = found.get(pathOf(loaded.file)) ?? [];
    if (more.length === 0 || !loaded.guide) return loaded;
    const settled = settleDiagnostics(loaded.guide, more, severities);
    return { ...loaded, diagnostics: sortDiagnostics([...loaded.diagnostics, ...settled]) };
  });
  const alerts = rules.flatMap(({ file, text, severities }): CheckedFile[] => {
    const diagnostics = (found.get(pathOf(file)) ?? []).flatMap((one) => {
      const weight = severities[one.code] ?? one.severity;
      return weight === 'off' ? [] : [{ ...one, severity: weight }];
    });
    return diagnostics.length === 0
      ? []
      : [{ file, diagnostics, source: { file: shownPath(file), text, lines: lineIndex(text) } }];
  });
  return [...checked, ...alerts];
}

async function readRules({ file, severities }: { readonly file: string; readonly severities: Severities }) {
  const text = await readFile(file, 'utf8').catch(() => '');
  const rules = readAlertRules(text);
  return rules && { file, text, rules, severities };
}

function commonFolder(files: readonly string[]): string {
  let folder = dirname(files[0] ?? resolve('.'));
  for (const file of files)
    while (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep) && dirname(folder) !== folder)
      folder = dirname(folder);
  return folder;
}
