// The guard room: guard expressions in CEL - parse, check against a result's shape, evaluate, infer from words.
export type { GuardResult, GuardScope, ResultShape, Row, ShapeColumn } from './scope.ts';
export { checkGuard, guardParameters, type GuardParameters, type GuardProblem } from './check-guard.ts';
export { evaluateGuard, type GuardVerdict, type Read } from './evaluate-guard.ts';
export { evaluateValue, type GuardValue } from './evaluate-value.ts';
export { type ParsedGuard, parseGuard } from './parse-guard.ts';
export { childrenOf, type GuardNode } from './guard-syntax.ts';
export { readsParameter } from './secret-read.ts';
export { describeGuard } from './describe-guard.ts';
export { inferGuard, type InferredGuard } from './infer-guard.ts';
export { isJudgement, whyNotDecidable } from './why-not-decidable.ts';
export { type InventAbout, inventParameters, inventResults } from './invent-results.ts';
export { shapeOfSql } from './shape-of-sql.ts';
export { isSqlLanguage, shapeOfAction } from './shape-of-action.ts';
export { findTable, type SchemaColumn, type SchemaMetric, type SchemaTable, type ToolSchema } from './tool-schema.ts';
