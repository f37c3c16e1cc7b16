// Writes scenarios as YAML that people edit: rows on a line each, long texts as blocks, and what has its usual value left out.
import { Document, isMap, isNode, isSeq, parse, parseDocument, visit, YAMLSeq } from 'yaml';
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
  const appended = appendTo(text, document, scenario);
  if (appended !== null) return appended;
  if (!isSeq(document.get('tests'))) document.set('tests', new YAMLSeq());
  return addTo(document, scenario);
}

/** The text itself with the case's lines behind those of the last one; null where they cannot just be put there. */
function appendTo(text: string, document: Document, scenario: Scenario): string | null {
  const tests = document.get('tests');
  if (!isSeq(tests) || tests.flow || !tests.range) return null;
  const [start, end] = tests.range;
  const indent = text.slice(text.lastIndexOf('\n', start) + 1, start);
  if (!/^ *$/.test(indent) || text[start] !== '-') return null;
  const alone = new Document([]);
  addNode(alone, [], scenario);
  const before = text.slice(0, end).trimEnd();
  const lines = alone
    .toString(options)
    .trimEnd()
    .replace(/^(?=.)/gm, indent);
  const added = `${before}\n${lines}\n`;
  const whole = `${text.includes('\r\n') ? added.replace(/\r?\n/g, '\r\n') : added}${text.slice(end)}`;
  const wanted = addTo(document.clone(), scenario);
  return isSame(whole, wanted) ? whole : null;
}

/** Whether two texts say the same; false where one says nothing that can be read. */
function isSame(first: string, second: string): boolean {
  try {
    return JSON.stringify(parse(first, { merge: true })) === JSON.stringify(parse(second, { merge: true }));
  } catch {
    return false;
  }
}

function addTo(document: Document, scenario: Scenario): string {
  addNode(document, ['tests'], scenario);
  return document.toString(options);
}

function addNode(document: Document, path: readonly string[], scenario: Scenario): void {
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
  document.addIn(path, node);
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
