// The sections of a report in the order of the document, each with what it holds. Both writers follow it.
import type { Report, Sentence, TimelineEntry, Deed, Output } from './report.ts';

export type Section =
  | { readonly kind: 'sentences'; readonly title: string; readonly sentences: readonly Sentence[] }
  | { readonly kind: 'parameters'; readonly title: string; readonly parameters: Report['parameters'] }
  | {
      readonly kind: 'picture';
      readonly title: string;
      readonly picture: string;
      readonly sentences: readonly Sentence[];
    }
  | { readonly kind: 'deeds'; readonly title: string; readonly deeds: readonly Deed[] }
  | { readonly kind: 'timeline'; readonly title: string; readonly timeline: readonly TimelineEntry[] }
  | { readonly kind: 'outputs'; readonly title: string; readonly outputs: readonly Output[] };

/** All of them, empty ones too: that nothing was found is worth saying. */
export function sectionsOf(report: Report): readonly Section[] {
  const { summary, parameters, picture, path, findings, deeds, notChecked, followUps, timeline, outputs } = report;
  return [
    { kind: 'sentences', title: 'Summary', sentences: summary },
    { kind: 'parameters', title: 'Parameters', parameters },
    { kind: 'picture', title: 'Path', picture, sentences: path },
    { kind: 'sentences', title: 'Findings', sentences: findings },
    { kind: 'deeds', title: 'Actions that write or needed approval', deeds },
    { kind: 'sentences', title: 'Not checked', sentences: notChecked },
    { kind: 'sentences', title: 'Follow-ups', sentences: followUps },
    { kind: 'timeline', title: 'Timeline', timeline },
    { kind: 'outputs', title: 'Outputs', outputs },
  ];
}
