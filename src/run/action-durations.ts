// How long actions took in earlier runs, from their journals: what the order in which steps start can rest on.
import { readJournalText } from './read-journal.ts';

/**
 * Milliseconds by action, the median over all journals; actions that never ended well are absent. What was measured in another
 * version of the guide may be off, which costs time and nothing else.
 */
export function actionDurations(journals: readonly string[]): Readonly<Record<string, number>> {
  const seen = new Map<string, number[]>();
  for (const text of journals) {
    const begun = new Map<string, number>();
    for (const { time, body } of readJournalText(text).lines) {
      const { kind, action, outcome } = body;
      if (typeof action !== 'string') continue;
      if (kind === 'action-started') begun.set(action, time);
      if (kind !== 'action-ended' || (outcome as { readonly kind?: unknown } | undefined)?.kind !== 'result') continue;
      const from = begun.get(action);
      begun.delete(action);
      if (from !== undefined) seen.set(action, [...(seen.get(action) ?? []), Math.max(0, time - from)]);
    }
  }
  return Object.fromEntries([...seen].map(([action, all]) => [action, median(all)]));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
