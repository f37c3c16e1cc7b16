// The guide room: markdown to guide. The only room that knows how markdown is written.
export type {
  Attribute,
  Block,
  Code,
  CodeText,
  Comment,
  DeclaredParameter,
  FrontMatter,
  Guide,
  Heading,
  Html,
  InlineComment,
  Item,
  Link,
  List,
  Mark,
  Paragraph,
  Plugin,
  Prose,
  Quote,
  Run,
  Section,
  Table,
} from './guide.ts';
export {
  asWritten,
  readLoose,
  rereadLoose,
  sameUntil,
  writtenPlaces,
  type LooseGuide,
  type WrittenPlaces,
} from './loose-guide.ts';
export { readGuide } from './read-guide.ts';
export { fenceLanguage } from './fence-language.ts';
export { cutProse } from './cut-prose.ts';
export { numberedTitle, stepToShow } from './name-for-jumps.ts';
export { numeralOf, readNumbering, type Numbering } from './numbering.ts';
export { partOfSentence, sentencesOf, sourceOffset, sourceSpan, type Sentence } from './sentences.ts';
export { textOf } from './text-of.ts';
export { documentOf } from './document-of.ts';
export { leaveNothingOpen } from './leave-nothing-open.ts';
export { areVariants, variantBefore, variantBehind, variantOf } from './variants.ts';
