// The scenario room: runs on recorded or made-up answers, compared with what was expected; coverage, all paths, backtests.
export {
  type Answer,
  answerSchema,
  type Scenario,
  scenarioSchema,
  type TestsFile,
  testsFileJsonSchema,
} from './scenario.ts';
export { type PlacedScenario, readTestsFile, type TestsFileProblem, type TestsFileReading } from './read-tests-file.ts';
export { type Answerer, type ScriptedCall, scriptedToolbox, type ScriptedToolbox } from './scripted-toolbox.ts';
export {
  answersOf,
  type Chooser,
  runScenario,
  type ScenarioRun,
  type ScenarioWorld,
  startScenario,
} from './run-scenario.ts';
export { checkScenario, type EdgeEvidence, type ScenarioFailure, stepsRun } from './check-scenario.ts';
export { guideCandidates, testsEnding } from './guide-of-tests.ts';
export { answerOf, recordScenario, rulesOf, type RecordOptions } from './record-scenario.ts';
export { addToTestsFile, writeTestsFile } from './write-tests-file.ts';
export { type Exploration, type ExploredPath, explorePaths, leavesOpen, type Unreached } from './explore-paths.ts';
export { type Backtest, backtest, type PastEnding } from './backtest.ts';
export { coverageOf } from './coverage.ts';
