// What a run did or might have done to the world, and whatever else people were asked about: each such action with its exact text, what
// became of it, and every answer that was given, those that did not count too.
import type { ActionView, AnswerLapse, ApprovalAnswer } from '../run/index.ts';
import type { JournalEvidence } from './journal-evidence.ts';
import type { Approval, Deed, Part } from './report.ts';
import { hasOutput } from './rests-on.ts';
import { say, type About } from './say.ts';
import { clockWords, countWords } from './words.ts';

/** Everything that wrote, may have written or was asked to, and every read that needed an approval. */
export function deedsOf({ view, evidence }: About, answers: readonly ApprovalAnswer[]): readonly Deed[] {
  return view.steps
    .flatMap(({ actions }) => actions)
    .filter((action) => action.text !== undefined && (action.effect !== 'read' || neededApproval(evidence, action)))
    .map((action) => ({
      action: action.id,
      tool: action.tool ?? 'by hand',
      effect: action.effect,
      text: action.text ?? '',
      status: deedStatus(action, timesOf(evidence, action)),
      approvals: answers.filter((answer) => answer.action === action.id).map(approvalOf),
      evidence: {
        lines:
          timesOf(evidence, action) > 1
            ? linesOf(evidence, action, 'action-prepared', 'action-started', 'action-ended')
            : evidence.action(action.id, 'action-prepared', 'action-started', 'action-ended').lines,
        ...(hasOutput(action) && { actions: [action.id] }),
      },
    }));
}

/** People were asked, in this round or one before, or the rules let nobody say yes to it. */
function neededApproval({ lines }: JournalEvidence, { id, failure }: ActionView): boolean {
  if (failure?.reason === 'not-approved' || failure?.reason === 'denied') return true;
  return lines.some(
    ({ body }) => body.kind === 'question-asked' && body['about'] === 'approval' && body['action'] === id,
  );
}

function approvalOf({ seq, by, time, answer, note, lapse }: ApprovalAnswer): Approval {
  const said = { yes: 'approved by ', no: 'refused by ', again: 'performed again at the word of ' }[answer];
  const prepared = lapse?.kind === 'other-text' ? lapse.prepared : undefined;
  const lines = prepared === undefined ? [seq] : [prepared, seq];
  const why: readonly Part[] = note === undefined ? [] : [': ', { said: note }];
  const when = ` at ${clockWords(time)}`;
  const sentence = say({ lines }, said, { said: by }, when, ...(lapse ? lapseWords(lapse) : []), ...why);
  return { ...sentence, by, yes: answer !== 'no', counted: lapse === undefined };
}

function lapseWords(lapse: AnswerLapse): readonly Part[] {
  switch (lapse.kind) {
    case 'expired':
      return [', which had expired'];
    case 'other-text':
      return [', which was for another text'];
    case 'other-circumstances':
      return [', which was for another round or environment, another connection or another secret value'];
    case 'not-taken':
      return [', which was not taken: ', { said: lapse.because }];
  }
}

function linesOf({ lines }: JournalEvidence, { id }: ActionView, ...kinds: readonly string[]): readonly number[] {
  return lines.filter(({ body }) => body['action'] === id && kinds.includes(body.kind)).map(({ seq }) => seq);
}

const timesOf = (evidence: JournalEvidence, action: ActionView): number =>
  linesOf(evidence, action, 'action-started').length;

/** What became of it; that it never ran is said first, and how often it did. */
function deedStatus({ status, attempts, attemptsBefore = 0, failure }: ActionView, times: number): string {
  const ended = failure ? `${status}: ${failure.message}` : status;
  if (attempts === attemptsBefore && times > 0) {
    const now = status === 'pending' ? '' : `; this time ${status === 'waiting' ? 'it waits' : ended}`;
    return `performed ${countWords(times, 'time')} before${now}`;
  }
  if (attempts > 0) return times > 1 ? `performed ${times} times, the last time ${ended}` : ended;
  return failure
    ? `not performed. ${failure.message}`
    : status === 'waiting'
      ? 'not performed: it waits'
      : 'not performed';
}
