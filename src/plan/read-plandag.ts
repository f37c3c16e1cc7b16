// PlanDAG file to plan value: our own files and StepFly's. Every fault of the file is told with its place;
// a plan comes out only when it is sound (names unique, edges complete, no cycle).
import type { ZodMiniType } from 'zod/mini';
import { lineIndex } from '../base/index.ts';
import { fromPlanDag } from './from-plandag.ts';
import { readPlacedJson } from './json-places.ts';
import type { Plan } from './plan.ts';
import { planDagSchema, type PlanDag } from './plandag.ts';
import { describeIssue } from './schema-problem.ts';
import { soundness } from './soundness.ts';

/** What is wrong with a PlanDAG file, and where. */
export interface PlanProblem {
  /** One sentence; the file's words in back-ticks. */
  readonly message: string;
  /** `$.nodes[3].output_edges[0].to`; `$` when the text is not JSON. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

export type PlanReading =
  | { readonly plan: Plan; readonly problems?: undefined }
  | { readonly problems: readonly PlanProblem[]; readonly plan?: undefined };

/** More than anyone repairs at one sitting; a wholly wrong file does not fill the screen. */
export const mostProblems = 100;

/** Reads a PlanDAG file. Never throws. */
export function readPlanDag(text: string): PlanReading {
  const json = parseJson(text);
  if (json === undefined) return { problems: [syntaxProblem(text)] };
  const checked = (planDagSchema() as ZodMiniType<PlanDag>).safeParse(json);
  const faults = checked.success
    ? soundness(checked.data)
    : checked.error.issues.map((issue) => describeIssue(issue, json));
  if (checked.success && faults.length === 0) return { plan: fromPlanDag(checked.data) };

  const placed = readPlacedJson(text);
  const lines = lineIndex(text);
  const problems = faults.slice(0, mostProblems).map(({ message, path }) => {
    const position = lines.positionAt(placed.kind === 'value' ? placed.placeOf(path) : 0);
    return { message, path: showPath(path), ...position };
  });
  return { problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** The parsed text; undefined when it is not JSON, which no JSON text gives. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as unknown;
  } catch {
    return undefined;
  }
}

/** Why a text is not JSON, and where. */
export function syntaxProblem(text: string): PlanProblem {
  const placed = readPlacedJson(text);
  const { message, offset } =
    placed.kind === 'broken' ? placed : { message: 'This is not JSON that can be read.', offset: 0 };
  return { message, path: '$', ...lineIndex(text).positionAt(offset) };
}

/** `$.nodes[3].output_edges[0].to` */
function showPath(path: readonly PropertyKey[]): string {
  return `$${path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')}`;
}
