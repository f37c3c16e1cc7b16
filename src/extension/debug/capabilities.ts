// What the debug adapter tells the editor that it can do.
import type { DebugProtocol } from '@vscode/debugprotocol';

export const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  supportsStepBack: true,
  supportsGotoTargetsRequest: true,
  supportsRestartFrame: true,
  supportsTerminateRequest: true,
  supportTerminateDebuggee: true,
  supportsExceptionInfoRequest: true,
  supportsExceptionFilterOptions: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ['.'],
  supportsBreakpointLocationsRequest: true,
  supportsClipboardContext: true,
  exceptionBreakpointFilters: [
    {
      filter: 'failed',
      label: 'A Step Fails',
      description: 'Stops when a step has failed, before the run goes on or ends.',
      default: true,
      supportsCondition: true,
      conditionDescription: 'CEL, for example params.region == "eu"',
    },
    {
      filter: 'judgement',
      label: 'Judgement Is Needed',
      description: 'Stops when no guard decides where to go and somebody has to.',
      default: false,
      supportsCondition: true,
      conditionDescription: 'CEL, for example rows.size() > 0',
    },
  ],
};
