// The loose text of a guide: its chapters, and blanks behind each. It is as long as the guide and another one after every edit, so
// it is put together only when someone asks for all of it; parts are cut from the chapters that they stand in.
import { lastNotAbove, type Text } from '../base/index.ts';
import type { Chapter } from './chapter.ts';

/** The text of chapters that begin at `places`. Offsets that are asked for lie in it. */
export function looseText(chapters: readonly Chapter[], places: readonly number[]): Text & { readonly length: number } {
  const last = chapters.at(-1);
  const length = last ? last.place + last.text.length : 0;
  return {
    length,
    slice: (start, end = length) => {
      const parts: string[] = [];
      const first = places[0] ?? 0;
      if (start < first) parts.push(blanks(first).slice(start, end));
      for (let at = lastNotAbove(places, start), place = places[at] ?? 0; place < end && at < chapters.length; at++) {
        const text = chapters[at]?.text ?? '';
        const next = places[at + 1] ?? length;
        const room = place + text.length;
        parts.push(text.slice(Math.max(0, start - place), end - place));
        if (end > room && start < next) parts.push(blanks(next - room).slice(Math.max(0, start - room), end - room));
        place = next;
      }
      return parts.length === 1 ? (parts[0] ?? '') : parts.join('');
    },
  };
}

/** Blank lines: the last unit is a line's end, so that what follows begins a line. */
function blanks(room: number): string {
  return room > 0 ? `${' '.repeat(room - 1)}\n` : '';
}
