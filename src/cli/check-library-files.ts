// What `tsg check` says of many guides together: it gathers the guides and the alert rules below the folders, and puts what the
// library check finds beside the findings of each file.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { lineIndex } from '../base/index.ts';
import { checkLibrary, readAlertRules, settleLibraryFindings, type Severities } from '../check/index.ts';
import { sortDiagnostics } from '../diagnostics/index.ts';
import type { CheckedFile } from './baseline-file.ts';
import type { CheckedGuide } from './check-guide.ts';
import { sourceOf } from './checked-source.ts';
import { shownPath } from './guide-text.ts';

/** The guides with the findings of the library, then those rule files that have findings. */
export async function withLibraryFindings(
  guides: readonly CheckedGuide[],
  ruleFiles: readonly { readonly file: string; readonly severities: Severities }[],
): Promise<readonly CheckedFile[]> {
  const rules = (await Promise.all(ruleFiles.map(readRules))).flatMap((one) => one ?? []);
  const files = [...guides.map(({ file }) => file), ...rules.map(({ file }) => file)].map((file) => resolve(file));
  const root = commonFolder(files);
  const pathOf = (file: string): string => relative(root, resolve(file)).split(sep).join('/');
  const found = checkLibrary({
    guides: guides.flatMap(({ file, facts }) => (facts ? [{ ...facts, file: pathOf(file) }] : [])),
    rules: rules.map((one) => ({ file: pathOf(one.file), rules: one.rules })),
    exists: (path) => existsSync(join(root, path)),
  });
  const checked = guides.map((guide): CheckedFile => {
    const { file, facts, severities, diagnostics } = guide;
    const source = sourceOf(guide);
    const more = facts ? (found.get(pathOf(file)) ?? []) : [];
    if (more.length === 0 || !facts) return { file, diagnostics, source };
    const settled = settleLibraryFindings(facts, source().lines, more, severities);
    return { file, diagnostics: sortDiagnostics([...diagnostics, ...settled]), source };
  });
  const alerts = rules.flatMap(({ file, text, severities }): CheckedFile[] => {
    const diagnostics = (found.get(pathOf(file)) ?? []).flatMap((one) => {
      const weight = severities[one.code] ?? one.severity;
      return weight === 'off' ? [] : [{ ...one, severity: weight }];
    });
    return diagnostics.length === 0
      ? []
      : [{ file, diagnostics, source: () => ({ file: shownPath(file), text, lines: lineIndex(text) }) }];
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
