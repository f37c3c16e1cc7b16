// The propose room: what a model is asked to add to a guide, and what of its answers holds.
export type { PassageAnswer, Proposal, ProposedWay, WrittenLine } from './proposal.ts';
export { samePassage, unreadPassages } from './unread-passages.ts';
export { askAboutPassage, proposalOf, type ProposeOptions } from './propose.ts';
export { type Draft, draftGuide, type DraftOptions } from './draft.ts';
export { type LibraryGuide, nearestGuides } from './nearest-guides.ts';
