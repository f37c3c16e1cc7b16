// Finds and reads `tsg.yaml`. Every fault is told with its place, what was found there and what is expected;
// a file with any fault gives no settings, so that nothing runs on half of them.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { LineCounter, parseDocument, type Document, type YAMLParseError } from 'yaml';
import { globMatcher, onceFor, placeOfFault } from '../base/index.ts';
import type { ApprovalRule, ParameterValue } from '../run/index.ts';
import type { SecretReference, ToolSettings } from '../tools/index.ts';
import { environmentProblems, ruleProblems, toolsIn, type Environment } from './environments.ts';
import type { ModelSettings } from './model/model-settings.ts';
import { secretProblems } from './secrets.ts';
import { describeIssue, type RawProblem } from './settings-issues.ts';
import { settingsSchema } from './settings-schema.ts';

/** What is reported of guides below the settings' folder. */
export interface CheckSettings {
  /** Weights by code; `off` leaves a finding out. */
  readonly severities: Readonly<Record<string, 'off' | 'hint' | 'information' | 'warning' | 'error'>>;
  /** Glob patterns of files that are not checked. */
  readonly ignore: readonly string[];
  /** A file with findings that are known, from the settings' folder. */
  readonly baseline?: string | undefined;
  readonly verifiedWithinDays?: number | undefined;
}

/** The settings of one folder, checked. */
export interface Settings {
  /** Absolute path of the file; null when there is none and these are the defaults. */
  readonly file: string | null;
  /** Absolute folder that relative paths start from. */
  readonly folder: string;
  readonly tools: Readonly<Record<string, ToolSettings>>;
  readonly run: { readonly maxParallel: number };
  readonly approvals: readonly ApprovalRule[];
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly secrets: Readonly<Record<string, SecretReference>>;
  /** Glob patterns of guides below the folder, beside `*.tsg.md`; absent where the file names none. */
  readonly guides?: readonly string[];
  readonly check: CheckSettings;
  /** The environment that counts; absent where none is chosen. */
  readonly environment?: Environment;
  /** Every environment that can be chosen, in the author's order. */
  readonly environments: readonly string[];
  /** Absent where none is configured. */
  readonly model?: ModelSettings;
}

/** One fault of a settings file; lines and columns start at 1, the end is exclusive. */
export interface SettingsProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly hint?: string;
}

export type SettingsResult =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'problems'; readonly problems: readonly [SettingsProblem, ...SettingsProblem[]] };

/** The largest settings file that is read. */
const largestFile = 1_000_000;

/** Reads a settings file. Never throws: a file that cannot be read is a problem too. */
export function loadSettings(path: string, environment?: string | null): SettingsResult {
  const file = resolve(path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const message = `The settings file cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
    return { kind: 'problems', problems: [{ file, line: 1, column: 1, endLine: 1, endColumn: 1, message }] };
  }
  return readSettings(text, file, environment);
}

/**
 * Reads the text of a settings file; `file` names it in problems and gives the folder that relative paths start from.
 * `environment` is the one that a person chose, null where they chose none; undefined: the file's own default counts.
 */
export function readSettings(text: string, file: string, environment?: string | null): SettingsResult {
  const lines = new LineCounter();
  const placed = ({ start, end, message, hint }: RawProblem): SettingsProblem => {
    const from = lines.linePos(start);
    const to = lines.linePos(Math.max(start, end));
    const place = { line: from.line || 1, column: from.col || 1, endLine: to.line || 1, endColumn: to.col || 1 };
    return { file, ...place, message, ...(hint !== undefined && { hint }) };
  };
  const failed = (problems: readonly RawProblem[]): SettingsResult => {
    const [first, ...rest] = [...problems].sort((a, b) => a.start - b.start).map(placed);
    if (!first) throw new Error('Internal error: settings were refused without a reason');
    return { kind: 'problems', problems: [first, ...rest] };
  };
  if (text.length > largestFile)
    return failed([{ start: 0, end: 0, message: 'The settings file is larger than 1 MB; is it the right file?' }]);

  let document: Document;
  try {
    document = parseDocument(text.replace(/^\uFEFF/, ' '), {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: true,
      merge: true,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed([{ start: 0, end: 0, message: `The settings cannot be read: ${why}.` }]);
  }
  if (document.errors.length > 0)
    return failed(
      firstFaults(document.errors).map(({ pos, message }) => ({
        start: placeOfFault({ pos, message }, text),
        end: pos[1],
        message: `This is not valid YAML: ${message.replace(/(["'])quote$/, 'quote $1')}${/[.!?]$/.test(message) ? '' : '.'}`,
      })),
    );
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    return failed([{ start: 0, end: 0, message: `The settings cannot be read: ${(error as Error).message}.` }]);
  }
  const secrets = secretProblems(document, text);
  const parsed = settingsSchema.safeParse(value);
  const issues = parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, document, text));
  // What the schema says about a literal secret would repeat it.
  const others = issues.filter(({ start, end }) => !secrets.some((secret) => start < secret.end && secret.start < end));
  if (secrets.length > 0 || !parsed.success) return failed([...secrets, ...others]);

  const { run, secrets: references, guides, check, model, environments } = parsed.data;
  const written = (value as { tools?: Record<string, ToolSettings> }).tools ?? {};
  const chosen = environment === undefined ? parsed.data.environment : (environment ?? undefined);
  const wrong = [
    ...environmentProblems(document, text, written, environments, chosen),
    ...ruleProblems(document, parsed.data.approvals, Object.keys(environments), [
      ...new Set([...Object.keys(written), ...Object.values(environments).flatMap(({ tools }) => Object.keys(tools))]),
    ]),
  ];
  if (wrong.length > 0) return failed(wrong);
  const here = chosen === undefined ? undefined : environments[chosen];
  const parameters = { ...parsed.data.parameters, ...here?.parameters };
  const approvals = parsed.data.approvals.map(toRule);
  // Tools are handed on as written: `openTools` reads them again with the schema of their kind.
  const tools = here ? toolsIn(written, here) : written;
  return {
    kind: 'settings',
    settings: {
      file,
      folder: dirname(file),
      tools,
      run,
      approvals,
      parameters,
      secrets: references,
      ...(guides && { guides }),
      check,
      environments: Object.keys(environments),
      ...(chosen !== undefined && { environment: { name: chosen, ...(here?.color && { color: here.color }) } }),
      ...(model && { model }),
    },
  };
}

