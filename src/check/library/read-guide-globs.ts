// The guides that a tools file names, read by themselves where its tools are not opened.
import { parseDocument } from 'yaml';

/** The patterns of `guides`; none in a text that has no such list, or faults. */
export function readGuideGlobs(text: string): readonly string[] {
  const document = parseDocument(text);
  if (document.errors.length > 0) return [];
  const value = document.toJS({ maxAliasCount: 100 }) as { readonly guides?: unknown } | null;
  const globs = value?.guides;
  return Array.isArray(globs) ? globs.filter((glob): glob is string => typeof glob === 'string' && glob !== '') : [];
}
