// One line on the state of the run, read out when it changes: mode, phase, what it waits for or how it ended.
import type { RunPicture, StepPicture } from '../src/diagram/index.ts';
import { statusIcon } from '../src/diagram/index.ts';
import { element } from './element.ts';
import { shapeToElement } from './shape-to-element.ts';

/** Fills the banner, or hides it without a run. `answer` opens the first question in the editor. */
export function showRunBanner(banner: HTMLElement, run: RunPicture | null, answer: () => void): void {
  banner.hidden = run === null;
  if (!run) {
    banner.replaceChildren();
    return;
  }
  const status = statusOf(run);
  const icon = shapeToElement({
    tag: 'svg',
    attributes: { viewBox: '-8 -8 16 16', class: `small-icon status-${status}` },
    children: [statusIcon(status)],
  });
  const done = run.steps.filter(
    (step) => step.status !== 'pending' && step.status !== 'running' && step.status !== 'waiting',
  ).length;
  const mode = run.mode === 'dry' ? 'Dry run' : 'Live run';
  const [question, ...more] = run.questions;
  const words = question
    ? `${question.node.replace(/(\D)(\d)/u, '$1 $2')}: ${question.text}${more.length > 0 ? ` (and ${more.length} more)` : ''}`
    : (run.reason ?? '');
  const button = question && run.phase !== 'ended' ? element('button', 'plain link', 'Answer…') : null;
  button?.addEventListener('click', answer);
  const text = element(
    'span',
    'banner-text',
    element('strong', '', `${mode}: ${phaseWords(run)}`),
    ...(words ? [' · ', ...wordsWithCode(words)] : []),
  );
  text.title = words.replaceAll('`', '');
  banner.replaceChildren(
    icon,
    text,
    button ?? '',
    element('span', 'banner-count', `${done} of ${run.steps.length} steps`),
  );
}

/** What stands between back-ticks becomes code, as in all our sentences. */
function wordsWithCode(words: string): (string | HTMLElement)[] {
  return words.split('`').map((piece, index) => (index % 2 === 1 ? element('code', '', piece) : piece));
}

function phaseWords(run: RunPicture): string {
  if (run.phase !== 'ended') return run.phase;
  return (run.outcome ?? 'ended').replaceAll('-', ' ');
}

function statusOf(run: RunPicture): StepPicture['status'] {
  switch (run.phase) {
    case 'running':
      return 'running';
    case 'held':
    case 'waiting':
      return 'waiting';
    case 'ended':
      if (run.mode === 'dry') return 'planned';
      if (run.outcome === 'failed' || run.outcome === 'no-branch-fits') return 'failed';
      return run.outcome === 'stopped' ? 'cancelled' : 'succeeded';
  }
}
