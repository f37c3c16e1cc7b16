// "Go to step 2 of Diagnosis", "return to step 1 in the Mitigation section": a number that is one of a section of this guide.
import type { IsName } from './names.ts';

/** The section that words right behind a step's number name, and how many characters they take; null where the guide has none of that name. */
export function ofSection(after: string, isName: IsName): { readonly name: string; readonly length: number } | null {
  const [whole, name] = named.exec(after) ?? [];
  if (whole === undefined || name === undefined) return null;
  const known = [name, name.replace(/\s+(?:section|list|part|procedure|steps?)$/i, '')].find(isName);
  return known === undefined ? null : { name: known, length: whole.length };
}

const named =
  /^\s+(?:of|in|from|under|below)\s+(?:the\s+)?(?:section\s+)?["“'‘]?([^.,;:()"”’]{3,60}?)["”'’]?(?=\s*(?:[.,;:)]|$|\b(?:if|again|above|below)\b))/i;
