// A finding as other programs read it: `tsg check --format json`. A wire format of its own; fields are only ever added.
import type { LineIndex } from '../base/index.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Lines and columns count from 1, columns in UTF-16 code units; the end is exclusive. */
export interface JsonDiagnostic {
  readonly file: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly hint?: string;
}

export function toJsonDiagnostic(file: string, lines: LineIndex, diagnostic: Diagnostic): JsonDiagnostic {
  const start = lines.positionAt(diagnostic.span.start);
  const end = lines.positionAt(diagnostic.span.end);
  return {
    file,
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...(diagnostic.hint !== undefined && { hint: diagnostic.hint }),
  };
}
