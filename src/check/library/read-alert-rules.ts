// Reads the alerts of a Prometheus rule file: `groups` of `rules` at the top, or under the `spec` of a PrometheusRule.
import { isMap, isScalar, isSeq, parseAllDocuments, type Document, type YAMLMap } from 'yaml';
import type { AlertRule } from './library.ts';

const longest = 2_000_000;

/** Null for a file that is no rule file. Values that are templates of another program are read as they stand. */
export function readAlertRules(text: string): readonly AlertRule[] | null {
  if (text.length > longest || !/^[ \t-]*alert[ \t]*:/m.test(text) || !/^[ \t]*groups[ \t]*:/m.test(text)) return null;
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  if (!Array.isArray(documents)) return null;
  const rules = documents.flatMap((document) => rulesOf(document));
  return rules.length === 0 ? null : rules;
}

function rulesOf({ contents }: Document.Parsed): AlertRule[] {
  if (!isMap(contents)) return [];
  const spec = contents.get('spec');
  const groups = contents.get('groups') ?? (isMap(spec) ? spec.get('groups') : undefined);
  if (!isSeq(groups)) return [];
  return groups.items.flatMap((group) => {
    const rules = isMap(group) ? group.get('rules') : undefined;
    return isSeq(rules) ? rules.items.flatMap((rule) => (isMap(rule) ? ruleOf(rule) : [])) : [];
  });
}

function ruleOf(rule: YAMLMap): AlertRule[] {
  const name = rule.get('alert', true);
  if (!isScalar(name) || typeof name.value !== 'string' || !name.range) return [];
  const notes = rule.get('annotations');
  const runbook = isMap(notes) ? (notes.get('runbook_url') ?? notes.get('runbook')) : undefined;
  const [start, end] = name.range;
  return [{ name: name.value, span: { start, end }, runbook: typeof runbook === 'string' ? runbook : null }];
}
