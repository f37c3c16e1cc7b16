// The strip below the canvas: everything about the chosen step that the picture has no room for.
import { durationWords } from '../src/base/index.ts';
import {
  type Arrow,
  type Box,
  decidedByWords,
  deciderWords,
  type Diagram,
  type Mark,
  type MarkPicture,
  marksById,
  markSign,
  nodeLabel,
  outcomeWord,
  type RunPicture,
  statusIcon,
} from '../src/diagram/index.ts';
import type { ChartPicture } from '../src/protocol/index.ts';
import { element } from './element.ts';
import { shapeToElement } from './shape-to-element.ts';

export interface DetailsListener {
  arrowChosen(edge: string): void;
  nodeChosen(node: string): void;
  callChosen(node: string, call: number): void;
  closed(): void;
}

/** Fills the strip for one box. */
export function showDetails(
  strip: HTMLElement,
  diagram: Diagram,
  box: Box,
  shown: RunPicture | MarkPicture | null,
  charts: readonly ChartPicture[],
  listener: DetailsListener,
): void {
  const marks = shown && 'boxes' in shown ? shown : null;
  const run = shown && 'boxes' in shown ? null : shown;
  const outgoing = diagram.arrows.filter((arrow) => arrow.from === box.id);
  const heading = element('h2', 'details-title', box.title === box.label ? box.label : `${box.label}: ${box.title}`);
  const close = element('button', 'plain close', '✕');
  close.setAttribute('aria-label', 'Close details');
  close.title = 'Close details';
  close.addEventListener('click', () => listener.closed());
  const header = element('div', 'details-head', heading, element('button', 'plain link', 'Show in text'), close);
  header.querySelector('.link')?.addEventListener('click', () => listener.nodeChosen(box.id));
  if (box.kind !== 'step') header.querySelector('.link')?.remove();
  const columns = element(
    'div',
    'details-columns',
    result(box, run),
    run ? chartList(charts) : null,
    markList(box, outgoing, marks),
    calls(box, run, listener),
    actions(box),
    arrowList(outgoing, run, listener),
  );
  const description = box.description.trim() && box.description.trim() !== box.title ? box.description.trim() : '';
  strip.replaceChildren(header, description ? element('p', 'description', description) : '', columns);
  strip.hidden = false;
}

/** What differs about the step and the arrows that leave it, or what tests have seen of them. */
function markList(box: Box, outgoing: readonly Arrow[], picture: MarkPicture | null): HTMLElement | null {
  if (!picture) return null;
  const marks = marksById(picture);
  const covers = !('others' in picture);
  const line = (mark: Mark | undefined, of: string): HTMLElement[] =>
    (mark?.words ?? []).map((words) =>
      element('li', `key-${mark?.kind ?? ''}`, `${mark ? markSign(mark.kind) : ''} ${of}${words}`),
    );
  const items = [
    ...line(marks.boxes.get(box.id), ''),
    ...outgoing.flatMap(({ id, to }) => line(marks.arrows.get(id), covers ? `→ ${nodeLabel(to)}: ` : '')),
  ];
  if (items.length === 0) return null;
  const title = covers ? 'Covered by tests' : 'Differences';
  return element('section', 'wide', element('h3', '', title), element('ul', 'differences', ...items));
}

function result(box: Box, run: RunPicture | null): HTMLElement | null {
  const step = run?.steps.find((candidate) => candidate.node === box.id);
  if (!run || !step || step.status === 'pending') return null;
  const icon = shapeToElement({
    tag: 'svg',
    attributes: { viewBox: '-8 -8 16 16', class: `small-icon status-${step.status}` },
    children: [statusIcon(step.status)],
  });
  const line = element(
    'p',
    'result-line',
    icon,
    element('strong', '', step.status),
    step.durationMs !== undefined && ` in ${durationWords(step.durationMs)}`,
  );
  const questions = run.questions
    .filter((question) => question.node === box.id)
    .map((question) => element('p', 'question', question.text));
  return element(
    'section',
    '',
    element('h3', '', run.mode === 'dry' ? 'Dry run' : 'Last result'),
    line,
    step.summary && element('p', 'summary', step.summary),
    ...questions,
  );
}

