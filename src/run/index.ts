// The run room: events, run state, the decision function, the driver and the ports it calls.
export { handedOver } from './handed-over.ts';
export { affectedNote, hasNoTable, isAffectedNote } from './affected-rows.ts';
export { type ActionFailure, type ActionResult, type Column, type FailureReason, toGuardResult } from './result.ts';
export type {
  AbortSignalLike,
  Binding,
  Classification,
  Clock,
  DryTool,
  Explanation,
  JournalPort,
  ParameterValue,
  PerformOptions,
  PerformOutcome,
  RenderedAction,
  Tool,
  Toolbox,
  ToolSchema,
  TurnPort,
} from './ports.ts';
export type {
  ActionStatus,
  ActionView,
  DecidedBy,
  EdgeStatus,
  EdgeView,
  FindingView,
  ModelUseView,
  PersonEvent,
  RepeatView,
  RunOutcome,
  RunRequest,
  RunView,
  StepStatus,
  StepView,
} from './view.ts';
export type { LiveRun, LiveRunOptions, ResumeOptions, RunPorts, RunSettings, Submitted } from './live-run.ts';
export type { DryAction, DryEdge, DryPath, DryRepeat, DryReport, DryRunOptions, DryStep } from './dry-report.ts';
export { type JournalProblem, type Replay, replayJournal } from './replay.ts';
export { dryRun, resumeLiveRun, startLiveRun } from './drive.ts';
export { actionsAtHand } from './actions-at-hand.ts';
export { withoutProvided } from './provided-variables.ts';
export { type ParameterProblem, type ReadParameters, readParameters } from './parameters.ts';
export { describeRequest } from './derive-view.ts';
export { isInput, refusalOf } from './journal-line.ts';
export { type JournalText, readJournalText } from './read-journal.ts';
export { type ApprovalRule } from './approval.ts';
export { type AnswerLapse, type ApprovalAnswer } from './approval-answers.ts';
export type { Judge, JudgeAnswer, Judgement, JudgeQuestion, ModelMessage, ModelUse } from './judge.ts';
export {
  budgetLeft,
  type BudgetShare,
  limitWords,
  type Measure,
  measureUsedUp,
  leftOf,
  type ModelBudget,
  nothingSpent,
  shareOfOne,
  spend,
  type Spent,
  usedUp,
} from './model-budget.ts';
export { foundBefore } from './found-before.ts';
export { evidenceText } from './judge-question.ts';
export { type Abort, newAbort } from './abort.ts';
export { type CheckedAnswer, checkJudgement, noEdge, unsureEdge } from './check-judgement.ts';
export { type CheckedWork, checkWork } from './check-work.ts';
export type { Worker, WorkQuestion, WorkReply, WorkStep } from './work.ts';
export { type Redact, redactor } from './redact.ts';
export { isTelling, secretInPlan } from './secret-in-plan.ts';
export { rewriteJournal, type RewrittenJournal } from './rewrite-journal.ts';
export { answerLater, type LaterAnswer, type WrittenAnswer } from './answer-later.ts';
export { verifyJournal, type Verification } from './verify-journal.ts';
export { actionDurations } from './action-durations.ts';
export { type StepMark, stepMarks } from './step-marks.ts';
export { nodeName, withWayNames } from './way-names.ts';
