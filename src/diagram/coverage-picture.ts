// What a guide's tests went through as the picture shows it: a mark for each step, and for each arrow with both sides of its
// condition.
import { hasSides, waysOf, type Coverage, type Measure, type Plan, type PlanEdge } from '../plan/index.ts';

export interface CoverageMark {
  /** Of a box or an arrow. */
  readonly id: string;
  /** `partly-covered`: an arrow of whose condition only one side was seen. */
  readonly kind: 'covered' | 'partly-covered' | 'not-covered';
  /** What was seen, a few words for each thing. */
  readonly words: readonly string[];
  /** Which sides of an arrow's condition were seen; absent where there is none. */
  readonly sides?: { readonly held: boolean; readonly didNotHold: boolean };
}

export interface CoveragePicture {
  readonly boxes: readonly CoverageMark[];
  readonly arrows: readonly CoverageMark[];
  /** `2 of 3 steps, 3 of 4 edges, 3 of 4 sides of conditions`. */
  readonly summary: string;
}

/** The marks of every step and edge of the plan that was measured. */
export function pictureCoverage(plan: Plan, { steps, edges, sides }: Coverage): CoveragePicture {
  const neverRun = new Set(steps.missing);
  const neverTaken = new Set(edges.missing.map(({ id }) => id));
  const unseen = new Set(sides.missing.map(({ edge, side }) => `${side} ${edge.id}`));
  const part = ({ covered, total }: Measure<unknown>, what: string): string => `${covered} of ${total} ${what}`;
  return {
    boxes: plan.nodes
      .filter(({ kind }) => kind === 'step')
      .map(({ id }) =>
        neverRun.has(id)
          ? { id, kind: 'not-covered', words: ['never run'] }
          : { id, kind: 'covered', words: ['was run'] },
      ),
    arrows: waysOf(plan).map((edge) => markOf(edge, !neverTaken.has(edge.id), !unseen.has(`did not hold ${edge.id}`))),
    summary: [part(steps, 'steps'), part(edges, 'edges'), part(sides, 'sides of conditions')].join(', '),
  };
}

function markOf(edge: PlanEdge, taken: boolean, left: boolean): CoverageMark {
  const { id } = edge;
  if (!hasSides(edge)) {
    return taken ? { id, kind: 'covered', words: ['was taken'] } : { id, kind: 'not-covered', words: ['never taken'] };
  }
  const sides = { held: taken, didNotHold: left };
  if (taken && left) return { id, kind: 'covered', words: ['its condition held', 'and did not hold'], sides };
  if (taken) return { id, kind: 'partly-covered', words: ['its condition always held'], sides };
  if (left) return { id, kind: 'partly-covered', words: ['its condition never held'], sides };
  return { id, kind: 'not-covered', words: ['its condition was never decided'], sides };
}
