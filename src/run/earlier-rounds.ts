// What the steps of loops had come to in the rounds before the last: a run's view has the last round alone, its journal has each.
import { decide } from './decide.ts';
import { foldJournal } from './read-journal.ts';
import type { NodeId } from '../plan/index.ts';
import type { RunState } from './state.ts';
import type { Rounds } from './turn.ts';
import type { StepView } from './view.ts';

/** By step: how each earlier round had ended, the first one first. Steps that were begun once are not in it. */
export function earlierRounds(text: string): ReadonlyMap<NodeId, readonly StepView[]> {
  const rounds: Rounds = new Map();
  let state: RunState | null = null;
  for (const { input } of foldJournal(text).inputs) state = decide(state, input, rounds).state;
  return rounds;
}
