// Checks what a model that works a step wants next: a call of one of the step's tools that was not made already, or a finding with
// quotes that stand in what the calls gave, as it was sent. The sentence that says what is wrong can be sent back to the model.
import { quoteProblem } from './check-quote.ts';
import type { WorkQuestion, WorkStep } from './work.ts';

const longestCode = 4000;
const longestFinding = 1000;
const mostQuotes = 10;

/** A next step, or what is wrong with the answer. */
export type CheckedWork =
  { readonly kind: 'step'; readonly step: WorkStep } | { readonly kind: 'invalid'; readonly problem: string };

/** Reads an answer of a model: `{kind, tool, language, code, finding, quotes, reason}`, where `kind` says which of them count. */
export function checkWork(question: WorkQuestion, answer: unknown): CheckedWork {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    return invalid('The answer is not a JSON object with "kind", "tool", "language", "code", "finding" and "quotes".');
  const { kind, tool, language, code, finding, quotes, reason: said } = answer as Readonly<Record<string, unknown>>;
  const reason = typeof said === 'string' ? said.replace(/\s+/g, ' ').trim().slice(0, 500) : '';
  switch (kind) {
    case 'unsure':
      return reason === ''
        ? invalid('`reason` is missing or empty; expected one sentence.')
        : { kind: 'step', step: { kind, because: reason } };
    case 'call': {
      const missing = Object.entries({ tool, language, code }).find(([, value]) => typeof value !== 'string')?.[0];
      if (missing !== undefined) return invalid(`\`${missing}\` is missing or not a text.`);
      return checked(question, { kind, tool: String(tool), language: String(language), code: String(code), reason });
    }
    case 'finding': {
      if (typeof finding !== 'string') return invalid('`finding` is missing or not a text.');
      if (!Array.isArray(quotes) || quotes.some((quote) => typeof quote !== 'string'))
        return invalid('`quotes` is missing or not a list of texts.');
      return checked(question, { kind, text: finding.trim(), quotes: quotes as string[] });
    }
    default:
      return invalid('`kind` is none of "call", "finding" and "unsure".');
  }
}

/** What the run makes of a next step, whoever wants it. */
export function weighWork(question: WorkQuestion, step: WorkStep): WorkStep {
  const problem = problemOf(question, step);
  return problem === null ? step : { kind: 'unsure', because: problem };
}

function checked(question: WorkQuestion, step: WorkStep): CheckedWork {
  const problem = problemOf(question, step);
  return problem === null ? { kind: 'step', step } : invalid(problem);
}

function problemOf(question: WorkQuestion, step: WorkStep): string | null {
  if (step.kind === 'unsure') return null;
  if (step.kind === 'finding') return findingProblem(question, step);
  const { tool: name, language, code } = step;
  if (question.callsLeft <= 0) return 'No call is left; expected a finding, or "unsure".';
  const tool = question.tools.find((one) => one.name === name);
  if (!tool) return `\`${cut(name)}\` is not among the tools: ${question.tools.map((one) => one.name).join(', ')}.`;
  if (!tool.languages.includes(language))
    return `\`${name}\` does not speak \`${cut(language)}\`; expected ${tool.languages.join(' or ')}.`;
  if (code.trim() === '') return '`code` is empty.';
  if (code.length > longestCode) return `\`code\` is longer than ${longestCode} characters.`;
  const same = question.done.find((call) => call.tool === name && call.text.trim() === code.trim());
  return same ? `${same.id} was this call already; what came of it stands there.` : null;
}

function findingProblem(
  { done }: WorkQuestion,
  { text, quotes }: Extract<WorkStep, { kind: 'finding' }>,
): string | null {
  if (text === '') return '`finding` is empty; expected one or two sentences.';
  if (text.length > longestFinding) return `\`finding\` is longer than ${longestFinding} characters.`;
  if (done.length === 0) return 'Nothing was looked at yet; expected a call, or "unsure".';
  if (quotes.length === 0) return '`quotes` is empty; expected words copied from what the calls gave.';
  if (quotes.length > mostQuotes) return `There are ${quotes.length} quotes; expected at most ${mostQuotes}.`;
  const found = done.map((call) => ({ found: call.found, own: call.text }));
  for (const quote of quotes) {
    const problem = quoteProblem(quote, found, 'what a call gave');
    if (problem !== null) return problem;
  }
  return null;
}

function invalid(problem: string): CheckedWork {
  return { kind: 'invalid', problem };
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
