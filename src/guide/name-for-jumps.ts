// How a sentence would lead to a step that the guide has, for hints that show one: by its number where it has one, or by its name.
import type { Span } from '../base/index.ts';
import type { Guide } from './guide.ts';
import { textOf } from './text-of.ts';

/** The last of the steps that can be named well: one with a number, or else one with a short name. */
export function stepToShow(
  steps: readonly { readonly number: string | null; readonly title: string }[],
): string | null {
  const numbered = steps.findLast(({ number }) => number !== null);
  if (numbered) return `Step ${numbered.number ?? ''}`;
  const named = steps.findLast(
    ({ title }) => title !== '' && title.length < 40 && !/[:,;?"\n]|^(?:if|otherwise|else)\b/i.test(title),
  );
  return named ? `"${named.title.replace(/[`*_]|[.]\s*$/g, '').trim()}"` : null;
}

/**
 * The number that stands with a step's title, and the title's words.
 *
 *     ## Step 3 - Check the disk
 *                 ^^^^^^^^^^^^^^  `title`, or with what stands before it
 */
export function numberedTitle(guide: Guide, title: Span): { readonly number: string | null; readonly title: string } {
  const text = textOf(guide);
  const before = /[^\n\r]*$/.exec(text.slice(Math.max(0, title.start - 60), title.start))?.[0] ?? '';
  const words = /^[^\n\r]*/.exec(text.slice(title.start, Math.min(title.end, title.start + 200)))?.[0] ?? '';
  const line = `${before}${words}`.replace(/^[\s#>*_-]+(?:\[[ xX]\]\s*)?/, '');
  const number =
    /^(?:step|stage|phase|task|part)\s+(\d{1,3}(?:\.\d{1,3})*|[A-Z])\b/i.exec(line)?.[1] ??
    /^(\d{1,3}(?:\.\d{1,3})*)[.):]?\s/.exec(line)?.[1];
  return { number: number ?? null, title: line };
}
