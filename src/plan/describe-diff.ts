// A plan's differences in words, grouped as people look for them: the guide, its parameters, then step by step. Plain data for
// the terminal and for an editor: every line has a sign, a sentence, the texts that differ and the places in both guides.
import { unreachable } from '../base/index.ts';
import { diffLines, type LineChange } from './diff-lines.ts';
import { findNode } from './graph.ts';
import { oneLine } from './mermaid-text.ts';
import type { Action, Guard, NodeId, Parameter, Plan, Source } from './plan.ts';
import { isRepeat, type PlanChange, type PlanDiff, type StepPair, type Way } from './plan-diff.ts';

/** One difference as a sentence. */
export interface DiffLine {
  readonly sign: '+' | '-' | '~';
  readonly text: string;
  /** Lines of code or prose by which the two differ; empty when the sentence says it all. */
  readonly lines: readonly LineChange[];
  readonly change: PlanChange;
  /** Where it stands in the old guide and in the new one, where that is known. */
  readonly old?: Source;
  readonly new?: Source;
}

/** The differences of one step, or of what belongs to no step. */
export interface DiffSection {
  readonly title: string;
  /** Null: the guide as a whole. */
  readonly step: StepPair | null;
  readonly lines: readonly DiffLine[];
}

/** Sections without differences are left out; equal plans have none. */
export function describeDiff(diff: PlanDiff, old: Plan, next: Plan): readonly DiffSection[] {
  const names = stepNames(diff, old, next);
  const sections: { title: string; step: StepPair | null; lines: DiffLine[] }[] = [];
  for (const change of diff.changes) {
    const step = 'step' in change ? change.step : null;
    const title = step ? names.section(step) : wholeTitle(change);
    const last = sections.at(-1);
    const line = describe(change, names);
    if (last && last.title === title && last.step?.old === step?.old && last.step?.new === step?.new)
      last.lines.push(line);
    else sections.push({ title, step, lines: [line] });
  }
  return sections;
}

function wholeTitle(change: PlanChange): string {
  if (change.kind.startsWith('parameter')) return 'Parameters';
  return change.kind.startsWith('not-read') ? 'Passages that could not be read' : 'Guide';
}

interface Names {
  section(step: StepPair): string;
  /** A step of the old plan as a reader of the new one knows it: `Step4 (now Step5)`. */
  old(id: NodeId): string;
}

function stepNames(diff: PlanDiff, old: Plan, next: Plan): Names {
  const toNew = new Map(diff.steps.flatMap((step) => (step.old === null ? [] : [[step.old, step.new] as const])));
  const titleOf = (plan: Plan, id: NodeId): string => {
    const node = findNode(plan, id);
    return node && node.kind === 'step' && node.title !== id ? `${id}: ${oneLine(node.title)}` : id;
  };
  return {
    section(step) {
      if (step.new === null) return titleOf(old, step.old ?? '');
      const was = step.old !== null && step.old !== step.new ? ` (was ${step.old})` : '';
      return `${titleOf(next, step.new)}${was}`;
    },
    old(id) {
      const now = toNew.get(id);
      if (now === null) return `${id} (removed)`;
      return now === undefined || now === id ? id : `${id} (now ${now})`;
    },
  };
}

/** The sentence, without its places. */
type Told = Pick<DiffLine, 'sign' | 'text'> & { readonly lines?: readonly LineChange[] };

function describe(change: PlanChange, names: Names): DiffLine {
  const told = tell(change, names);
  const places = placesOf(change);
  return { lines: [], ...told, change, ...places };
}

function tell(change: PlanChange, names: Names): Told {
  switch (change.kind) {
    case 'guide-changed':
      return changed(change.field, change.old[change.field], change.new[change.field]);
    case 'parameter-added':
      return { sign: '+', text: `\`${change.new.name}\`${parameterWords(change.new)}` };
    case 'parameter-removed':
      return { sign: '-', text: `\`${change.old.name}\`` };
    case 'parameter-changed': {
      const { text } = changed(change.field, change.old[change.field], change.new[change.field]);
      return { sign: '~', text: `\`${change.new.name}\`: ${text}` };
    }
    case 'step-added':
      return { sign: '+', text: `step added, ${actionsWords(change.new.actions)}` };
    case 'step-removed':
      return { sign: '-', text: `step removed, ${actionsWords(change.old.actions)}` };
    case 'step-renamed':
      return { sign: '~', text: `title was \`${oneLine(change.old.title)}\`` };
    case 'step-renumbered':
      return { sign: '~', text: `was ${change.old.id}` };
    case 'step-moved':
      return {
        sign: '~',
        text: change.after === 'start' ? 'moved to the beginning' : `moved, now after ${change.after}`,
      };
    case 'step-changed':
      return stepFieldWords(change);
    case 'action-added':
      return { sign: '+', text: `action ${actionWords(change.new)}`, lines: allLines('+', change.new.code) };
    case 'action-removed':
      return { sign: '-', text: `action ${actionWords(change.old)}`, lines: allLines('-', change.old.code) };
    case 'action-changed':
      return actionFieldWords(change);
    case 'edge-added':
      return { sign: '+', text: `${wayWords(change.new, change.new.to)}${decidedWords(change.new)}` };
    case 'edge-removed':
      return { sign: '-', text: wayWords(change.old, names.old(change.old.to)) };
    case 'edge-retargeted': {
      const words = conditionWords(change.new);
      return { sign: '~', text: `${words}leads to ${change.new.to}, was ${names.old(change.old.to)}` };
    }
    case 'condition-changed':
      return {
        sign: '~',
        text: `${towards(change.new)}: condition ${quoted(change.old.condition)} → ${quoted(change.new.condition)}`,
      };
    case 'guard-changed':
      return {
        sign: '~',
        text: `${towards(change.new)}: decided by ${guardWords(change.old)} → ${guardWords(change.new)}`,
      };
    case 'outcome-changed':
      return {
        sign: '~',
        text: `${towards(change.new)}: outcome ${change.old.outcome ?? 'none'} → ${change.new.outcome ?? 'none'}`,
      };
    case 'failure-changed':
      return {
        sign: '~',
        text: `${towards(change.new)}: ${change.new.onFailure ? 'taken only when the step fails' : 'no longer only for failures'}`,
      };
    case 'limit-changed':
      return {
        sign: '~',
        text: `${towards(change.new)}: at most ${limitWords(change.old)} → at most ${limitWords(change.new)}`,
      };
    case 'not-read-added':
      return { sign: '+', text: quoted(change.new.text) };
    case 'not-read-removed':
      return { sign: '-', text: quoted(change.old.text) };
    default:
      return unreachable(change);
  }
}

