// The model room: the port to language models, and a conversation whose answers are checked.
export type { Model, ModelReply, ModelRequest, TokenCount, TokenPrice } from './model.ts';
export { type Cost, costOf, costWords, useWords } from './token-cost.ts';
export {
  type Checked,
  type Conversation,
  type ConversationEnd,
  converse,
  mostCalls,
  type Question,
} from './converse.ts';
export { estimateMessages, estimateTokens } from './estimate-tokens.ts';
export { fenceData } from './fence-data.ts';
