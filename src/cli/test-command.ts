// `tsg test`: runs guides on the answers of their tests files and says what does not agree. No tool is ever called: the
// configured ones only put the actions into words.
import { existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { findSettings, makeFolder, sha256Hex } from '../adapters/index.ts';
import { guideStem, joinCoverages, ownPlan, type Coverage, type Plan } from '../plan/index.ts';
import { withoutProvided, type ParameterValue } from '../run/index.ts';
import { checkScenario, coverageOf, runScenario, stepsRun } from '../scenario/index.ts';
import type { PlacedScenario, ScenarioFailure, ScenarioRun, ScenarioWorld } from '../scenario/index.ts';
import { CommandError, exitCode, usageError, type ExitCode } from './exit-code.ts';
import { findTests, type GuideTests } from './find-tests.ts';
import { errorLines, openFaults, type Faults } from './test-faults.ts';
import { findTools } from './find-tools.ts';
import { describeFileError, describeWriteError, type GuideText, shownPath } from './guide-text.ts';
import { joinCalled } from './join-called.ts';
import { toJUnit } from './junit.ts';
import { loadGuide } from './load-guide.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { printCase, printCoverage } from './print-test.ts';
import { printableLine } from './printable-text.ts';
import type { Terminal } from './terminal.ts';
import { toTestJson } from './test-json.ts';
import { watchFiles } from './watch-files.ts';

export interface TestFlags {
  readonly coverage: boolean;
  /** A folder for pictures of what is covered. */
  readonly coverageSvg?: string;
  readonly junit?: string;
  readonly json: boolean;
  readonly allPaths: boolean;
  readonly watch: boolean;
  readonly config?: string;
}

/** One case and what came of it. */
export interface TestedCase {
  readonly placed: PlacedScenario;
  readonly run: ScenarioRun;
  readonly path: readonly string[];
  readonly failures: readonly ScenarioFailure[];
  readonly milliseconds: number;
}

export interface TestedGuide {
  readonly about: GuideTests;
  readonly plan: Plan;
  readonly source: GuideText | null;
  readonly cases: readonly TestedCase[];
  /** By all files of tests that the guide has. */
  readonly coverage: Coverage;
}

/** Exit 0 when every case holds, 1 when one does not, 2 when a file cannot be used; with `--watch` it goes on until Ctrl-C. */
export async function testCommand(paths: readonly string[], flags: TestFlags, terminal: Terminal): Promise<ExitCode> {
  if (!flags.watch) return (await testOnce(paths, flags, terminal)).code;
  const told = (): void =>
    terminal.err(terminal.styled('dim', 'Waiting for changes of guides, tests and tsg.yaml; Ctrl-C ends.\n'));
  const work = async (): Promise<readonly string[]> => {
    const { folders } = await testOnce(paths, flags, terminal).catch((error: unknown) => {
      // What is being edited may be broken for a while.
      if (!(error instanceof CommandError)) throw error;
      terminal.err(errorLines(error));
      return {
        folders: paths.map((path) => (existsSync(path) && statSync(path).isDirectory() ? path : dirname(path))),
      };
    });
    return folders.length > 0 ? folders : ['.'];
  };
  return watchFiles(/\.(md|markdown|ya?ml|mmd|(plandag|sop)\.json)$/i, work, told);
}

interface Tested {
  readonly code: ExitCode;
  /** Folders of everything that it read. */
  readonly folders: readonly string[];
}

async function testOnce(paths: readonly string[], flags: TestFlags, terminal: Terminal): Promise<Tested> {
  const { found, unusable, folders: searched } = await findTests(paths.length === 0 ? ['.'] : paths, flags.allPaths);
  const files = [
    ...found.flatMap(({ guide, testsFile }) => [guide, testsFile ?? guide]),
    ...unusable.map(({ file }) => file),
  ];
  const settings = files.flatMap((file) => findSettings(dirname(resolve(file))) ?? []);
  const faults = openFaults(terminal, unusable);
  const called: string[] = [];
  const code = await testFound(found, { faults, called }, flags, terminal);
  const inFiles = [...files, ...settings, ...called].map((file) => dirname(resolve(file)));
  return { code, folders: [...new Set([...searched.map((folder) => resolve(folder)), ...inFiles])] };
}

async function testFound(
  found: readonly GuideTests[],
  { faults, called }: { readonly faults: Faults; readonly called: string[] },
  flags: TestFlags,
  terminal: Terminal,
): Promise<ExitCode> {
  if (flags.allPaths) {
    const { allPathsCommand } = await import('./all-paths-command.ts');
    return allPathsCommand(found, faults, flags, terminal);
  }
  const about = found.filter(({ testsFile }) => testsFile !== null);
  if (about.length === 0 && faults.all.length === 0)
    throw usageError(
      'There is no tests file here.',
      'put `NAME.tests.yaml` beside `NAME.tsg.md`; `tsg record JOURNAL` writes one from a run.',
    );
  const alone: TestedGuide[] = [];
  const coverages = new Map<string, Coverage>();
  for (const [index, one] of about.entries()) {
    const guide = await faults.unless(one.testsFile ?? one.guide, () => testGuide(one, flags.config, terminal));
    if (!guide) continue;
    called.push(...calledFiles(guide.plan));
    alone.push(guide);
    const name = resolve(one.guide);
    const before = coverages.get(name);
    const coverage = before ? joinCoverages(guide.coverage, before) : guide.coverage;
    coverages.set(name, coverage);
    if (flags.json) continue;
    terminal.out(`${terminal.styled('bold', printableLine(shownPath(one.guide)))}\n`);
    for (const each of guide.cases) printCase(each, guide, terminal);
    const isLast = !about.slice(index + 1).some((other) => resolve(other.guide) === name);
    if (flags.coverage && isLast) printCoverage({ ...guide, coverage }, terminal);
  }
  const tested = alone.map((guide) => ({
    ...guide,
    coverage: coverages.get(resolve(guide.about.guide)) ?? guide.coverage,
  }));
  const cases = tested.flatMap((guide) => guide.cases);
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  if (flags.json) terminal.out(`${JSON.stringify(toTestJson(tested, faults.all, flags.coverage), null, 2)}\n`);
  else if (about.length > 0) terminal.out(`\n${summary(cases.length, failed, coverages.size, faults.all.length)}\n`);
  if (flags.junit !== undefined) {
    await makeFolderFor(dirname(flags.junit));
    await save(flags.junit, toJUnit(tested, faults.all, new Date()));
  }
  if (flags.coverageSvg !== undefined) await savePictures(flags.coverageSvg, tested);
  return faults.code(failed > 0 ? exitCode.guide : exitCode.ok);
}

/** Loads a guide as its tests see it and calls back with the world they run in. */
export async function withScenarioWorld<T>(
  guide: string,
  config: string | undefined,
  terminal: Terminal,
  use: (world: ScenarioWorld, source: GuideText | null) => Promise<T>,
): Promise<T> {
  const { toolbox, settings } = await findTools(config, [guide]);
  try {
    const languages = settings.file === null ? null : toolbox.languages;
    const own = await loadGuide(guide, { languages, fileAs: 'path' });
    if (printDiagnostics(own, terminal, { to: 'err', least: 'error' }) > 0)
      throw new CommandError(exitCode.guide, `${shownPath(guide)} has errors; it was not tested.`);
    const { plan: whole, source } = await joinCalled(own, { settings: settings.file }, terminal);
    const plan = withoutProvided(whole, toolbox);
    const presets = presetsFor(plan, settings.parameters);
    const rules = { approvals: settings.approvals, environment: settings.environment?.name ?? null };
    const tools = settings.file === null ? null : toolbox;
    return await use({ plan, tools, hash: sha256Hex, presets, rules }, source);
  } finally {
    await toolbox.close();
  }
}

async function testGuide(about: GuideTests, config: string | undefined, terminal: Terminal): Promise<TestedGuide> {
  return withScenarioWorld(about.guide, config, terminal, async (world, source) => {
    const { plan } = world;
    const cases: TestedCase[] = [];
    for (const placed of about.tests) {
      const began = performance.now();
      const run = await runScenario(world, placed.scenario);
      const failures = checkScenario(plan, placed.scenario, run);
      cases.push({ placed, run, path: stepsRun(run), failures, milliseconds: performance.now() - began });
    }
    const coverage = coverageOf(
      ownPlan(plan),
      cases.map(({ run }) => run.lines),
    );
    return { about, plan, source, cases, coverage };
  });
}

function presetsFor(
  plan: Plan,
  presets: Readonly<Record<string, ParameterValue>>,
): Readonly<Record<string, ParameterValue>> {
  const names = new Set(plan.guide.parameters.map(({ name }) => name));
  return Object.fromEntries(Object.entries(presets).filter(([name]) => names.has(name)));
}

/** The guides that a guide calls, however deep. */
function calledFiles({ nodes }: Plan): readonly string[] {
  return nodes.flatMap(({ actions }) => actions.flatMap(({ guide }) => guide?.file ?? []));
}

function summary(cases: number, failed: number, guides: number, unusable: number): string {
  const left = unusable === 0 ? '' : ` ${unusable} ${unusable === 1 ? 'file' : 'files'} could not be tested.`;
  if (cases === 0 && unusable > 0) return `No test was run.${left}`;
  const of = `${cases} ${cases === 1 ? 'test' : 'tests'} of ${guides} ${guides === 1 ? 'guide' : 'guides'}`;
  return `${of}: ${failed === 0 ? 'all passed' : `${failed} failed`}.${left}`;
}

/** `FOLDER/NAME.coverage.svg` for each guide; guides of one name in several folders are told apart by number. */
async function savePictures(folder: string, tested: readonly TestedGuide[]): Promise<void> {
  const { layoutPlan, pictureCoverage, renderSvg } = await import('../diagram/index.ts');
  const taken = new Map<string, number>();
  const guides = new Map(tested.map((guide) => [resolve(guide.about.guide), guide]));
  for (const { about, plan, coverage } of guides.values()) {
    const own = ownPlan(plan);
    const name = guideStem(basename(about.guide));
    const copy = (taken.get(name) ?? 0) + 1;
    taken.set(name, copy);
    const picture = renderSvg(await layoutPlan(own), { marks: pictureCoverage(own, coverage) });
    await makeFolderFor(folder);
    await save(join(folder, `${name}${copy === 1 ? '' : `-${copy}`}.coverage.svg`), picture);
  }
}

/** A folder that results are written into need not be there: build servers begin with an empty one. */
async function makeFolderFor(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
  } catch (error) {
    throw usageError(`Cannot make the folder \`${printableLine(folder)}\`: ${describeFileError(error)}.`);
  }
}

async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw usageError(`Cannot write \`${printableLine(file)}\`: ${describeWriteError(error)}.`);
  }
}
