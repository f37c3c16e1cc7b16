// Completion at the start of a line: whole steps with the next number, and the sentences that have a meaning.
import type { Analysis } from './analyze.ts';
import type { Completion } from './completion.ts';
import { writtenSteps } from './step-names.ts';

const sentences: readonly (readonly [label: string, insert: string])[] = [
  ['If …, go to Step …', 'If ${1:the exit code is 0}, go to Step ${2}.'],
  ['Otherwise, go to Step …', 'Otherwise, go to Step ${1}.'],
  ['Needs approval.', 'Needs approval.'],
  ['Undo: …', 'Undo: ${1:how to take it back}.'],
  ['Verify: …', 'Verify: ${1:what shows that it worked}.'],
  ['Safe to repeat.', 'Safe to repeat.'],
  ['This resolves the incident.', 'This resolves the incident.'],
  ['This mitigates the incident.', 'This mitigates the incident.'],
  ['Escalate to …', 'Escalate to ${1:the owners}.'],
  ['This ends the guide.', 'This ends the guide.'],
  ['This guide does not apply.', 'This guide does not apply.'],
  ['Start Steps … in parallel.', 'Start Steps ${1} through ${2} in parallel.'],
];

/** `first`: nothing stands above the line in its paragraph. */
export function completeSnippet(line: string, first: boolean, offset: number, analysis: Analysis): Completion[] {
  const word = /^(\s*(?:[-*]\s+)?)([A-Za-z]{0,24}|#{1,6} ?\w{0,12})$/.exec(line);
  if (!word) return [];
  const written = word[2] ?? '';
  const span = { start: offset - written.length, end: offset };
  const steps = first && word[1] === '' ? wholeSteps(analysis).map((step) => ({ ...step, span })) : [];
  if (written.startsWith('#')) return steps;
  const known = sentences.map(([label, insert]): Completion => ({
    kind: 'snippet',
    label,
    insert,
    holders: insert.includes('${'),
    span,
  }));
  return [...steps, ...known];
}

/** Bodies of steps; `#` and the word are those that the guide's other steps have. */
function wholeSteps(analysis: Analysis): Omit<Completion, 'span'>[] {
  const written = [...writtenSteps(analysis).values()].filter(({ kind }) => kind === 'heading');
  const tops = written.filter(({ number }) => number !== null && /^\d+$/.test(number));
  const number = Math.max(0, ...tops.map(({ number: one }) => Number(one))) + 1;
  const sample = tops.at(-1);
  const start = sample?.node.source?.span.start ?? 0;
  const signs = (sample && /^#{1,6}/.exec(analysis.guide.text.slice(start, start + 6))?.[0]) ?? '##';
  const head = `${signs} ${sample && sample.word === null ? '' : `${sample?.word ?? 'Step'} `}${String(number)} - \${1:Title}`;
  const fence = '```';
  const bodies: readonly (readonly [string, string])[] = [
    [
      'step with a query',
      `${fence}sql\n\${2:SELECT 1}\n${fence}\n\nIf \${3:the query returns no rows}, go to Step \${4:${String(number + 1)}}.\n\nOtherwise, \${5:escalate to the owners}.`,
    ],
    [
      'step with a command',
      `${fence}bash\n\${2:command}\n${fence}\n\nIf \${3:the exit code is 0}, go to Step \${4:${String(number + 1)}}.\n\nOtherwise, \${5:escalate to the owners}.`,
    ],
    [
      'step that changes something',
      `${fence}bash\n\${2:command}\n${fence}\n\nNeeds approval. Undo: \${3:how to take it back}. Verify: \${4:what shows that it worked}.`,
    ],
    ['step that ends the guide', '${2:This resolves the incident}.'],
  ];
  return bodies.map(([label, body]) => ({
    kind: 'snippet',
    label,
    detail: `Step ${String(number)}`,
    insert: `${head}\n\n${body}\n`,
    holders: true,
    filter: `${signs} ${label}`,
  }));
}
