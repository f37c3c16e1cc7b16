// The diagram room: plan and run state to positioned boxes and arrows, and those to a drawing.
export type {
  Arrow,
  ArrowLabel,
  Badge,
  Box,
  BoxAction,
  Decider,
  Diagram,
  FlowDirection,
  LayoutEngine,
  Point,
  Rectangle,
} from './diagram.ts';
export { dagreLimit, layoutPlan, type LayoutOptions } from './layout-plan.ts';
export { nodeLabel, outcomeWord } from './measure-plan.ts';
export { overlaps } from './clear-labels.ts';
export { type EdgePicture, pictureRun, type RunPicture, type StepPicture } from './run-picture.ts';
