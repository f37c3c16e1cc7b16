// The run's journal told as sentences, line by line; what only machines need is left out.
import { durationWords } from '../base/index.ts';
import { findEdge, findNode, type Plan } from '../plan/index.ts';
import { hasNoTable, type PerformOutcome, type WorkStep } from '../run/index.ts';
import type { OutputName } from './earlier-outputs.ts';
import type { Line } from './journal-evidence.ts';
import type { Part, TimelineEntry } from './report.ts';
import { noTableParts } from './result-parts.ts';
import { resultWords } from './words.ts';

/** One entry for each line that says something to people. */
export function timelineOf(plan: Plan, lines: readonly Line[], nameOf: OutputName): readonly TimelineEntry[] {
  return lines.flatMap((line) => {
    const parts = partsOf(plan, line);
    if (!parts) return [];
    const { seq, time, body } = line;
    const output = body.kind === 'action-ended' ? nameOf(line) : null;
    return [{ time, parts, evidence: { lines: [seq], ...(output !== null && { actions: [output] }) } }];
  });
}

function partsOf(plan: Plan, { body }: Line): readonly Part[] | null {
  const text = (name: string): string => String(body[name] ?? '');
  const by: Part = { said: text('by') };
  const action: Part = { code: text('action') };
  const node: Part = { code: text('node') };
  const note: readonly Part[] = body['note'] === undefined ? [] : [': ', { said: text('note') }];
  switch (body.kind) {
    case 'run-started':
      return body['by'] === undefined ? ['The run began.'] : ['The run was begun by ', by, '.'];
    case 'run-resumed':
      return body['by'] === undefined ? ['The run was taken up again.'] : ['The run was taken up again by ', by, '.'];
    case 'step-started':
      return [node, ' began: ', { said: findNode(plan, text('node'))?.title ?? '' }];
    case 'step-failed':
      return [node, ' failed: ', { said: text('message') }];
    case 'step-cancelled':
      return [node, ' was cancelled.'];
    case 'action-started':
      return [action, ` was performed (${text('effect')}, attempt ${text('attempt')}).`];
    case 'turn-awaited':
      return [action, ' waits for its turn: ', { said: text('because') }, '.'];
    case 'action-ended': {
      const outcome = body['outcome'] as PerformOutcome;
      if (outcome.kind === 'result' && hasNoTable(outcome.result))
        return [action, ' gave ', ...noTableParts(outcome.result), '.'];
      if (outcome.kind === 'result') return [action, ` gave ${resultWords(outcome.result)}.`];
      const { reason, message } = outcome.failure;
      return reason === 'cancelled'
        ? [action, ' was stopped: ', { said: message }]
        : [action, ` failed (${reason}): `, { said: message }];
    }
    case 'retry-scheduled':
      return [action, ` is tried again after ${durationWords(Number(body['afterMs']))}.`];
    case 'question-asked': {
      return [body['action'] === undefined ? node : action, ` waits for ${asked[text('about')] ?? 'an answer'}.`];
    }
    case 'answer-refused':
      return ['The answer was not taken: ', { said: text('because') }];
    case 'approval-given':
      return [by, ' approved ', action, ' (text with hash ', { code: text('hash').slice(0, 12) }, ')', ...note, '.'];
    case 'approval-refused':
      return [by, ' refused ', action, ...note, '.'];
    case 'decision-given':
      return [by, ' chose ', ...targets(plan, body['edges'] as readonly string[]), ' at ', node, ...note, '.'];
    case 'model-worked': {
      const step = body['step'] as WorkStep;
      const worked: readonly Part[] = ['The model ', { code: text('model') }, ' worked ', node];
      if (step.kind === 'call')
        return [...worked, ' and chose a call of ', { code: step.tool }, ': ', { code: step.code }];
      return step.kind === 'finding'
        ? [...worked, ' and found: ', { said: step.text }]
        : [...worked, ' and found nothing: ', { said: step.because }];
    }
    case 'model-judged': {
      const verdict = body['verdict'] as {
        readonly kind: string;
        readonly edges?: readonly string[];
        readonly because?: string;
        readonly quote?: string;
      };
      const asked: readonly Part[] = ['The model ', { code: text('model') }, ' was asked about ', node];
      return verdict.kind === 'edges'
        ? [
            ...asked,
            ' and chose ',
            ...targets(plan, verdict.edges ?? []),
            ', on “',
            { said: verdict.quote ?? '' },
            '”.',
          ]
        : [...asked, ' and did not decide: ', { said: verdict.because ?? '' }];
    }
    case 'parameter-given':
      return [by, ' gave a value for ', { code: text('name') }, '.'];
    case 'action-settled':
      return [by, ` said that `, action, ` is ${text('as')}`, ...note, '.'];
    case 'run-held':
      return [by, ' held the run.'];
    case 'run-continued':
      return [by, ' let the run go on.'];
    case 'next-step-set':
      return [by, ' had the run go on with ', node, '; nothing was undone.'];
    case 'stop-requested':
      return [by, ' stopped the run.'];
    case 'edge-decided':
      return body['status'] === 'enabled' ? edgeParts(plan, text('edge'), body['because']) : null;
    case 'repeat-decided':
      return body['again'] === true
        ? againParts(plan, text('repeat'), Number(body['round']) + 1, body['because'])
        : null;
    case 'guide-entered':
      return [action, ' goes through ', { said: text('title') }, '.'];
    case 'guide-left':
      return text('outcome') === 'failed'
        ? [action, ': the guide could not go on. ', { said: text('because') }]
        : [action, ': the guide came to its end, ', { code: text('outcome') }, '. ', { said: text('because') }];
    case 'end-awaited':
      return ['The end is decided; what is under way is waited for.'];
    case 'run-ended':
      return ['The run ended ', { code: text('outcome') }, ': ', { said: text('reason') }];
    default:
      return null;
  }
}

const asked: Readonly<Record<string, string>> = {
  approval: 'an approval',
  decision: 'a decision',
  parameter: 'the value of a parameter',
  'manual-action': 'somebody to do it by hand',
  'unknown-outcome': 'somebody to say whether it happened',
};

/** Where edges or repeats lead to. */
function targets(plan: Plan, ids: readonly string[]): readonly Part[] {
  const named = ids.flatMap((id): Part[] => {
    const to = findEdge(plan, id)?.to ?? plan.repeats.find((repeat) => repeat.id === id)?.to;
    return [', ', to === 'end' ? 'the end' : { code: to ?? id }];
  });
  return named.slice(1);
}

/** A loop that begins again. */
function againParts(plan: Plan, id: string, round: number, because: unknown): readonly Part[] {
  const { from = id, to = 'its beginning' } = plan.repeats.find((repeat) => repeat.id === id) ?? {};
  const why: readonly Part[] = because === undefined ? [] : [' — ', { said: String(because) }];
  return [{ code: from }, ' led back to ', { code: to }, ` for round ${round}`, ...why, '.'];
}

/** Only where something was decided: an edge without a condition says nothing new. */
function edgeParts(plan: Plan, id: string, because: unknown): readonly Part[] | null {
  const edge = findEdge(plan, id);
  if (!edge || (edge.condition === null && because === undefined)) return null;
  const why: readonly Part[] = because === undefined ? [] : [' — ', { said: String(because) }];
  const words: readonly Part[] = edge.condition === null ? [] : [': “', { said: edge.condition }, '”'];
  return [{ code: edge.from }, ' → ', { code: edge.to }, ...words, ...why];
}
