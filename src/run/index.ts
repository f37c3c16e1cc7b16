// The run room: events, run state, the decision function, the driver and the ports it calls.
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
} from './ports.ts';
export type {
  ActionStatus,
  ActionView,
  DecidedBy,
  EdgeStatus,
  EdgeView,
  PersonEvent,
  RunOutcome,
  RunRequest,
  RunView,
  StepStatus,
  StepView,
} from './view.ts';
