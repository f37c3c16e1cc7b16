// The editing room: what an editor shows about a guide, as plain data over offsets.
export { type Analysis, type AnalyzeAbout, analyze } from './analyze.ts';
export { type StepLens, codeLenses } from './code-lenses.ts';
export { type CompletionAbout, completionsAt } from './complete.ts';
export { type Completion, type CompletionKind, type KnownTool } from './completion.ts';
export { definitionAt } from './definition.ts';
export { type OfferedFix, applyFixes, fixesAt } from './fixes.ts';
export { type Hover, hoverAt } from './hover.ts';
export { newGuideTemplate } from './new-guide-template.ts';
export { type OutlineItem, outline } from './outline.ts';
export { actionAt, edgesAt, nodeAt, spanOfNode, titleSpanOfNode } from './places.ts';
