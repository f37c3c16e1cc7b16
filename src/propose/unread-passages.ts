// Which passages of a guide a model may be asked about: those that were not read and that the author has not silenced.
import type { Analysis } from '../editing/index.ts';
import type { NotRead } from '../plan/index.ts';

/** In the order of the text. */
export function unreadPassages({ plan, diagnostics }: Analysis): readonly NotRead[] {
  const told = new Set(diagnostics.flatMap(({ code, span }) => (code === 'plan.not-read' ? [span.start] : [])));
  return plan.notRead.filter(({ source }) => told.has(source.span.start));
}

/** The same passage in a later version of the guide; undefined when it is gone or was read since. */
export function samePassage(passage: NotRead, later: Analysis): NotRead | undefined {
  const same = unreadPassages(later).filter(({ text }) => text === passage.text);
  return same.find(({ node }) => node === passage.node) ?? same[0];
}
