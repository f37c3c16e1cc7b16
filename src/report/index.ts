// The report room: a run's journal as a report, in markdown and HTML.
export type {
  Approval,
  Deed,
  Evidence,
  Output,
  Part,
  Report,
  ReportParameter,
  Sentence,
  TimelineEntry,
} from './report.ts';
export { makeReport } from './make-report.ts';
export { type MarkdownOptions, writeMarkdown } from './write-markdown.ts';
export { writeHtml } from './write-html.ts';
