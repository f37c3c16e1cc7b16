// The results of tests as JUnit XML, which build servers read. It keeps to what the two schemas in use have in common, that of
// Jenkins's xunit plugin (junit-10) and that of Ant: no attribute beyond theirs, and every one that either asks for.
import type { CommandError } from './exit-code.ts';
import type { Unusable } from './find-tests.ts';
import { shownPath } from './guide-text.ts';
import type { TestedCase, TestedGuide } from './test-command.ts';

/** One suite for each tests file, and one with an error for each file that could not be tested. `at`: when they ran. */
export function toJUnit(tested: readonly TestedGuide[], unusable: readonly Unusable[], at: Date): string {
  const suites = [...tested.map(ofGuide), ...unusable.map(ofUnusable)];
  const timestamp = at.toISOString().slice(0, 19);
  const lines = suites.map((suite, id) => suiteXml(suite, { id, timestamp }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${lines.map((line) => `${line}\n`).join('')}</testsuites>\n`;
}

interface Suite {
  readonly name: string;
  readonly guide: string | null;
  readonly failures: number;
  readonly errors: number;
  readonly milliseconds: number;
  readonly cases: readonly string[];
}

function ofGuide({ about, cases }: TestedGuide): Suite {
  const name = shownPath(about.testsFile ?? about.guide);
  return {
    name,
    guide: shownPath(about.guide),
    failures: cases.filter((one) => one.failures.length > 0).length,
    errors: 0,
    milliseconds: cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    cases: cases.map((one) => caseXml(one, name)),
  };
}

function ofUnusable({ file, error }: Unusable): Suite {
  const name = shownPath(file);
  return { name, guide: null, failures: 0, errors: 1, milliseconds: 0, cases: [errorXml(name, error)] };
}

function suiteXml(suite: Suite, { id, timestamp }: { readonly id: number; readonly timestamp: string }): string {
  const { name, guide, failures, errors, milliseconds, cases } = suite;
  // Where it ran is nobody's business.
  const where = { hostname: 'localhost', package: name, id };
  const counts = { tests: cases.length, failures, errors, time: seconds(milliseconds) };
  const properties = guide === null ? '' : `<property${attributes({ name: 'guide', value: guide })}/>`;
  return [
    `  <testsuite${attributes({ name, timestamp, ...where, ...counts })}>`,
    `    <properties>${properties}</properties>`,
    ...cases,
    '    <system-out/>',
    '    <system-err/>',
    '  </testsuite>',
  ].join('\n');
}

function caseXml({ placed, failures, milliseconds }: TestedCase, file: string): string {
  const about = { name: placed.scenario.name, classname: file, time: seconds(milliseconds) };
  const [first] = failures;
  if (!first) return `    <testcase${attributes(about)}/>`;
  const text = failures
    .map(({ message, evidence }) =>
      [
        message,
        ...evidence.map(({ edge, because }) => {
          const place = edge.source ? `, line ${edge.source.startLine} of the guide` : '';
          const why = [edge.condition, because].filter((part) => part !== undefined && part !== '').join(': ');
          return `  ${edge.from} -> ${edge.to}${place}${why === '' ? '' : `: ${why}`}`;
        }),
      ].join('\n'),
    )
    .join('\n');
  const failure = attributes({ message: headOf(first.message), type: first.kind });
  return `    <testcase${attributes(about)}>\n      <failure${failure}>${escape(`${file}:${placed.line}: ${text}`)}</failure>\n    </testcase>`;
}

function errorXml(file: string, { message, hint }: CommandError): string {
  const text = hint === undefined ? message : `${message}\n${hint}`;
  const error = attributes({ message: headOf(openedUp(text)), type: 'unusable' });
  return `    <testcase${attributes({ name: file, classname: file, time: seconds(0) })}>\n      <error${error}>${escape(text)}</error>\n    </testcase>`;
}

/** A message whose first line only announces the next ones ("the tests cannot be used."), with the first of them in its line. */
function openedUp(text: string): string {
  return text.replace('\n', ' ');
}

/** The first line of a message, for the one line that build servers show of it; the text below has all. */
function headOf(message: string): string {
  const line = message.split('\n', 1)[0] ?? '';
  return line.length <= 500 ? line : `${line.slice(0, 499)}…`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${escape(String(value)).replace(/[\n\t]/g, (mark) => `&#${mark.codePointAt(0)};`)}"`,
    )
    .join('');
}

/**
 * XML text: marks as entities, and what XML cannot hold, or hardly any reader shows, as a sign that something stood there. A
 * carriage return by its number, for readers take one for the end of a line.
 */
function escape(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Noncharacter_Code_Point}|\p{Surrogate}/gu,
      '\ufffd',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}
