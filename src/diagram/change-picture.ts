// What differs between two plans as the picture shows it: a mark for each step and arrow that was added, removed or changed.
import { diffCounts, type MergedPlan } from '../plan/index.ts';

export interface ChangeMark {
  /** Of a box or an arrow. */
  readonly id: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** One sentence for each difference. */
  readonly words: readonly string[];
}

export interface ChangePicture {
  readonly boxes: readonly ChangeMark[];
  readonly arrows: readonly ChangeMark[];
  /** `2 steps added, 1 arrow changed`; `nothing differs`. */
  readonly summary: string;
  /** Differences that belong to no step. */
  readonly others: readonly string[];
}

/** The marks of two plans that were laid into one. */
export function pictureChanges(merged: MergedPlan): ChangePicture {
  const marks = (from: MergedPlan['nodes']): ChangeMark[] => [...from].map(([id, mark]) => ({ id, ...mark }));
  return {
    boxes: marks(merged.nodes),
    arrows: marks(merged.ways),
    summary: diffCounts(merged),
    others: merged.others,
  };
}
