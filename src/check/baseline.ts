// A baseline: the findings that an old library has on the day it is first checked, so that only new ones are told. A finding is
// known again by its file, its code and the words of its line, wherever the line now stands; each entry counts as often as it
// was written. The words themselves are not kept, and of a line with a secret not even their digest.
import { lineIndex } from '../base/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';

/** As the file holds it: path, then code, then a line's digest, then how many such findings there are. */
export interface Baseline {
  readonly version: 1;
  readonly findings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;
}

/** The findings of one file; `file` is its path from the baseline's folder, with forward slashes. */
export interface FileFindings {
  readonly file: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** A baseline of all that is found now, in the order of the paths. */
export function makeBaseline(files: readonly FileFindings[]): Baseline {
  const findings: Record<string, Record<string, Record<string, number>>> = {};
  for (const { file, text, diagnostics } of [...files].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    const digestAt = digestsOf(text);
    const keys = diagnostics.map((one): [string, string] => [one.code, keyOf(one, digestAt)]).sort();
    for (const [code, key] of keys.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))) {
      const counts = ((findings[file] ??= {})[code] ??= {});
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return { version: 1, findings };
}

/** What the baseline does not know, and how many entries of the file found nothing any more. */
export function withoutKnown(
  baseline: Baseline,
  { file, text, diagnostics }: FileFindings,
): { readonly left: readonly Diagnostic[]; readonly gone: number } {
  const known = Object.hasOwn(baseline.findings, file) ? baseline.findings[file] : undefined;
  if (!known) return { left: diagnostics, gone: 0 };
  const counts = new Map<string, number>(
    Object.entries(known).flatMap(([code, keys]) =>
      Object.entries(keys).map(([key, count]) => [`${code} ${key}`, count] as const),
    ),
  );
  const digestAt = digestsOf(text);
  const left = diagnostics.filter((one) => {
    const key = `${one.code} ${keyOf(one, digestAt)}`;
    const count = counts.get(key) ?? 0;
    if (count > 0) counts.set(key, count - 1);
    return count === 0;
  });
  return { left, gone: [...counts.values()].reduce((sum, count) => sum + count, 0) };
}

/** Null for anything but a baseline. */
export function readBaseline(text: string): Baseline | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || value['version'] !== 1 || !isRecord(value['findings'])) return null;
  const sound = Object.values(value['findings']).every(
    (codes) =>
      isRecord(codes) &&
      Object.values(codes).every(
        (keys) => isRecord(keys) && Object.values(keys).every((count) => Number.isInteger(count)),
      ),
  );
  return sound ? (value as unknown as Baseline) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keyOf({ code, span }: Diagnostic, digestAt: (offset: number) => string): string {
  return code === 'secret.in-text' ? 'secret' : digestAt(span.start);
}

/** The digest of the line at an offset; blanks count for nothing. */
function digestsOf(text: string): (offset: number) => string {
  const lines = lineIndex(text);
  return (offset) => {
    const { start, end } = lines.lineSpan(lines.positionAt(offset).line);
    return digest(
      text
        .slice(start, Math.min(end, start + 2000))
        .replace(/\s+/g, ' ')
        .trim(),
    );
  };
}

/** FNV-1a over 64 bits in two halves: enough to tell the lines of one guide apart. */
function digest(line: string): string {
  let low = 0x84222325;
  let high = 0xcbf29ce4;
  for (let at = 0; at < line.length; at++) {
    low = (low ^ line.charCodeAt(at)) >>> 0;
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / 2 ** 32) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
