// Parts of a guide's text without all of it. A guide that is read again after an edit has its text put together only when someone
// asks for the whole, which costs more than the edit.
import type { Text } from '../base/index.ts';
import type { Guide } from './guide.ts';

const texts = new WeakMap<Guide, Text>();

/** The text of the guide, for whoever asks for parts of it. */
export function textOf(guide: Guide): Text {
  return texts.get(guide) ?? guide.text;
}

/** Keeps how to get parts of a guide's text. */
export function keepText(guide: Guide, text: Text): void {
  texts.set(guide, text);
}
