// Finds the file of a guide that another one calls: below one folder, links followed, and of a size that a guide has.
import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';

/** The largest guide that is gone through. */
const largestGuide = 1_000_000;

export type FoundGuide =
  | { readonly kind: 'found'; readonly file: string }
  /** A sentence: why it is not gone through. */
  | { readonly kind: 'refused'; readonly because: string };

/** `path` as the guide `from` has it; both `root` and `from` are absolute, with no links in them. */
export async function findCalled(root: string, from: string, path: string): Promise<FoundGuide> {
  const refused = (because: string): FoundGuide => ({ kind: 'refused', because });
  const outside = `\`${path}\` lies outside of \`${root}\`, and guides are gone through only below it.`;
  if (isAbsolute(path) || path.includes('\\')) return refused(outside);
  const named = resolve(dirname(from), path);
  if (!isBelow(root, named)) return refused(outside);
  const file = await realpath(named).catch(() => null);
  if (file === null) return refused(`There is no guide \`${path}\`.`);
  if (!isBelow(root, file)) return refused(outside);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile() || found.size > largestGuide)
    return refused(`\`${path}\` is no guide, or is larger than ${largestGuide / 1_000_000} MB.`);
  return { kind: 'found', file };
}

/** True when the file lies in the folder or in one below it. */
export function isBelow(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
