// The plan room: the plan value, its graph queries, its readers and writers.
export type {
  Action,
  CalledGuide,
  Classification,
  GuideCall,
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
  Use,
  Repeat,
  Source,
} from './plan.ts';
export { type Coverage, hasSides, joinCoverages, type Measure, waysOf } from './coverage.ts';
export { type Move, type MovedBefore, movePlan } from './move-plan.ts';
export {
  type CalledPlan,
  calledPlan,
  callTrail,
  joinGuides,
  type OpenCalled,
  ownPlan,
  ownStep,
  type Unjoined,
  whyByHand,
} from './join-guides.ts';
export { isSecretName, seemsSecret } from './secret-name.ts';
export { codeOffsets } from './code-offsets.ts';
export { type FirstUse, firstUse } from './first-use.ts';
export { findEdge, findNode, inputEdges, outputEdges, reachableFrom, reaching, topologicalOrder } from './graph.ts';
export { type Arrow, findCycle } from './find-cycle.ts';
export { usualRounds } from './take-loops.ts';
export { type PlanPath, countPaths, paths } from './paths.ts';
export { type PlanDag } from './plandag.ts';
export { toPlanDag, writePlanDag } from './write-plandag.ts';
export { type PlanProblem, type PlanReading, readPlanDag } from './read-plandag.ts';
export { type Sop } from './sop.ts';
export { toSop, writeSop } from './write-sop.ts';
export { writeMermaid } from './write-mermaid.ts';
export { writeDot } from './write-dot.ts';
export { isSop, readSop } from './read-sop.ts';
export { type PlanImport, type TextRemark } from './plan-import.ts';
export { type FlowArrow, type Flowchart, type FlowchartReading, type FlowNode, type FlowNote } from './flowchart.ts';
export { isFlowchart, readFlowchart, readMermaid } from './read-mermaid.ts';
export { isStateDiagram, readStateDiagram } from './read-state-diagram.ts';
export { type FlowchartAbout, flowchartToPlan } from './flowchart-to-plan.ts';
export type {
  ActionField,
  GuideField,
  ParameterField,
  PlanChange,
  PlanDiff,
  StepField,
  StepPair,
  Way,
} from './plan-diff.ts';
export { diffPlans } from './diff-plans.ts';
export { describeDiff, type DiffLine, type DiffSection } from './describe-diff.ts';
export { diffCounts, type Mark, mergePlans, type MergedPlan, oldPrefix } from './merge-plans.ts';
export { type LineChange } from './diff-lines.ts';
export { planDagJsonSchema, sopJsonSchema } from './json-schemas.ts';
export { guideStem } from './guide-stem.ts';
