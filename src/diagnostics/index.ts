// The diagnostics room: the Diagnostic value, the catalogue of codes and the text renderer.
export { type Diagnostic, type Fix, type Label, type Severity, type TextEdit } from './diagnostic.ts';
export { catalogue, type CatalogueEntry, type DiagnosticCode } from './catalogue.ts';
export { type DiagnosticExtras, makeDiagnostic } from './make-diagnostic.ts';
export { doubledStep, unknownStep } from './step-reports.ts';
export { sortDiagnostics } from './sort-diagnostics.ts';
export { type DiagnosticPart, type RenderOptions, renderDiagnostic } from './render-diagnostic.ts';
export { type JsonDiagnostic, toJsonDiagnostic } from './json-diagnostic.ts';
export { applyEdits } from './apply-edits.ts';
