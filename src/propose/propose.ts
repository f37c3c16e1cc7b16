// Asks a model about one passage and makes a proposal of its answer: the ways it speaks of, the line that says them, and the
// plan that comes of it.
import type { Analysis, AnalyzeAbout } from '../editing/index.ts';
import { type Conversation, converse, type Model } from '../model/index.ts';
import type { NotRead, Plan, PlanEdge, Repeat } from '../plan/index.ts';
import type { AbortSignalLike, BudgetShare } from '../run/index.ts';
import { checkAnswer } from './check-answer.ts';
import { passagePrompt, passageSchema } from './passage-prompt.ts';
import type { PassageAnswer, Proposal, ProposedWay } from './proposal.ts';
import { writeSilence, writeWays } from './write-line.ts';

export interface ProposeOptions {
  /** What the analysis was made with. */
  readonly about: AnalyzeAbout;
  /** Takes out of the guide's text what must not leave the machine. */
  readonly mask: (text: string) => string;
  readonly onText?: (soFar: string) => void;
  /** What it may use up. */
  readonly within?: BudgetShare | undefined;
}

/** Puts the question about a passage. Never rejects. */
export async function askAboutPassage(
  model: Model,
  { guide, plan }: Analysis,
  passage: NotRead,
  { mask, onText, within }: ProposeOptions,
  signal: AbortSignalLike,
): Promise<Conversation<PassageAnswer>> {
  // The quote is checked against what was sent.
  const sent = { ...passage, text: mask(passage.text) };
  return converse(
    model,
    {
      messages: passagePrompt(guide.text, plan, sent).map(({ role, text }) => ({ role, text: mask(text) })),
      schema: { name: 'passage', schema: passageSchema(plan) },
      check: (answer) => checkAnswer(plan, sent, answer),
      within,
      ...(onText && { onText }),
    },
    signal,
  );
}

/** What an answer comes to in this version of the guide. */
export function proposalOf(analysis: Analysis, about: AnalyzeAbout, passage: NotRead, answer: PassageAnswer): Proposal {
  switch (answer.kind) {
    case 'unsure':
      return { passage, answer, plan: analysis.plan, line: null };
    case 'advice': {
      const line = writeSilence(analysis, about, passage);
      return { passage, answer, plan: line?.plan ?? analysis.plan, line };
    }
    case 'ways': {
      const line = writeWays(analysis, about, passage, answer.ways);
      return { passage, answer, plan: line?.plan ?? withWays(analysis.plan, passage, answer.ways), line };
    }
  }
}

/** The plan with ways that no line says. */
function withWays(plan: Plan, passage: NotRead, ways: readonly ProposedWay[]): Plan {
  const taken = new Set([...plan.edges, ...plan.repeats].map(({ id }) => id));
  const nameOf = (first: string): string => {
    let id = first;
    for (let copy = 2; taken.has(id); copy++) id = `${first}_${copy}`;
    taken.add(id);
    return id;
  };
  const repeats = ways.flatMap(({ from, to, condition, guard, again }): Repeat[] => {
    if (!again || condition === null) return [];
    const cel = guard !== null && { guard: { kind: 'cel', cel: guard, origin: 'model' } as const };
    const id = nameOf(`repeat_${from}_${to}`);
    return [{ id, from, to, condition: `if ${condition}`, max: again.max, ...cel }];
  });
  const forward = ways.filter(({ again }) => !again);
  const added = forward.map(({ from, to, outcome, condition, guard }): PlanEdge => {
    return {
      id: nameOf(`edge_${from}_${to}`),
      from,
      to,
      condition: condition === null || condition === 'otherwise' ? condition : `if ${condition}`,
      ...(outcome && { outcome }),
      ...(condition === 'otherwise' && { guard: { kind: 'else', origin: 'model' } as const }),
      ...(guard !== null && { guard: { kind: 'cel', cel: guard, origin: 'model' } as const }),
    };
  });
  const order = new Map(plan.nodes.map(({ id }, index) => [id, index]));
  const edges = [...plan.edges, ...added].sort((a, b) => (order.get(a.from) ?? 0) - (order.get(b.from) ?? 0));
  return {
    ...plan,
    edges,
    repeats: [...plan.repeats, ...repeats],
    notRead: plan.notRead.filter((one) => one !== passage),
  };
}
