// Applies redaction to an event, field by field: a tool's and a person's words are searched for secrets, while kinds,
// hashes, exit codes and counts stay as they are.
import type { RunInput } from './event.ts';
import type { JudgeVerdict } from './judge.ts';
import type { Explanation, PerformOutcome } from './ports.ts';
import type { Redact } from './redact.ts';
import type { ActionFailure, ActionResult } from './result.ts';
import type { WorkStep } from './work.ts';

/** The event with secrets replaced wherever a tool or a person may have said one. */
export function withoutSecrets(input: RunInput, redact: Redact): RunInput {
  switch (input.kind) {
    case 'action-prepared':
      return {
        ...input,
        text: redact(input.text),
        because: redact(input.because),
        ...(input.where !== undefined && { where: redact(input.where) }),
      };
    case 'action-not-prepared':
      return {
        ...input,
        text: redact(input.text),
        failure: redactFailure(input.failure, redact),
      };
    case 'action-ended':
      return { ...input, outcome: withoutSecretsIn(input.outcome, redact) };
    case 'model-worked':
      return {
        ...input,
        said: input.said.map(({ role, text }) => ({ role, text: redact(text) })),
        step: redactStep(input.step, redact),
      };
    case 'model-judged':
      return {
        ...input,
        said: input.said.map(({ role, text }) => ({ role, text: redact(text) })),
        verdict: redactVerdict(input.verdict, redact),
      };
    default:
      return 'note' in input && input.note !== undefined ? { ...input, note: redact(input.note) } : input;
  }
}

/** Names of tools and languages are ours. */
function redactStep(step: WorkStep, redact: Redact): WorkStep {
  switch (step.kind) {
    case 'call':
      return { ...step, code: redact(step.code), reason: redact(step.reason) };
    case 'finding':
      return { ...step, text: redact(step.text), quotes: redact(step.quotes) };
    case 'unsure':
      return { ...step, because: redact(step.because) };
  }
}

/** Edges and confidence are ours. */
function redactVerdict(verdict: JudgeVerdict, redact: Redact): JudgeVerdict {
  if (verdict.kind === 'unsure') return { ...verdict, because: redact(verdict.because) };
  return { ...verdict, quote: redact(verdict.quote), reason: redact(verdict.reason) };
}

/** An explanation with secrets replaced. */
export function withoutSecretsOf(explanation: Explanation, redact: Redact): Explanation {
  switch (explanation.kind) {
    case 'accepted':
      return { ...explanation, notes: redact(explanation.notes) };
    case 'refused':
      return { ...explanation, failure: redactFailure(explanation.failure, redact) };
    case 'cannot-explain':
      return { ...explanation, because: redact(explanation.because) };
  }
}

function withoutSecretsIn(outcome: PerformOutcome, redact: Redact): PerformOutcome {
  return outcome.kind === 'result'
    ? { kind: 'result', result: redactResult(outcome.result, redact) }
    : { kind: 'failure', failure: redactFailure(outcome.failure, redact) };
}

function redactFailure(failure: ActionFailure, redact: Redact): ActionFailure {
  return {
    ...failure,
    message: redact(failure.message),
    ...(failure.partial && { partial: redactResult(failure.partial, redact) }),
  };
}

/** Field by field: exit codes, row counts and names of fields are not the tool's words. */
function redactResult(result: ActionResult, redact: Redact): ActionResult {
  return {
    ...result,
    ...(result.columns && { columns: result.columns.map(({ name, type }) => ({ name: redact(name), type })) }),
    ...(result.rows && { rows: redact(result.rows) }),
    ...(result.text !== undefined && { text: redact(result.text) }),
    ...(result.errorText !== undefined && { errorText: redact(result.errorText) }),
    ...(result.json !== undefined && { json: redact(result.json) }),
    notes: redact(result.notes),
  };
}
