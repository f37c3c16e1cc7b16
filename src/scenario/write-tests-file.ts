// Writes scenarios as YAML that people edit: rows on a line each, long texts as blocks, and what has its usual value left out.
import { Document, isMap, isNode, isSeq, parseDocument, visit, YAMLSeq } from 'yaml';
import type { Scenario } from './scenario.ts';

const options = { lineWidth: 120, minContentWidth: 0 } as const;

/** A new tests file with one case. `comment` stands at its top. */
export function writeTestsFile(guide: string, scenario: Scenario, comment: string): string {
  const document = new Document({ version: 1, guide, tests: [] });
  document.commentBefore = ` ${comment}`;
  return addTo(document, scenario);
}

/** The text of a tests file with one more case at its end; what stands there stays as it is written. */
export function addToTestsFile(text: string, scenario: Scenario): string {
  const document = parseDocument(text, { merge: true });
  if (!isSeq(document.get('tests'))) document.set('tests', new YAMLSeq());
  return addTo(document, scenario);
}

function addTo(document: Document, scenario: Scenario): string {
  const node = document.createNode(short(scenario), { aliasDuplicateObjects: false });
  visit(node, {
    // A row, and a failure, on one line; so is a short list of names.
    Pair(_, { key, value }) {
      const name = String(isNode(key) ? key.toJSON() : key);
      if (name === 'rows' && isSeq(value)) for (const row of value.items) if (isMap(row)) row.flow = true;
      if ((name === 'path' || name === 'failed' || name === 'columns') && isSeq(value)) value.flow = true;
      if ((name === 'failure' || name === 'json') && isMap(value) && value.toString().length < 100) value.flow = true;
    },
  });
  document.addIn(['tests'], node);
  return document.toString(options);
}

function short({ name, parameters, answers, decisions, approve, settle, expect }: Scenario): object {
  const isEmpty = (value: object): boolean => Object.keys(value).length === 0;
  return {
    name,
    ...(!isEmpty(parameters) && { parameters }),
    answers,
    ...(!isEmpty(decisions) && { decisions }),
    ...(approve !== 'all' && { approve }),
    ...(!isEmpty(settle) && { settle }),
    expect,
  };
}
