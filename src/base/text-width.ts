// Measures text without a page, so that a layout is the same on every machine: advance widths of a common sans-serif,
// with a margin for the wider fonts that a reader may have.

const fontMargin = 1.18;
/** Advance widths in thousandths of the font size, for the characters from space to tilde. */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];

/** Width in pixels of one line of text at a font size. */
export function textWidth(text: string, fontSize: number): number {
  let thousandths = 0;
  for (const character of text) thousandths += widthOf(character.codePointAt(0) ?? 0);
  return (thousandths / 1000) * fontSize * fontMargin;
}

function widthOf(codePoint: number): number {
  if (codePoint < 32 || (codePoint >= 0x300 && codePoint <= 0x36f)) return 0;
  const known = widths[codePoint - 32];
  if (known !== undefined) return known;
  // Han, kana, hangul, full-width forms and pictographs take a whole square; other letters about a capital's width.
  return codePoint >= 0x1100 && (codePoint <= 0x115f || codePoint >= 0x2e80) ? 1000 : 620;
}
