// Finds the tests of guides: `NAME.tests.yaml` files below the paths that the user names, and the guide each is about.
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { guideStem } from '../plan/index.ts';
import { guideCandidates, readTestsFile, testsEnding, type PlacedScenario } from '../scenario/index.ts';
import { CommandError, usageError } from './exit-code.ts';
import { describeFileError, readText, shownPath } from './guide-text.ts';
import { printableLine } from './printable-text.ts';

/** A guide with its cases; `testsFile` is null for a guide that has none. */
export interface GuideTests {
  readonly guide: string;
  readonly testsFile: string | null;
  readonly tests: readonly PlacedScenario[];
}

/** A tests file or a guide that cannot be used, and why. The others are tested all the same. */
export interface Unusable {
  readonly file: string;
  readonly error: CommandError;
}

export interface FoundTests {
  readonly found: readonly GuideTests[];
  readonly unusable: readonly Unusable[];
  /** Those that were looked through. */
  readonly folders: readonly string[];
}

/** Every tests file at or below the paths; with `guidesToo`, `*.tsg.md` below them that have none as well. */
export async function findTests(paths: readonly string[], guidesToo: boolean): Promise<FoundTests> {
  const found = new Map<string, GuideTests>();
  const unusable: Unusable[] = [];
  const folders: string[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch((error: unknown) => {
      throw usageError(`Cannot read \`${printableLine(path)}\`: ${describeFileError(error)}.`);
    });
    const files = entry.isDirectory() ? await walk(path, folders) : [path];
    for (const file of files) {
      if (testsEnding.test(file)) add(file);
      else if (!entry.isDirectory() || (guidesToo && /\.tsg\.(md|markdown)$/i.test(file))) add(testsBeside(file), file);
    }
  }
  return { found: [...found.values()], unusable, folders };

  function add(testsFile: string | null, guide = ''): void {
    try {
      keep(testsFile === null ? { guide, testsFile: null, tests: [] } : readTests(testsFile));
    } catch (error) {
      if (!(error instanceof CommandError) || testsFile === null) throw error;
      if (!unusable.some(({ file }) => file === testsFile)) unusable.push({ file: testsFile, error });
    }
  }

  function keep(tests: GuideTests): void {
    const key = `${resolve(tests.guide)} ${tests.testsFile === null ? '' : resolve(tests.testsFile)}`;
    const hasTests = [...found.values()].some((one) => resolve(one.guide) === resolve(tests.guide));
    if (tests.testsFile !== null || !hasTests) found.set(key, tests);
  }
}

/** The tests file beside a guide; null when it has none. */
function testsBeside(guide: string): string | null {
  for (const stem of [guideStem(guide), guide.replace(/\.(md|markdown)$/i, '')])
    for (const ending of ['.tests.yaml', '.tests.yml']) if (existsSync(stem + ending)) return stem + ending;
  return null;
}

function readTests(file: string): GuideTests {
  const { text } = readText(file);
  const reading = readTestsFile(text);
  if (reading.problems) {
    const faults = reading.problems.map(
      ({ line, column, message }) => `${shownPath(file)}:${line}:${column}: ${printableLine(message)}`,
    );
    throw usageError(`the tests cannot be used.\n${faults.join('\n')}`);
  }
  return { guide: guideOf(file, reading.guide), testsFile: file, tests: reading.tests };
}

function guideOf(file: string, named: string | undefined): string {
  const candidates = guideCandidates(basename(file), named).map((path) => join(dirname(file), path));
  const found = candidates.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw usageError(
    `${shownPath(file)} is about no guide: there is no ${candidates.map((path) => `\`${printableLine(shownPath(path))}\``).join(' or ')}.`,
    named === undefined ? 'name it with `guide:` at the top of the file.' : undefined,
  );
}

async function walk(folder: string, folders: string[]): Promise<string[]> {
  folders.push(folder);
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await walk(path, folders)));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}
