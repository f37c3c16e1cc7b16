// The results of tests as JUnit XML, which build servers read.
import { shownPath } from './guide-text.ts';
import type { TestedCase, TestedGuide } from './test-command.ts';

/** One suite for each tests file. */
export function toJUnit(tested: readonly TestedGuide[]): string {
  const suites = tested.map((guide) => {
    const { cases } = guide;
    const failures = cases.filter((one) => one.failures.length > 0).length;
    const time = cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const name = shownPath(guide.about.testsFile ?? guide.about.guide);
    return [
      `  <testsuite${attributes({ name, tests: cases.length, failures, errors: 0, time: seconds(time) })}>`,
      ...cases.map((one) => caseXml(one, name)),
      '  </testsuite>',
    ].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}

function caseXml({ placed, failures, milliseconds }: TestedCase, file: string): string {
  const about = { name: placed.scenario.name, classname: file, file, line: placed.line, time: seconds(milliseconds) };
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
  return `    <testcase${attributes(about)}>\n      <failure${attributes({ message: first.message, type: first.kind })}>${escape(text)}</failure>\n    </testcase>`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escape(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('');
}

/** XML text: marks as entities, and characters that XML cannot hold as their picture. */
function escape(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
