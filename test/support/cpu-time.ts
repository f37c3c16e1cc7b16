import assert from 'node:assert/strict';

/**
 * Refuses work that hangs or grows faster than its input: it may take so many milliseconds of the processor's time, many times
 * what it needs. The clock on the wall would also count what else the machine does.
 */
export function withinCpuTime<T>(milliseconds: number, what: string, work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  const taken = (user + system) / 1000;
  assert.ok(
    taken < milliseconds,
    `${what} took ${taken.toFixed(0)} ms of processor time, limit ${String(milliseconds)}`,
  );
  return result;
}
