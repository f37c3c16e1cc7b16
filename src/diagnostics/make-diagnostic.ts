// Makes a finding, so that the rooms that report one need say only what is particular to it.
import type { Span } from '../base/index.ts';
import { catalogue, type DiagnosticCode } from './catalogue.ts';
import type { Diagnostic, Fix, Label, Severity } from './diagnostic.ts';

/** What a finding may have beside its code, place and sentence. `hint: undefined` is no hint. */
export interface DiagnosticExtras {
  /** Only where one case of a code weighs less or more than the catalogue says. */
  readonly severity?: Severity;
  readonly labels?: readonly Label[];
  readonly hint?: string | undefined;
  readonly fixes?: readonly Fix[];
}

export function makeDiagnostic(
  code: DiagnosticCode,
  span: Span,
  message: string,
  extras: DiagnosticExtras = {},
): Diagnostic {
  const { severity, labels, hint, fixes } = extras;
  return {
    code,
    severity: severity ?? catalogue[code].severity,
    message,
    span,
    labels: labels ?? [],
    ...(hint !== undefined && { hint }),
    fixes: fixes ?? [],
  };
}
