// All matches of a pattern, without a copy of it: `matchAll` makes one at each call, and where its compiled form is no longer in the
// engine's cache, compiles that anew.

/** The matches of a global pattern in `text`, in order, as `matchAll` finds them from the beginning. */
export function allMatches(text: string, pattern: RegExp): RegExpExecArray[] {
  if (!pattern.global) throw new TypeError(`Internal error: /${pattern.source}/ finds its first match alone`);
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += lengthAt(text, pattern);
  }
  return found;
}

/** Units of the character that a pattern stands at: two for one of two halves, which a pattern with `u` does not part. */
function lengthAt(text: string, { lastIndex, unicode }: RegExp): number {
  return unicode && (text.codePointAt(lastIndex) ?? 0) > 0xffff ? 2 : 1;
}
