// The guard room: guard expressions in CEL - parse, check against a result's shape, evaluate, infer from words.
export type { GuardResult, GuardScope, ResultShape, Row, ShapeColumn } from './scope.ts';
