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
export { type EdgePicture, type InsidePicture, pictureRun, type RunPicture, type StepPicture } from './run-picture.ts';
export { type ChangeMark, type ChangePicture, pictureChanges } from './change-picture.ts';
export { type CoverageMark, type CoveragePicture, pictureCoverage } from './coverage-picture.ts';
export { type Mark, type MarkPicture, marksById, markSign, markWord } from './draw-mark.ts';
export { decidedByWords, deciderWords, describeArrow, describeBox, statusWord } from './describe.ts';
export { type ColourName, diagramStyle } from './diagram-style.ts';
export { drawArrow } from './draw-arrow.ts';
export { drawBox } from './draw-box.ts';
export { deciderIcon, outcomeIcon, statusIcon } from './icons.ts';
export { type HtmlPage, type HtmlParts, type LineRange, type PageLine, renderHtmlPage } from './html-page.ts';
export { pageOfPlan } from './page-of-plan.ts';
export { outgoingCounts, renderSvg, type RenderOptions } from './render-svg.ts';
export { type Shape, shape, shapeToText } from '../base/index.ts';
export { type SvgTheme, themeVariables } from './svg-themes.ts';
