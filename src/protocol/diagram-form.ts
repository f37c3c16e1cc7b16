// The form of a diagram and of a run's picture as they cross between extension and webview.
import { flag, list, number, oneOf, orNull, record, text, whole } from './form.ts';

const point = record({ x: number, y: number });
const rectangle = { x: number, y: number, w: number, h: number };
const outcome = oneOf('resolved', 'mitigated', 'escalated', 'not-applicable', 'completed');
const effect = oneOf('read', 'write', 'unknown');

const box = record(
  {
    ...rectangle,
    id: text,
    kind: oneOf('start', 'step', 'end'),
    label: text,
    title: text,
    titleLines: list(text),
    description: text,
    badges: list(
      record({ kind: oneOf('language', 'write', 'unknown', 'approval', 'guide'), text, meaning: text, w: number }),
    ),
    actions: list(record({ id: text, language: text, effect, lineCount: whole }, { tool: text })),
  },
  { calls: list(record({ title: text })) },
);

const arrow = record(
  {
    id: text,
    from: text,
    to: text,
    kind: oneOf('edge', 'repeat'),
    points: list(point),
    condition: orNull(text),
    decider: oneOf('always', 'author', 'inferred', 'model', 'person'),
    onFailure: flag,
  },
  { guard: text, outcome, label: record({ ...rectangle, lines: list(text) }), terminal: record(rectangle) },
);

export const diagramForm = record({
  title: text,
  width: number,
  height: number,
  engine: oneOf('dagre', 'elk', 'dot', 'levels'),
  direction: oneOf('down', 'right'),
  boxes: list(box),
  arrows: list(arrow),
});

const stepStatus = oneOf('pending', 'running', 'waiting', 'succeeded', 'failed', 'skipped', 'cancelled', 'planned');

const insideForm = record({
  title: text,
  steps: list(record({ label: text, title: text, status: stepStatus })),
});

export const runForm = record(
  {
    run: text,
    mode: oneOf('live', 'dry'),
    phase: oneOf('running', 'held', 'waiting', 'ended'),
    steps: list(
      record(
        {
          node: text,
          status: stepStatus,
        },
        { durationMs: number, summary: text, inside: list(insideForm) },
      ),
    ),
    edges: list(
      record(
        { edge: text, status: oneOf('pending', 'enabled', 'disabled') },
        { decidedBy: oneOf('none', 'guard', 'else', 'engineer', 'model', 'upstream'), because: text },
      ),
    ),
    questions: list(record({ node: text, text })),
  },
  { outcome: text, reason: text },
);

const marks = (...kinds: readonly string[]) =>
  list(
    record({ id: text, kind: oneOf(...kinds), words: list(text) }, { sides: record({ held: flag, didNotHold: flag }) }),
  );
const changes = marks('added', 'removed', 'changed');
const covered = marks('covered', 'partly-covered', 'not-covered');

export const changesForm = record({ boxes: changes, arrows: changes, summary: text, others: list(text) });

export const coverageForm = record({ boxes: covered, arrows: covered, summary: text });
