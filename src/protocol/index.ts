// The protocol room: the messages between extension and webview, and their readers.
export type {
  Answer,
  ChartPicture,
  Comparison,
  EmptyReason,
  FromPreview,
  PreviewCommand,
  ProblemCounts,
  ToPreview,
} from './messages.ts';
export { readFromPreview, type ReadMessage, readToPreview } from './read-message.ts';
