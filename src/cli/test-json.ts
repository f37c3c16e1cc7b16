// The JSON object that `tsg test --json` prints. Fields are only ever added. docs/cli.md describes it.
import type { Json } from '../base/index.ts';
import type { Coverage, Measure } from '../plan/index.ts';
import type { Unusable } from './find-tests.ts';
import { shownPath } from './guide-text.ts';
import type { TestedGuide } from './test-command.ts';

/** The object for all guides. */
export function toTestJson(tested: readonly TestedGuide[], unusable: readonly Unusable[], withCoverage: boolean): Json {
  const cases = tested.flatMap((guide) => guide.cases);
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  return {
    passed: cases.length - failed,
    failed,
    guides: tested.map(({ about, cases, coverage }) => ({
      guide: shownPath(about.guide),
      file: about.testsFile === null ? null : shownPath(about.testsFile),
      tests: cases.map(({ placed, run, path, failures, milliseconds }) => ({
        name: placed.scenario.name,
        line: placed.line,
        passed: failures.length === 0,
        outcome: run.view.outcome ?? 'waiting',
        path,
        milliseconds: Math.round(milliseconds),
        failures: failures.map(({ kind, message, evidence }) => ({
          kind,
          message,
          edges: evidence.map(({ edge, status, because }) => ({
            edge: edge.id,
            status,
            line: edge.source?.startLine ?? null,
            because: because ?? null,
          })),
        })),
      })),
      ...(withCoverage && { coverage: coverageJson(coverage) }),
    })),
    ...unusableJson(unusable),
  };
}

/** Files that could not be tested; absent when there are none. */
export function unusableJson(unusable: readonly Unusable[]): Record<string, Json> {
  if (unusable.length === 0) return {};
  return { unusable: unusable.map(({ file, error }) => ({ file: shownPath(file), message: error.message })) };
}

/** Counts, and what is missing by name. */
export function coverageJson({ steps, edges, sides }: Coverage): Json {
  const part = <T>({ covered, total, missing }: Measure<T>, show: (one: T) => Json): Json => ({
    covered,
    total,
    missing: missing.map(show),
  });
  return {
    steps: part(steps, (id) => id),
    edges: part(edges, ({ id }) => id),
    sides: part(sides, ({ edge, side }) => ({ edge: edge.id, side })),
  };
}
