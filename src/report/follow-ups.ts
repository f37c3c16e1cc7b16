// What is left to do after a run: questions that are open, writes to undo or to verify, failures to look into.
import { findNode } from '../plan/index.ts';
import {
  describeRequest,
  handedOver,
  type ActionView,
  type RunRequest,
  type RunView,
  type StepView,
} from '../run/index.ts';
import type { JournalEvidence } from './journal-evidence.ts';
import type { Evidence, Part, Sentence } from './report.ts';
import { hasOutput, shownActions } from './rests-on.ts';
import { say, type About } from './say.ts';

/** Open questions, how to undo and verify what was written, failures to look into, a branch that the guide lacks. */
export function followUpsOf({ plan, view, evidence }: About): readonly Sentence[] {
  const sentences: Sentence[] = [];
  for (const request of view.requests)
    sentences.push(
      say(questionEvidence(view, evidence, request), { said: describeRequest(request) }, ...modelsOpinion(request)),
    );
  for (const step of view.steps) {
    const node = findNode(plan, step.node);
    const written = step.actions.filter((action) => action.effect !== 'read' && action.attempts > 0);
    const [first] = written;
    if (node?.undo !== undefined && first)
      sentences.push(
        say(evidence.action(first.id, 'action-started'), { code: step.node }, ' can be undone: ', { said: node.undo }),
      );
    if (node?.verify !== undefined && step.status === 'succeeded')
      sentences.push(
        say(evidence.step(step.node, 'step-succeeded'), 'Verify ', { code: step.node }, ': ', { said: node.verify }),
      );
    if (first && (step.status === 'failed' || step.status === 'cancelled'))
      sentences.push(verifyBroken(evidence, step, written, node?.verify));
    const failed = step.actions.find(mattersAfterwards);
    if (failed?.failure)
      sentences.push(
        say(
          { ...evidence.step(step.node, 'step-failed'), actions: [failed.id] },
          'Find out why ',
          { code: failed.id },
          ' failed; the guide may need a correction there.',
        ),
      );
  }
  for (const { action } of handedOver(view))
    sentences.push(
      say(
        evidence.action(action, 'guide-left', 'action-ended'),
        'Follow what was handed over: the guide that ',
        { code: action },
        ' called escalated, and the run went on all the same.',
      ),
    );
  if (view.outcome === 'no-branch-fits')
    sentences.push(say(evidence.of('run-ended'), 'The guide has no branch for what was found; it needs one.'));
  return sentences;
}

/** A step that had begun to write and did not come to its end: what of it is in place is not known. */
function verifyBroken(
  evidence: JournalEvidence,
  { node, status }: StepView,
  written: readonly ActionView[],
  verify: string | undefined,
): Sentence {
  const begun = written.flatMap(({ id }) => evidence.action(id, 'action-started').lines);
  const found: Evidence = {
    lines: [...begun, ...evidence.step(node, 'step-failed', 'step-cancelled').lines].sort((a, b) => a - b),
    step: node,
    actions: written.filter(hasOutput).map(({ id }) => id),
  };
  const names = written.flatMap(({ id }): Part[] => [', ', { code: id }]).slice(1);
  const how = status === 'failed' ? 'failed' : 'was cancelled';
  return verify === undefined
    ? say(found, 'Find out what ', ...names, ' changed: ', { code: node }, ` ${how} after that had begun.`)
    : say(found, 'Verify ', { code: node }, `, which ${how} after `, ...names, ' had begun: ', { said: verify });
}

/** Why a model that was asked first did not decide. */
function modelsOpinion(request: RunRequest): readonly Part[] {
  if (request.kind !== 'decision' || !request.model) return [];
  const { name, because } = request.model;
  return [' The model ', { code: name }, ' did not decide: ', { said: because }];
}

/** The line that asks, and what the step has found so far. */
function questionEvidence(view: RunView, evidence: JournalEvidence, request: RunRequest): Sentence['evidence'] {
  const step = view.steps.find(({ node }) => node === request.node);
  const found = step ? shownActions(step).map(({ id }) => id) : [];
  const kinds = request.kind === 'decision' && request.model ? ['question-asked', 'model-judged'] : ['question-asked'];
  return { ...evidence.step(request.node, ...kinds), ...(found.length > 0 && { actions: found }) };
}

function mattersAfterwards({ status, failure, byModel }: ActionView): boolean {
  const refused = failure?.reason === 'not-approved' || failure?.reason === 'denied';
  return status === 'failed' && !refused && !byModel;
}
