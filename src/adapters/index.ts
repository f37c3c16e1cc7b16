// The adapters room: Node implementations of what the core asks for.
export {
  type CheckSettings,
  defaultSettings,
  describeSettingsProblem,
  findSettings,
  isIgnored,
  loadSettings,
  namesGuide,
  readSettings,
  type Settings,
  type SettingsProblem,
  type SettingsResult,
} from './settings.ts';
export { findCalled, type FoundGuide, isBelow } from './find-called.ts';
export type { Environment } from './environments.ts';
export { modelSettings, type ModelSettings } from './model/model-settings.ts';
export { judgeBy, openJudge } from './model/open-judge.ts';
export { type ConversationAbout, type ModelJournal, openModelJournal } from './model/model-journal.ts';
export { guideDurations, guideInJournals, pastDurations } from './past-durations.ts';
export { openModel } from './model/open-model.ts';
export { completeSettings, type SettingsCompletion } from './complete-settings.ts';
export { settingsJsonSchema } from './settings-schema.ts';
export { hideSecrets, keepOutOfReports, processToolHost, secretShapes } from './secrets.ts';
export { type JournalFile, openJournal, type OpenJournalOptions, readJournal } from './journal.ts';
export {
  type AnswerOnItsWay,
  answerCountsMs,
  holdsSoon,
  leaveAnswer,
  type LeftAnswer,
  type TakenAnswer,
  takeAnswers,
} from './journal-answers.ts';
export { JournalBusy } from './journal-lock.ts';
export { makeFolder } from './make-folder.ts';
export { seal } from './seal.ts';
export { settingsStanding, type SettingsStanding } from './settings-of-run.ts';
export { sha256Hex } from './sha256.ts';
export { systemClock } from './system-clock.ts';
export { type FromWorker, type JobEnd, type ToWorker, WorkerPool } from './worker-pool.ts';
