// The base room: spans, lines and small pure helpers without domain words.
export { type Span, type Text, touches, contains, cover, slice } from './span.ts';
export { type LineIndex, type Position, lineIndex } from './line-index.ts';
export { unreachable } from './unreachable.ts';
export { type Json } from './json.ts';
export { nearName } from './near-name.ts';
export { globMatcher } from './glob.ts';
export { keeper, keeperOf } from './keeper.ts';
export { sameItems } from './same-items.ts';
export { onceFor, remember } from './remember.ts';
export { ownCopy } from './own-copy.ts';
export { type Shape, escapeText, shape, shapeToText } from './shape.ts';
export { type Turns, toEnd } from './turns.ts';
export { textWidth } from './text-width.ts';
export { commonEnd, commonStart } from './common-parts.ts';
export { collect } from './collect.ts';
export { type Coverage, coverageOf } from './coverage.ts';
export { typeWords } from './type-words.ts';
export { durationWords } from './duration-words.ts';
