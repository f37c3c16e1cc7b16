// A guide without an owner among guides that have one. The finding is guide.unowned, which check-owner.ts makes.
import type { Diagnostic } from '../../diagnostics/index.ts';
import { unownedGuide } from '../check-owner.ts';
import type { Library } from './library.ts';

/** Fewer guides than this are no custom. */
const fewest = 3;

export function checkOwners({ guides }: Library): ReadonlyMap<string, readonly Diagnostic[]> {
  const own = guides.filter(({ movedTo }) => movedTo === null);
  const owned = own.filter((guide) => guide.owned).length;
  if (own.length < fewest || owned * 2 < own.length) return new Map();
  return new Map(
    own
      .filter((guide) => !guide.owned && !guide.asksForOwner)
      .map(({ file, head }) => [file, [unownedGuide(head, 'This guide names no owner, as most guides beside it do.')]]),
  );
}
