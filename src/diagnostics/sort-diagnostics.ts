// The order in which findings are shown everywhere: by place, then by weight. A finding told twice is shown once.
import type { Diagnostic, Severity } from './diagnostic.ts';

/** Sorted by start, end, severity, code and message; of those that agree in code, span and message the first stays. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = [...diagnostics].sort(
    (a, b) =>
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      weight[a.severity] - weight[b.severity] ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
  const seen = new Set<string>();
  return sorted.filter((one, at) => {
    const { code, span, message } = one;
    if (!sharesPlace(one, sorted[at - 1]) && !sharesPlace(one, sorted[at + 1])) return true;
    const key = `${code} ${span.start} ${span.end} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

function sharesPlace({ span }: Diagnostic, other: Diagnostic | undefined): boolean {
  return other?.span.start === span.start && other.span.end === span.end;
}

const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
