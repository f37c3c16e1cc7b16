// Finds the lines of a journal that a sentence of the report rests on.
import type { JournalText } from '../run/index.ts';
import type { Evidence } from './report.ts';

export type Line = JournalText['lines'][number];

/** Lines by what they are about. Of a step that was repeated, the last round counts. */
export interface JournalEvidence {
  readonly lines: readonly Line[];
  step(node: string, ...kinds: readonly string[]): Evidence;
  action(id: string, ...kinds: readonly string[]): Evidence;
  edge(id: string): Evidence;
  /** The last line of each kind. */
  of(...kinds: readonly string[]): Evidence;
  /** Every line of the kinds. */
  all(...kinds: readonly string[]): Evidence;
}

/** Looks the lines up once. */
export function journalEvidence(lines: readonly Line[]): JournalEvidence {
  const found = new Map<string, Map<string, number>>();
  for (const { seq, body } of lines) {
    for (const key of [
      `${String(body['node'])} node`,
      `${String(body['action'])} action`,
      `${String(body['edge'])} edge`,
      ' any',
    ]) {
      const kinds = found.get(key) ?? new Map<string, number>();
      kinds.set(body.kind, seq);
      found.set(key, kinds);
    }
  }
  const pick = (key: string, kinds: readonly string[]): number[] => {
    const known = found.get(key) ?? new Map<string, number>();
    return kinds.flatMap((kind) => known.get(kind) ?? []).sort((a, b) => a - b);
  };
  return {
    lines,
    step: (node, ...kinds) => ({ lines: pick(`${node} node`, kinds), step: node }),
    action: (id, ...kinds) => ({ lines: pick(`${id} action`, kinds), actions: [id] }),
    edge: (id) => ({ lines: pick(`${id} edge`, ['edge-decided']) }),
    all: (...kinds) => ({ lines: lines.filter(({ body }) => kinds.includes(body.kind)).map(({ seq }) => seq) }),
    of: (...kinds) => ({ lines: pick(' any', kinds) }),
  };
}
