// Every code a guide can be given, with its title and default severity. Codes are never renumbered or reused;
// each has a page docs/diagnostics/<code>.md, a case under test/checks and one place that reports it.
import type { Severity } from './diagnostic.ts';

/** One row of the catalogue. */
export interface CatalogueEntry {
  readonly title: string;
  readonly severity: Severity;
}

export const catalogue = {
  'guide.front-matter': { title: 'Front matter cannot be read', severity: 'error' },
  'guide.no-steps': { title: 'No step found', severity: 'information' },
  'guide.too-large': { title: 'Guide too large to read', severity: 'error' },
  'plan.not-read': { title: 'Control flow that could not be read', severity: 'information' },
  'step.unknown-target': { title: 'Jump to a step that does not exist', severity: 'error' },
  'step.unreachable': { title: 'Step that no path reaches', severity: 'warning' },
  'step.duplicate': { title: 'Two steps with one name', severity: 'error' },
  'step.loop': { title: 'Loop in the plan', severity: 'information' },
  'parameter.undefined': { title: 'Parameter that is not declared', severity: 'warning' },
  'parameter.unused': { title: 'Parameter that no action uses', severity: 'warning' },
  'action.no-tool': { title: 'No tool for a language', severity: 'warning' },
  'action.invalid-query': { title: 'Query that its tool does not accept', severity: 'error' },
  'guard.invalid': { title: 'Guard that is not a valid expression', severity: 'error' },
  'guard.inferred': { title: 'Inferred guard', severity: 'hint' },
  'silence.unknown-code': { title: 'Comment that silences an unknown finding', severity: 'warning' },
  'heading.skipped-level': { title: 'Heading that skips a level', severity: 'hint' },
  'code.no-language': { title: 'Code block without a language', severity: 'hint' },
  'code.unclosed': { title: 'Code block that is never closed', severity: 'error' },
  'link.broken': { title: 'Link that leads nowhere', severity: 'warning' },
  'image.no-text': { title: 'Image without text', severity: 'hint' },
  'step.numbering': { title: 'Step numbers that leave one out or go back', severity: 'warning' },
  'branch.overlap': { title: 'Conditions that hold at once', severity: 'warning' },
  'branch.gap': { title: 'Conditions that leave a value out', severity: 'warning' },
  'branch.dead-otherwise': { title: 'Otherwise that is never taken', severity: 'warning' },
  'branch.impossible': { title: 'Condition that contradicts itself', severity: 'warning' },
  'branch.no-otherwise': { title: 'Conditions without an otherwise', severity: 'hint' },
  'step.endless-loop': { title: 'Loop without an end', severity: 'warning' },
  'threshold.mismatch': { title: 'Text and query disagree on a limit', severity: 'warning' },
  'result.unknown-value': { title: 'Status that the query never gives', severity: 'warning' },
  'result.unknown-column': { title: 'Column that the query does not return', severity: 'warning' },
  'result.not-yet': { title: 'Result that is read before its step has run', severity: 'warning' },
  'result.duplicate-name': { title: 'Two results of one name', severity: 'warning' },
  'action.attribute': { title: 'Setting of a code block without effect', severity: 'warning' },
  'guide.unknown-key': { title: 'Key of the front matter that is misspelt', severity: 'warning' },
  'parameter.declaration': { title: 'Parameter declared with values that do not fit', severity: 'warning' },
  'parameter.not-secret': { title: 'Secret parameter that is not declared so', severity: 'warning' },
  'parameter.duplicate': { title: 'Parameter declared twice', severity: 'warning' },
  'json.syntax': { title: 'JSON that cannot be read', severity: 'warning' },
  'yaml.syntax': { title: 'YAML that cannot be read', severity: 'warning' },
  'shell.syntax': { title: 'Shell command that no shell reads', severity: 'warning' },
  'sql.syntax': { title: 'Query that no database reads', severity: 'warning' },
  'promql.syntax': { title: 'PromQL query with a bracket or quote too many or too few', severity: 'warning' },
  'http.syntax': { title: 'HTTP block that is no request', severity: 'warning' },
  'action.destructive': { title: 'Destructive command without approval', severity: 'warning' },
  'sql.no-where': { title: 'DELETE or UPDATE of every row', severity: 'warning' },
  'action.no-undo': { title: 'Change without a way back', severity: 'hint' },
  'action.privilege': { title: 'Command that widens rights', severity: 'hint' },
  'action.write-in-diagnosis': { title: 'Change in a section that only looks', severity: 'warning' },
  'secret.in-text': { title: 'Secret in the text', severity: 'error' },
  'query.hard-coded': { title: 'Value of one incident in a query', severity: 'hint' },
  'query.unbounded': { title: 'Query without bounds', severity: 'hint' },
  'query.spliced-value': { title: 'Value in a place where it becomes code', severity: 'warning' },
  'condition.vague': { title: 'Degree without a number', severity: 'hint' },
  'reference.missing': { title: 'Announced code that does not follow', severity: 'warning' },
  'reference.ambiguous': { title: 'Reference to something above', severity: 'hint' },
  'step.empty': { title: 'Step with nothing to do', severity: 'information' },
  'step.title': { title: 'Step title that says nothing', severity: 'information' },
  'text.unfinished': { title: 'Place that is not written yet', severity: 'warning' },
  'step.unknown-mention': { title: 'Mention of a step that does not exist', severity: 'warning' },
  'step.same-title': { title: 'Two steps of one name', severity: 'hint' },
  'step.passive': { title: 'Advice that does not say how', severity: 'hint' },
  'step.no-ending': { title: 'Step that stops without an ending', severity: 'hint' },
  'guide.unowned': { title: 'Guide without an owner', severity: 'hint' },
} as const satisfies Record<string, CatalogueEntry>;

/** A code of the catalogue, such as `step.unknown-target`. */
export type DiagnosticCode = keyof typeof catalogue;