/** What the step found, over time. */
function chartList(charts: readonly ChartPicture[]): HTMLElement | null {
  if (charts.length === 0) return null;
  const pictures = charts.map(({ image, words }) => {
    const picture = element('img', 'chart');
    picture.src = image;
    picture.alt = words;
    return picture;
  });
  return element('section', 'wide', element('h3', '', charts.length === 1 ? 'Chart' : 'Charts'), ...pictures);
}

/** The guides that the step goes through: each can be opened, and during a run shows how its steps stand. */
function calls(box: Box, run: RunPicture | null, listener: DetailsListener): HTMLElement | null {
  if (!box.calls) return null;
  const inside = run?.steps.find(({ node }) => node === box.id)?.inside ?? [];
  const items = box.calls.map(({ title }, index) => {
    const open = element('button', 'plain link call', `▸ ${title}`);
    open.title = 'Show the plan of this guide (o)';
    open.addEventListener('click', () => listener.callChosen(box.id, index));
    const steps = (inside[index]?.steps ?? []).map((step) => {
      const icon = shapeToElement({
        tag: 'svg',
        attributes: { viewBox: '-8 -8 16 16', class: `small-icon status-${step.status}` },
        children: [statusIcon(step.status)],
      });
      const name = step.title === '' || step.title === step.label ? step.label : `${step.label}: ${step.title}`;
      return element('li', 'result-line', icon, `${name}, ${step.status}`);
    });
    return element('li', '', open, steps.length > 0 && element('ul', 'inside', ...steps));
  });
  return element('section', '', element('h3', '', 'Called guides'), element('ul', '', ...items));
}

function actions(box: Box): HTMLElement | null {
  if (box.actions.length === 0) return null;
  const items = box.actions.map((action) =>
    element(
      'li',
      '',
      element('code', '', action.language),
      action.tool !== undefined && ` on ${action.tool}`,
      `, ${action.lineCount} ${action.lineCount === 1 ? 'line' : 'lines'}, `,
      action.effect === 'read'
        ? 'reads'
        : element('strong', 'warning', action.effect === 'write' ? 'writes' : 'effect unknown'),
    ),
  );
  return element('section', '', element('h3', '', 'Actions'), element('ul', '', ...items));
}

function arrowList(arrows: readonly Arrow[], run: RunPicture | null, listener: DetailsListener): HTMLElement | null {
  if (arrows.length === 0) return null;
  const items = arrows.map((arrow) => {
    const button = element(
      'button',
      'plain edge',
      element('span', 'edge-target', `→ ${nodeLabel(arrow.to)}`),
      ` ${arrow.condition ?? 'always'}`,
    );
    button.title = 'Show in text';
    button.addEventListener('click', () => listener.arrowChosen(arrow.id));
    return element(
      'li',
      '',
      button,
      element('span', 'edge-notes', arrowNotes(arrow, run)),
      arrow.guard !== undefined && element('code', 'guard', arrow.guard),
    );
  });
  return element('section', 'wide', element('h3', '', 'Outgoing edges'), element('ul', '', ...items));
}

function arrowNotes(arrow: Arrow, run: RunPicture | null): string {
  const edge = run?.edges.find((candidate) => candidate.edge === arrow.id);
  const decided = edge && edge.status !== 'pending';
  return [
    arrow.kind === 'repeat' && 'repeats earlier steps',
    arrow.onFailure && 'when the step fails',
    arrow.outcome && `ends as ${outcomeWord(arrow.outcome)}`,
    decided
      ? `${edge.status}${edge.decidedBy ? ` ${decidedByWords(edge.decidedBy)}` : ''}`
      : deciderWords(arrow.decider),
    decided && edge.because,
  ]
    .filter(Boolean)
    .join(' · ');
}
