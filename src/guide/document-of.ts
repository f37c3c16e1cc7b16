// What all readings of one document have in common: an object by which the next reading can find what was made of the last one.
import type { Guide } from './guide.ts';

const documents = new WeakMap<Guide, object>();

/** The same object for every guide that was read again from another; a guide that is read from scratch is a document of its own. */
export function documentOf(guide: Guide): object {
  return documents.get(guide) ?? guide;
}

/** Says which document a guide is a reading of. */
export function keepDocument(guide: Guide, document: object): void {
  documents.set(guide, document);
}
