// Everything that only runs need - the run room, the tools, settings and journals - behind one door, so that opening a guide
// does not load it. Import it with `loadEngine`, never directly.
export {
  describeRequest,
  dryRun,
  readJournalText,
  readParameters,
  replayJournal,
  resumeLiveRun,
  shareOfOne,
  startLiveRun,
  actionsAtHand,
  withoutProvided,
  stepMarks,
} from '../run/index.ts';
export { layoutPlan, pageOfPlan, renderHtmlPage } from '../diagram/index.ts';
export { makeReport, writeHtml } from '../report/index.ts';
export {
  completeSettings,
  defaultSettings,
  findCalled,
  findSettings,
  guideDurations,
  guideInJournals,
  hideSecrets,
  judgeBy,
  openModelJournal,
  modelSettings,
  openJournal,
  openModel,
  pastDurations,
  readJournal,
  readSettings,
  seal,
  settingsStanding,
  sha256Hex,
  systemClock,
  takeAnswers,
  WorkerPool,
} from '../adapters/index.ts';
export {
  checkScenario,
  coverageOf,
  guideCandidates,
  readTestsFile,
  runScenario,
  startScenario,
  testsEnding,
} from '../scenario/index.ts';
export { analyze } from '../editing/index.ts';
export { askAboutPassage, draftGuide, proposalOf, samePassage, unreadPassages } from '../propose/index.ts';
export { checkTool, openTools } from '../tools/index.ts';
export { GuideDebugSession } from './debug/index.ts';
export { speakWith } from './words.ts';
