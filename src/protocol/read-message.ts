// Reads messages on either side: a value from outside becomes a message of the protocol, or a sentence that says why not.
import { changesForm, coverageForm, diagramForm, runForm } from './diagram-form.ts';
import { flag, type Form, list, number, oneOf, orNull, record, text, union, whole } from './form.ts';
import type { FromPreview, ToPreview } from './messages.ts';

/** A read message, or what is wrong with it; `request` is its number when at least that could be read. */
export type ReadMessage<M> =
  | { readonly kind: 'message'; readonly message: M }
  | { readonly kind: 'problem'; readonly problem: string; readonly request?: number };

const problems = record({ errors: whole, warnings: whole });
const answers = {
  done: record({ request: whole }, { milliseconds: number }),
  failed: record({ request: whole, message: text }),
};

const comparison = record({
  title: text,
  note: text,
  changes: changesForm,
  proposal: orNull(oneOf('open', 'nothing-to-write')),
});

const toPreview = union({
  'show-plan': record(
    { request: whole, document: text, diagram: diagramForm, problems, keepViewport: flag },
    { comparison, trail: list(text) },
  ),
  'show-empty': record({
    request: whole,
    document: text,
    reason: oneOf('no-steps', 'errors', 'waiting', 'failed'),
    message: text,
    problems,
  }),
  'show-run': record({ request: whole, run: orNull(runForm) }),
  'show-coverage': record({ request: whole, coverage: orNull(coverageForm) }),
  'show-charts': record({
    request: whole,
    node: text,
    charts: list(record({ action: text, image: text, words: text })),
  }),
  'show-moments': record({ request: whole, moments: list(text), at: orNull(whole) }),
  'light-node': record({ request: whole, node: orNull(text), scroll: flag }),
  'set-abilities': record({ request: whole, running: flag }),
  ...answers,
});

const fromPreview = union({
  ready: record({ request: whole }),
  'want-charts': record({ request: whole, node: text }),
  'look-at': record({ request: whole, moment: orNull(whole) }),
  'reveal-node': record({ request: whole, node: text, focus: flag }),
  'reveal-edge': record({ request: whole, edge: text, focus: flag }),
  'open-called': record({ request: whole, node: text, call: whole }),
  'leave-called': record({ request: whole, to: whole }),
  'do-command': record({
    request: whole,
    command: oneOf(
      'dry-run',
      'live-run',
      'answer',
      'export-svg',
      'tell-changes',
      'end-comparison',
      'end-coverage',
      'accept-proposal',
      'refuse-proposal',
    ),
  }),
  ...answers,
});

/** In the webview. */
export function readToPreview(value: unknown): ReadMessage<ToPreview> {
  return read<ToPreview>(toPreview, value);
}

/** In the extension. */
export function readFromPreview(value: unknown): ReadMessage<FromPreview> {
  return read<FromPreview>(fromPreview, value);
}

function read<M>(form: Form, value: unknown): ReadMessage<M> {
  const problem = form(value, 'message');
  if (problem === null) return { kind: 'message', message: value as M };
  const request =
    typeof value === 'object' && value !== null ? (value as { readonly request?: unknown }).request : undefined;
  return {
    kind: 'problem',
    problem: `expected at ${problem}`,
    ...(Number.isSafeInteger(request) && { request: request as number }),
  };
}
