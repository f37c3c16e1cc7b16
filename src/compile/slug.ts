// Names as anchors are made: letters and digits in lower case with single dashes between.
import { remember } from '../base/index.ts';

export const slug: (text: string) => string = remember(
  (text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_]+/gu, '-')
      .replace(/^-+|-+$/g, ''),
  20_000,
);
