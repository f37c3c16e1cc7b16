// Places values in the typed lines of a terminal's session; prompts and output are left out of what runs.
import type { ActionFailure } from '../../run/index.ts';
import { isFailure } from '../failure.ts';
import type { Hole } from '../placeholders.ts';
import { placeValues, type PlacedCommand } from './place-values.ts';

/** The lines as one command with its values, or why one cannot be placed, at its place in `code`. */
export function placeInTyped(
  code: string,
  holes: readonly Hole[],
  lines: readonly { readonly start: number; readonly end: number }[],
): PlacedCommand | ActionFailure {
  let script = '';
  const kept: { readonly hole: Hole; readonly moved: Hole }[] = [];
  for (const line of lines) {
    const by = script.length - line.start;
    for (const hole of holes)
      if (line.start <= hole.start && hole.end <= line.end)
        kept.push({ hole, moved: { ...hole, start: hole.start + by, end: hole.end + by } });
    script += `${code.slice(line.start, line.end)}\n`;
  }
  const placed = placeValues(
    script.trimEnd(),
    kept.map(({ moved }) => moved),
  );
  if (!isFailure(placed)) return placed;
  const at = kept.find(({ moved }) => moved.start === placed.at?.start)?.hole;
  return at ? { ...placed, at: { start: at.start, end: at.end } } : placed;
}
