// The diagnostics room: the Diagnostic value, the catalogue of codes and the text renderer.
export { type Diagnostic, type Fix, type Label, type Severity, type TextEdit } from './diagnostic.ts';
export { catalogue, type CatalogueEntry, type DiagnosticCode } from './catalogue.ts';