function stepFieldWords(change: Extract<PlanChange, { kind: 'step-changed' }>): Told {
  const [was, is] = [change.old[change.field], change.new[change.field]];
  switch (change.field) {
    case 'needsApproval':
      return { sign: '~', text: is ? 'needs approval now' : 'no longer needs approval' };
    case 'safeToRepeat':
      return { sign: '~', text: is ? 'is safe to repeat now' : 'is no longer safe to repeat' };
    case 'description':
      return {
        sign: '~',
        text: 'description changed',
        lines: diffLines(sentences(String(was)), sentences(String(is))).filter(({ text }) => text !== ''),
      };
    case 'undo':
    case 'verify':
      return changed(change.field, was, is);
  }
}

function actionFieldWords({ field, old, new: now }: Extract<PlanChange, { kind: 'action-changed' }>): Told {
  const name = now.id === old.id ? now.id : `${now.id} (was ${old.id})`;
  if (field === 'code') return { sign: '~', text: `${name}: code changed`, lines: diffLines(old.code, now.code) };
  if (field === 'place') return { sign: '~', text: `${name}: done at another place of the step` };
  const { text } = changed(field === 'resultName' ? 'result’s name' : field, old[field], now[field]);
  return { sign: '~', text: `${name}: ${text}` };
}

function changed(what: string, was: unknown, is: unknown): Told {
  return { sign: '~', text: `${what} ${valueWords(was)} → ${valueWords(is)}` };
}

function valueWords(value: unknown): string {
  if (value === undefined || value === '') return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((item) => `\`${String(item)}\``).join(', ');
  return typeof value === 'string' ? quoted(value) : `\`${String(value)}\``;
}

function quoted(text: string | null): string {
  if (text === null) return 'none';
  return `\`${oneLine(text)}\``;
}

function parameterWords(parameter: Parameter): string {
  const words = [parameter.type, parameter.required ? 'required' : '', parameter.secret ? 'secret' : ''];
  return ` (${words.filter((word) => word !== '').join(', ')})`;
}

function actionsWords(actions: readonly Action[]): string {
  if (actions.length === 0) return 'no action';
  return `${actions.length} ${actions.length === 1 ? 'action' : 'actions'} (${actions.map(({ language, effect }) => `${language || 'no language'}, ${effect}`).join('; ')})`;
}

function actionWords(action: Action): string {
  return `${action.id} (${action.language || 'no language'}, ${action.effect})`;
}

/** `on to Step4 if …`, `back to Step2, at most 3 times, if …`, `ends as resolved if …` */
function wayWords(way: Way, to: string): string {
  const words = way.condition === null ? '' : ` when ${quoted(way.condition)}`;
  if (isRepeat(way)) return `back to ${to}, at most ${limitWords(way)}${words}`;
  const outcome = way.outcome ? ` (${way.outcome})` : '';
  return `${way.onFailure ? 'on failure ' : ''}on to ${to}${outcome}${words}`;
}

function towards(way: Way): string {
  return isRepeat(way) ? `back to ${way.to}` : `to ${way.to}`;
}

function conditionWords(way: Way): string {
  return way.condition === null ? '' : `when ${quoted(way.condition)}: `;
}

function limitWords(way: Way): string {
  if (!isRepeat(way)) return '';
  const wait = way.waitMs ? ` with ${way.waitMs / 1000} s between` : '';
  return `${way.max} ${way.max === 1 ? 'time' : 'times'}${wait}`;
}

function decidedWords(way: Way): string {
  return way.guard ? `, decided by ${guardWords(way)}` : '';
}

function guardWords({ guard, condition }: Way): string {
  if (!guard) return condition === null ? 'nobody' : 'a person';
  return `${guard.kind === 'else' ? '`otherwise`' : `\`${guard.cel}\``} (${originWords[guard.origin]})`;
}

const originWords: Readonly<Record<Guard['origin'], string>> = {
  author: 'the author’s',
  inferred: 'inferred',
  model: 'a model’s',
};

function sentences(text: string): string {
  return oneLine(text).replace(/([.!?]) /g, '$1\n');
}

function allLines(sign: LineChange['sign'], code: string): readonly LineChange[] {
  return code.split('\n').map((text) => ({ sign, text }));
}

function placesOf(change: PlanChange): { old?: Source; new?: Source } {
  const sourceOf = (value: object | undefined): Source | undefined =>
    value && 'source' in value ? (value.source as Source) : undefined;
  if (change.kind === 'guide-changed') return {};
  const old = 'old' in change ? sourceOf(change.old) : undefined;
  const now = 'new' in change ? sourceOf(change.new) : undefined;
  return { ...(old && { old }), ...(now && { new: now }) };
}
