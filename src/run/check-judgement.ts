// Checks a model's judgement against the question it was given: an offered edge, a quote that stands in the evidence as it
// was sent, a confidence. What fails is no judgement, and the sentence that says why can be sent back to the model.
import { quoteProblem } from './check-quote.ts';
import type { Judgement, JudgeQuestion, JudgeVerdict } from './judge.ts';

/** The answer with which a model leaves the decision to the engineer. */
export const unsureEdge = 'unsure';

/** The answer that the words of no edge hold, where the guide goes on without one. */
export const noEdge = 'none';

/** A judgement, or what is wrong with the answer. */
export type CheckedAnswer =
  | { readonly kind: 'judgement'; readonly judgement: Judgement }
  | { readonly kind: 'invalid'; readonly problem: string };

/** Reads an answer of a model: `{edge, quote, confidence, reason}`, where `edge` may be `unsure`, or `none` where that is an answer. */
export function checkJudgement(question: JudgeQuestion, answer: unknown): CheckedAnswer {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    return invalid(
      'The answer is not a JSON object; expected `{"edge": …, "quote": …, "confidence": …, "reason": …}`.',
    );
  const { edge, quote, confidence, reason } = answer as Readonly<Record<string, unknown>>;
  const missing = Object.entries({ edge, quote, reason }).find(([, value]) => typeof value !== 'string')?.[0];
  if (missing !== undefined) return invalid(`\`${missing}\` is missing or not a text.`);
  if (typeof confidence !== 'number' || !(confidence >= 0 && confidence <= 1))
    return invalid('`confidence` is not a number from 0 to 1.');
  const because = String(reason).trim();
  if (because === '') return invalid('`reason` is empty; expected one sentence.');
  if (edge === unsureEdge) return { kind: 'judgement', judgement: { kind: 'unsure', because } };
  const chosen = edge === noEdge && question.mayBeNone ? null : String(edge);
  const judgement: Judgement = { kind: 'edge', edge: chosen, quote: String(quote), confidence, reason: because };
  const problem = problemOf(question, judgement);
  return problem === null ? { kind: 'judgement', judgement } : invalid(problem);
}

/** What the run makes of a judgement, whoever made it: only one that holds and is sure enough decides. */
export function weighJudgement(question: JudgeQuestion, judgement: Judgement, least: number): JudgeVerdict {
  if (judgement.kind === 'unsure') return judgement;
  const problem = problemOf(question, judgement);
  if (problem !== null) return { kind: 'unsure', because: problem };
  const { edge, quote, confidence, reason } = judgement;
  // Written this way round so that no number that is none can pass.
  if (confidence >= least) return { kind: 'edges', edges: edge === null ? [] : [edge], quote, confidence, reason };
  const words = question.choices.find((choice) => choice.edge === edge)?.condition ?? edge;
  const tends = words === null ? 'tends to none of them' : `tends to “${words}”`;
  return { kind: 'unsure', because: `It ${tends} with confidence ${confidence}, below ${least}: ${reason}` };
}

function problemOf(question: JudgeQuestion, { edge, quote }: Extract<Judgement, { kind: 'edge' }>): string | null {
  if (edge === null ? !question.mayBeNone : !question.choices.some((choice) => choice.edge === edge))
    return `\`${cut(edge ?? noEdge)}\` is not among the edges: ${question.choices.map((choice) => choice.edge).join(', ')}.`;
  return quoteProblem(quote, question.parts ?? [{ found: question.evidence }], 'the evidence');
}

function invalid(problem: string): CheckedAnswer {
  return { kind: 'invalid', problem };
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
