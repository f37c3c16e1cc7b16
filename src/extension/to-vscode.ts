// The one place where our offsets meet VS Code's positions. Offsets are converted with the line index of the text that was
// analysed, never with a document that may have moved on since.
import * as vscode from 'vscode';
import type { LineIndex, Span } from '../base/index.ts';
import type { Diagnostic, Severity, TextEdit } from '../diagnostics/index.ts';
import { quoted } from './quoted.ts';
import { said } from './said.ts';

/** Our 1-based line and column as VS Code's 0-based position. */
export function toPosition(lines: LineIndex, offset: number): vscode.Position {
  const { line, column } = lines.positionAt(offset);
  return new vscode.Position(line - 1, column - 1);
}

/** A span as a range. */
export function toRange(lines: LineIndex, span: Span): vscode.Range {
  return new vscode.Range(toPosition(lines, span.start), toPosition(lines, span.end));
}

/** A range that shows: an empty span is widened to the character after it, or the one before at a line's end. */
export function toVisibleRange(lines: LineIndex, span: Span): vscode.Range {
  const range = toRange(lines, span);
  if (!range.isEmpty) return range;
  const line = lines.lineSpan(range.start.line + 1);
  if (span.start < line.end) return toRange(lines, { start: span.start, end: span.start + 1 });
  return toRange(lines, { start: Math.max(line.start, span.start - 1), end: span.start });
}

/** VS Code's position as our offset. */
export function toOffset(lines: LineIndex, position: vscode.Position): number {
  return lines.offsetAt({ line: position.line + 1, column: position.character + 1 });
}

/** VS Code's range as our span. */
export function toSpan(lines: LineIndex, range: vscode.Range): Span {
  return { start: toOffset(lines, range.start), end: toOffset(lines, range.end) };
}

/** The 0-based line on which a span ends; a span that ends with a line break ends on the line it breaks. */
export function lastLineOf(lines: LineIndex, span: Span): number {
  return toPosition(lines, Math.max(span.start, span.end - 1)).line;
}

/** Edits of one document, all at once; added to `result` when it is given. */
export function toWorkspaceEdit(
  uri: vscode.Uri,
  lines: LineIndex,
  edits: readonly TextEdit[],
  result = new vscode.WorkspaceEdit(),
): vscode.WorkspaceEdit {
  for (const edit of edits) result.replace(uri, toRange(lines, edit.span), edit.newText);
  return result;
}

function toSeverity(severity: Severity): vscode.DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return vscode.DiagnosticSeverity.Error;
    case 'warning':
      return vscode.DiagnosticSeverity.Warning;
    case 'information':
      return vscode.DiagnosticSeverity.Information;
    case 'hint':
      return vscode.DiagnosticSeverity.Hint;
  }
}

/** A finding as VS Code shows it: code with a link to its page, labels as related places, the hint on a line of its own. */
export function toVscodeDiagnostic(uri: vscode.Uri, lines: LineIndex, diagnostic: Diagnostic): vscode.Diagnostic {
  const { hint } = diagnostic;
  const message = hint ? `${said(diagnostic.message)}\n${said(hint)}` : said(diagnostic.message);
  const result = new vscode.Diagnostic(
    toVisibleRange(lines, diagnostic.span),
    quoted(message),
    toSeverity(diagnostic.severity),
  );
  result.source = 'TSG';
  result.code = { value: diagnostic.code, target: pageLink(diagnostic.code) };
  result.relatedInformation = diagnostic.labels.map(
    (label) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(uri, toRange(lines, label.span)),
        quoted(said(label.message)),
      ),
  );
  return result;
}

/** A link that shows the page of a code. */
export function pageLink(code: string): vscode.Uri {
  return vscode.Uri.parse(`command:tsg.showPage?${encodeURIComponent(JSON.stringify([code]))}`);
}
