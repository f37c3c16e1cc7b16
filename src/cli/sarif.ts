// Findings in SARIF 2.1.0, for code-scanning services and editors that show results of other programs.
import { catalogue, type Diagnostic, type DiagnosticCode, type Severity } from '../diagnostics/index.ts';
import type { CheckedFile } from './baseline-file.ts';
import type { GuideText } from './guide-text.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** One SARIF log with one run. */
export function toSarif(checked: readonly CheckedFile[], version: string): object {
  const used = [...new Set(checked.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tsg', version, rules: used.map(toRule) } },
        columnKind: 'utf16CodeUnits',
        results: checked.flatMap(({ diagnostics, source }) => {
          if (diagnostics.length === 0) return [];
          const text = source();
          return diagnostics.map((diagnostic) => toResult(text, diagnostic, used));
        }),
      },
    ],
  };
}

function toRule(code: DiagnosticCode): object {
  const { title, severity } = catalogue[code];
  return { id: code, shortDescription: { text: title }, defaultConfiguration: { level: levels[severity] } };
}

function toResult(source: GuideText, diagnostic: Diagnostic, used: readonly DiagnosticCode[]): object {
  const { code, severity, message, hint, span, labels, fixes } = diagnostic;
  const region = ({ start, end }: Diagnostic['span']): object => {
    const from = source.lines.positionAt(start);
    const to = source.lines.positionAt(end);
    return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
  };
  const artifactLocation = { uri: encodeURI(source.file) };
  const place = (at: Diagnostic['span']): object => ({ artifactLocation, region: region(at) });
  return {
    ruleId: code,
    ruleIndex: used.indexOf(code),
    level: levels[severity],
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    locations: [{ physicalLocation: place(span) }],
    ...(labels.length > 0 && {
      relatedLocations: labels.map((label, id) => ({
        id,
        message: { text: label.message },
        physicalLocation: place(label.span),
      })),
    }),
    ...(fixes.length > 0 && {
      fixes: fixes.map(({ title, edits }) => ({
        description: { text: title },
        artifactChanges: [
          {
            artifactLocation,
            replacements: edits.map((edit) => ({
              deletedRegion: region(edit.span),
              insertedContent: { text: edit.newText },
            })),
          },
        ],
      })),
    }),
  };
}
