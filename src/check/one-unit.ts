// "Older than an hour" beside "younger than 30 minutes": demands on one length of time in two units are brought into the smaller
// one, so that they can be held against each other.
import { comparisonsIn, type SideTest } from './side-test.ts';
import { unitLengths } from './time-windows.ts';

const lengths: Readonly<Record<string, number>> = { ...unitLengths, ms: 0.001, week: unitLengths['w'] ?? 0 };
const timed = /^(.*?) ?\((ms|s|m|h|d|week)\)$/;

/** The sides with one unit for each length of time that is named in several. */
export function withOneUnit<T extends { readonly test: SideTest | null }>(sides: readonly T[]): readonly T[] {
  const units = new Map<string, Set<string>>();
  for (const { key } of sides.flatMap(({ test }) => (test ? comparisonsIn(test) : []))) {
    const [, name, unit] = timed.exec(key) ?? [];
    if (name !== undefined && unit !== undefined) units.set(name, (units.get(name) ?? new Set()).add(unit));
  }
  const smallest = new Map(
    [...units].flatMap(([name, of]) => {
      const [unit] = [...of].sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
      return of.size > 1 && unit !== undefined ? [[name, unit] as const] : [];
    }),
  );
  return smallest.size === 0
    ? sides
    : sides.map((side) => ({ ...side, test: side.test && inUnits(side.test, smallest) }));
}

function inUnits(test: SideTest, smallest: ReadonlyMap<string, string>): SideTest {
  if (test.kind === 'not') return { kind: 'not', part: inUnits(test.part, smallest) };
  if (test.kind !== 'compare') return { kind: test.kind, parts: test.parts.map((part) => inUnits(part, smallest)) };
  const [, name, unit] = timed.exec(test.key) ?? [];
  const meant = name === undefined ? undefined : smallest.get(name);
  if (name === undefined || unit === undefined || meant === undefined || typeof test.value !== 'number') return test;
  const value = (test.value * (lengths[unit] ?? 1)) / (lengths[meant] ?? 1);
  return { ...test, key: `${name} (${meant})`.trim(), value };
}
