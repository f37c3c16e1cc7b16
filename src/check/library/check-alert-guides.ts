// library.alert-without-guide: a Prometheus rule fires an alert that no guide of the library names, neither as its alert nor
// anywhere in its words, and whose `runbook_url` leads to none of them. An address outside may well be a guide: nothing is said.
import { guideStem } from '../../plan/index.ts';
import { makeDiagnostic, type Diagnostic } from '../../diagnostics/index.ts';
import type { AlertRule, Library } from './library.ts';

export function checkAlertGuides({ guides, rules }: Library): ReadonlyMap<string, readonly Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  if (rules.length === 0 || guides.length === 0) return found;
  const names = new Set(guides.flatMap((guide) => [...guide.names, ...guide.alerts.map(({ name }) => name)]));
  const files = new Set(guides.map(({ file }) => stem(file)));
  for (const { file, rules: alerts } of rules) {
    const told = new Set<string>();
    for (const rule of alerts) {
      if (told.has(rule.name) || names.has(rule.name) || files.has(rule.name.toLowerCase()) || isElsewhere(rule, files))
        continue;
      told.add(rule.name);
      found.set(file, [
        ...(found.get(file) ?? []),
        makeDiagnostic('library.alert-without-guide', rule.span, `No guide names the alert \`${rule.name}\`.`, {
          hint: 'Write one with `alerts: [NAME]` in its front matter, add the name to a guide, or give the rule a `runbook_url`.',
        }),
      ]);
    }
  }
  return found;
}

/** The rule names a page of its own: one of the library's files, or an address that nobody here can look into. */
function isElsewhere({ runbook }: AlertRule, files: ReadonlySet<string>): boolean {
  if (runbook === null) return false;
  return /^https?:\/\//i.test(runbook) || runbook.includes('{{') || files.has(stem(runbook.replace(/[#?].*$/, '')));
}

function stem(path: string): string {
  return guideStem((path.split('/').at(-1) ?? path).replace(/\.html?$/i, '')).toLowerCase();
}
