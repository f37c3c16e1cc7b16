// The check room: a guide and its plan to diagnostics, one file per code.
export { check, checkForErrors, checkInTurns, type CheckAbout } from './check.ts';
export { codeSpan, diagnoseExplanation, guideOffset, type Refusal } from './diagnose-explanation.ts';
export {
  settleDiagnostics,
  settleLibraryFindings,
  type Severities,
  silencingComments,
  type SilencingComment,
} from './settle-diagnostics.ts';
export { checkLibrary, libraryGuide, type AlertRule, type Library, type LibraryGuide } from './library/library.ts';
export { readAlertRules } from './library/read-alert-rules.ts';
export { readGuideGlobs } from './library/read-guide-globs.ts';
export { makeBaseline, readBaseline, withoutKnown, type Baseline } from './baseline.ts';
export { spanOfDegree } from './vague-words.ts';
