// Asks the person at the terminal what a run waits for: a decision, a yes to an exact text, a value, each with the step's own words and
// what the answer rests on. An empty answer leaves the question open; the run can be resumed later.
import { findNode, type Plan } from '../plan/index.ts';
import { foundBefore, type LiveRun, type PersonEvent, type RunRequest, type RunView } from '../run/index.ts';
import { readValue } from './answers.ts';
import { CommandError } from './exit-code.ts';
import type { GuideText } from './guide-text.ts';
import { printFound } from './print-action.ts';
import { noneWords, questionLines, whereToWords, wordsBeside } from './print-ending.ts';
import { keyOf } from './question-key.ts';
import { printableLine } from './printable-text.ts';
import type { Terminal } from './terminal.ts';
import { oneOf, openReader, understood } from './terminal-reader.ts';

/** Whose guide it is, and who answers. */
export interface AskedAbout {
  readonly plan: Plan;
  readonly source: GuideText | null;
  readonly by: string;
  /** The words of each step stood before its beginning: they are not said again. */
  readonly wordsShown?: boolean;
  /** Raised when the questions are to be left open, all of them. */
  readonly leaving: AbortSignal;
}

/** Asks every open question once, each with what its step found beside it. False when none of them was answered. */
export async function askPerson(run: LiveRun, view: RunView, about: AskedAbout, terminal: Terminal): Promise<boolean> {
  const { plan, by, leaving } = about;
  const reader = openReader(leaving);
  let answered = false;
  try {
    const isOpen = (request: RunRequest): boolean => run.view().requests.some((open) => keyOf(open) === keyOf(request));
    const asking =
      (request: RunRequest) =>
      async (question: string): Promise<string | null> => {
        const stopped = new AbortController();
        const off = run.onChange(() => {
          if (run.view().phase === 'ended' || !isOpen(request)) stopped.abort();
        });
        try {
          return await reader.ask(question, stopped.signal);
        } finally {
          off();
        }
      };
    for (const request of view.requests) {
      if (leaving.aborted) break;
      terminal.err('\n');
      for (const line of questionLines(request, plan, view.environment)) terminal.err(`${line}\n`);
      if (!about.wordsShown) for (const line of wordsBeside(request, plan)) terminal.err(`${line}\n`);
      for (const line of evidenceLines(request, view, about, terminal)) terminal.err(`    ${line}\n`);
      const event = await askFor(request, plan, by, asking(request), terminal);
      if (event === null) {
        if (isOpen(request) || run.view().phase === 'ended') continue;
        terminal.err('\n  It was answered elsewhere.\n');
        answered = true;
        continue;
      }
      const submitted = run.submit(event);
      if (submitted.accepted) answered = true;
      else terminal.err(`  ${printableLine(submitted.because)}\n`);
      if (run.view().phase === 'ended') break;
    }
  } finally {
    reader.close();
  }
  return answered;
}

/** What the answer rests on: of the step itself, or where a decision is at one that only has words, of the steps that led to it. */
function evidenceLines(
  request: RunRequest,
  view: RunView,
  { plan, source }: AskedAbout,
  terminal: Terminal,
): readonly string[] {
  const steps = foundBefore(plan, view, request.node);
  const own = steps.find(({ node }) => node === request.node);
  // A single question stands right below what its step found.
  if (own) return view.requests.length > 1 ? printFound(own, plan, source, terminal) : [];
  if (request.kind !== 'decision') return [];
  return steps.flatMap((step) => [
    `What ${step.node} found (${printableLine(findNode(plan, step.node)?.title ?? '')}):`,
    ...printFound(step, plan, source, terminal).map((line) => `  ${line}`),
  ]);
}

/** The edges of the numbers that were typed, none for `0`; null where it is no answer. */
function chosenEdges(
  { choices }: Extract<RunRequest, { readonly kind: 'decision' }>,
  said: string,
): readonly string[] | null {
  const numbers = said.trim() === '' ? [] : said.split(',').map(Number);
  if (numbers.length === 1 && numbers[0] === 0) return [];
  const edges = numbers.map((number) => choices[number - 1]?.edge);
  return numbers.length > 0 && edges.every((edge) => edge !== undefined) ? edges : null;
}

async function askFor(
  request: RunRequest,
  plan: Plan,
  by: string,
  ask: (question: string) => Promise<string | null>,
  terminal: Terminal,
): Promise<PersonEvent | null> {
  switch (request.kind) {
    case 'decision': {
      request.choices.forEach((choice, index) => {
        const words = choice.condition === null ? '' : `: ${printableLine(choice.condition)}`;
        terminal.err(`  ${index + 1}) ${whereToWords(choice)}${words}\n`);
      });
      terminal.err(`  0) none of these fits: ${noneWords(request, plan)}\n`);
      const most = request.choices.length;
      const which = most === 1 ? '0 or 1' : `numbers from 1 to ${most}, with commas between them, or 0`;
      const question = '  Which one? (number, or several with commas; Enter to leave it open) ';
      const edges = await understood(ask, question, which, (said) => chosenEdges(request, said), terminal);
      return edges && { kind: 'decision-given', node: request.node, edges, by };
    }
    case 'approval': {
      const question = '  Run exactly this? (yes, no, Enter to leave it open) ';
      const said = await understood(ask, question, 'yes or no', oneOf(['yes', 'no', 'y', 'n']), terminal);
      if (said === null) return null;
      return said.startsWith('y')
        ? { kind: 'approval-given', action: request.action, hash: request.hash, by }
        : { kind: 'approval-refused', action: request.action, by };
    }
    case 'parameter': {
      const said = await ask(`  Value of ${request.name}: (Enter to leave it open) `);
      if (said === null || said.trim() === '') return null;
      const parameter = plan.guide.parameters.find(({ name }) => name === request.name);
      try {
        return {
          kind: 'parameter-given',
          name: request.name,
          value: parameter ? readValue(parameter, said.trim()) : said,
          by,
        };
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        terminal.err(`  ${error.message}\n`);
        return askFor(request, plan, by, ask, terminal);
      }
    }
    case 'unknown-outcome':
    case 'manual-action': {
      const ways =
        request.kind === 'unknown-outcome' ? (['done', 'failed', 'repeat'] as const) : (['done', 'failed'] as const);
      const question = `  How did it go? (${ways.join(', ')}, Enter to leave it open) `;
      const as = await understood(ask, question, ways.join(' or '), oneOf(ways), terminal);
      return as && { kind: 'action-settled', action: request.action, as, by };
    }
  }
}
