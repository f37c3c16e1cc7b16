// The plan of a guide that is read loosely, its places led back to the text as written. What stands before the first chapter that
// is another than last time stands where it stood, so that its nodes and edges are the same objects as then.
import { Memory } from '../base/index.ts';
import { documentOf, sameUntil, writtenPlaces, type LooseGuide } from '../guide/index.ts';
import { movePlan, type Plan } from '../plan/index.ts';

interface Led {
  readonly chapters: LooseGuide['chapters'];
  readonly plan: Plan;
  readonly moved: Plan;
}

/** The plan of each document that was led back last. */
const lastLed = new Memory<object, Led>();

/** `plan` is what was compiled of `reading.loose`. */
export function planAsWritten(reading: LooseGuide, plan: Plan): Plan {
  const document = documentOf(reading.loose);
  const { chapters } = reading;
  const last = lastLed.get(document);
  const before = last ? { plan: last.plan, moved: last.moved, until: sameUntil(last.chapters, reading) } : null;
  const moved = movePlan(plan, writtenPlaces(reading), before);
  lastLed.set(document, { chapters, plan, moved });
  return moved;
}