/** What holds where no settings file is found: no tools, nothing preset. */
export function defaultSettings(folder: string): Settings {
  const { run, parameters, secrets, check } = settingsSchema.parse({});
  return {
    file: null,
    folder: resolve(folder),
    tools: {},
    run,
    approvals: [],
    parameters,
    secrets,
    check,
    environments: [],
  };
}

type WrittenRule = ReturnType<typeof settingsSchema.parse>['approvals'][number];

function toRule({ tools, effects, environments, people, expires, deny }: WrittenRule): ApprovalRule {
  return {
    ...(tools && { tools }),
    ...(effects && { effects }),
    ...(environments && { environments }),
    ...(people !== undefined && { people }),
    ...(expires !== undefined && { expiresAfterMs: expires }),
    ...(deny && { deny }),
  };
}

/** True for a file that counts as a guide wherever guides are looked for: `*.tsg.md`, and what `guides` names. */
export function namesGuide(settings: Pick<Settings, 'guides' | 'folder'>, file: string): boolean {
  const path = pathBelow(settings.folder, file);
  return path.endsWith('.tsg.md') || named(settings)(path);
}

/** True for a file that the settings leave out. */
export function isIgnored(settings: Settings, file: string): boolean {
  return settings.file !== null && ignored(settings)(pathBelow(settings.folder, file));
}

const named = onceFor(({ guides = [] }: Pick<Settings, 'guides' | 'folder'>) => globMatcher(guides));
const ignored = onceFor(({ check }: Settings) => globMatcher(check.ignore));

/** A path as globs are matched against it. */
function pathBelow(folder: string, file: string): string {
  return relative(folder, resolve(file)).split(sep).join('/');
}

/** Up to the first thing that is not closed: whatever is said of the text behind it is the same fault told again. */
function firstFaults(errors: readonly YAMLParseError[]): readonly YAMLParseError[] {
  const open = errors.findIndex(({ code, message }) => code === 'MISSING_CHAR' || /end with a [}\]]$/.test(message));
  return open < 0 ? errors : errors.slice(0, open + 1);
}

/** The nearest `tsg.yaml` (or `tsg.yml`) from `startFolder` upward, not above `stopFolder`; null when there is none. */
export function findSettings(startFolder: string, stopFolder?: string): string | null {
  const stop = stopFolder === undefined ? undefined : resolve(stopFolder);
  for (let folder = resolve(startFolder); ; folder = dirname(folder)) {
    for (const name of ['tsg.yaml', 'tsg.yml']) {
      const candidate = join(folder, name);
      if (existsSync(candidate)) return candidate;
    }
    if (folder === stop || folder === dirname(folder)) return null;
    if (stop !== undefined && isOutside(folder, stop)) return null;
  }
}

/** `tsg.yaml:4:12: message` and the hint, as a terminal shows it. */
export function describeSettingsProblem(problem: SettingsProblem): string {
  const hint = problem.hint === undefined ? '' : `\n  Hint: ${problem.hint}`;
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.message}${hint}`;
}

function isOutside(folder: string, stop: string): boolean {
  const path = relative(stop, folder);
  return path === '..' || path.startsWith(`..${sep}`);
}
