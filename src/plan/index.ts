// The plan room: the plan value, its graph queries, its readers and writers.
export type {
  Action,
  Effect,
  EdgeId,
  Guard,
  GuardOrigin,
  GuideInfo,
  NodeId,
  NotRead,
  Outcome,
  Parameter,
  ParameterType,
  Placeholder,
  Plan,
  PlanEdge,
  PlanNode,
  Repeat,
  Source,
} from './plan.ts';
export { findEdge, findNode, inputEdges, outputEdges, reachableFrom, reaching, topologicalOrder } from './graph.ts';
export { type Arrow, findCycle } from './find-cycle.ts';
export { type PlanPath, countPaths, paths } from './paths.ts';
export { type PlanDag } from './plandag.ts';
export { toPlanDag, writePlanDag } from './write-plandag.ts';
export { type PlanProblem, type PlanReading, readPlanDag } from './read-plandag.ts';
export { type Sop } from './sop.ts';
export { toSop, writeSop } from './write-sop.ts';
export { writeMermaid } from './write-mermaid.ts';
export { planDagJsonSchema, sopJsonSchema } from './json-schemas.ts';
