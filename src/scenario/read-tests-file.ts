// Reads the text of a tests file. Every fault is told with its line; a file with any fault gives no tests.
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { placeOfFault } from '../base/index.ts';
import { describeTestsIssue, innerIssues } from './describe-tests-issue.ts';
import { testsFileSchema, type Scenario } from './scenario.ts';

/** Lines and columns count from 1. */
export interface TestsFileProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A scenario and the line where it begins, for editors and reports. */
export interface PlacedScenario {
  readonly scenario: Scenario;
  readonly line: number;
}

export type TestsFileReading =
  | { readonly guide: string | undefined; readonly tests: readonly PlacedScenario[]; readonly problems?: undefined }
  | { readonly problems: readonly [TestsFileProblem, ...TestsFileProblem[]] };

/** Reads the text; never throws. */
export function readTestsFile(text: string): TestsFileReading {
  const lines = new LineCounter();
  const problem = (offset: number, message: string): TestsFileProblem => {
    const { line, col } = lines.linePos(offset);
    return { line: line || 1, column: col || 1, message };
  };
  let document: Document;
  let value: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
    const [first, ...more] = document.errors.map((error) =>
      problem(placeOfFault(error, text), `Not valid YAML: ${error.message}`),
    );
    if (first) return { problems: [first, ...more] };
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return { problems: [problem(0, `Not valid YAML: ${error instanceof Error ? error.message : String(error)}`)] };
  }
  const parsed = testsFileSchema.safeParse(value ?? {});
  if (!parsed.success) {
    const [first, ...more] = parsed.error.issues
      .flatMap(innerIssues)
      .flatMap((issue) =>
        describeTestsIssue(issue, document.getIn(issue.path)).map(({ key, message }) =>
          problem(offsetOf(document, issue.path, key), `${pathWords(issue.path)}${message}`),
        ),
      );
    if (first) return { problems: [first, ...more] };
    throw new Error('Internal error: a tests file was refused without a reason');
  }
  const tests = parsed.data.tests.map((scenario, index) => ({
    scenario,
    line: problem(offsetOf(document, ['tests', index]), '').line,
  }));
  return { guide: parsed.data.guide, tests };
}

/** Where a value stands, or a key inside it; where it is missing, the nearest thing above it. */
function offsetOf(document: Document, path: readonly PropertyKey[], key?: string): number {
  const parent: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (key !== undefined && isMap(parent))
    for (const pair of parent.items)
      if (isScalar(pair.key) && pair.key.value === key && pair.key.range) return pair.key.range[0];
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function pathWords(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'The file';
  const words = path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${String(part)}`)).join('');
  return `\`${words.replace(/^\./, '')}\``;
}
