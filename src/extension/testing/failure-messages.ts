// What of a guide's test did not agree, as the editor shows it: at the edge of the guide that went another way, with its guard
// and the values it read, else at the case.
import * as vscode from 'vscode';
import type { LineIndex } from '../../base/index.ts';
import type { EdgeEvidence, ScenarioFailure } from '../../scenario/index.ts';
import { nodeName } from '../../run/index.ts';
import { quoted } from '../quoted.ts';
import { toRange } from '../to-vscode.ts';

/** One message for each edge that explains the failure; one at the case when none does. */
export function failureMessages(
  failure: ScenarioFailure,
  guide: { readonly uri: vscode.Uri; readonly lines: LineIndex },
  testCase: vscode.Location,
): readonly vscode.TestMessage[] {
  const placed = failure.evidence.filter(({ edge }) => edge.source);
  if (placed.length === 0) return [messageAt(failure.message, testCase)];
  return placed.map((evidence) => {
    const { edge } = evidence;
    const source = (edge.guard?.kind === 'cel' ? edge.guard.source : undefined) ?? edge.source;
    const range = source ? toRange(guide.lines, source.span) : new vscode.Range(0, 0, 0, 0);
    return messageAt(`${failure.message}\n${edgeWords(evidence)}`, new vscode.Location(guide.uri, range));
  });
}

function edgeWords({ edge, status, because }: EdgeEvidence): string {
  const words = edge.condition === null ? '' : `: \u201c${edge.condition}\u201d`;
  const why = because === undefined ? '' : `\n${because}`;
  return `${nodeName(edge.from)} \u2192 ${nodeName(edge.to)} was ${status === 'enabled' ? 'taken' : 'not taken'}${words}${why}`;
}

function messageAt(text: string, location: vscode.Location): vscode.TestMessage {
  const message = new vscode.TestMessage(quoted(text));
  message.location = location;
  return message;
}
