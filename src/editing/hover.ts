// What the editor tells about the thing under the mouse, in markdown: a step, the edges of a sentence, a guard, a
// parameter. The author's words are escaped, so that they read as written and never become links or markup.
import { contains, touches, type Span } from '../base/index.ts';
import { catalogue, type DiagnosticCode, type Severity } from '../diagnostics/index.ts';
import { describeGuard, parseGuard, readsParameter, shapeOfAction, whyNotDecidable } from '../guard/index.ts';
import {
  findNode,
  outputEdges,
  type Action,
  type Guard,
  type NodeId,
  type Outcome,
  type Parameter,
  type Plan,
  type PlanEdge,
  type PlanNode,
  type Repeat,
} from '../plan/index.ts';
import type { Analysis } from './analyze.ts';
import { aboutAttribute } from './complete-fence.ts';
import { aboutKey } from './complete-front-matter.ts';
import { flatGuide } from './flat-guide.ts';
import { codeAt } from './guide-links.ts';
import { escapeMarkdown, inlineCode } from './markdown.ts';
import { occurrenceAt } from './occurrences.ts';
import { actionAt, waysAt } from './places.ts';

export interface Hover {
  readonly markdown: string;
  /** What the text is about. */
  readonly span: Span;
  /** The finding that it explains; its page says more. */
  readonly code?: DiagnosticCode;
}

/** What a host knows of the guide's latest run. */
export interface LastRun {
  /** The value that a parameter had; undefined when it had none, or is a secret. */
  parameter(name: string): string | undefined;
  /** How a step ended, in a few words (`succeeded, 2 rows`). */
  step(node: NodeId): string | undefined;
}

const noRun: LastRun = { parameter: () => undefined, step: () => undefined };

export function hoverAt(analysis: Analysis, offset: number, last: LastRun = noRun): Hover | null {
  const { plan } = analysis;
  const written = aboutWriting(analysis, offset);
  if (written) return written;
  const placeholder = actionAt(plan, offset)?.placeholders.find(({ span }) => touches(span, offset));
  if (placeholder) {
    const parameter = plan.guide.parameters.find(({ name }) => name === placeholder.parameter);
    return parameter ? { markdown: aboutParameter(plan, parameter, last), span: placeholder.span } : null;
  }
  const declared = plan.guide.parameters.find(
    ({ source, origin }) => origin === 'declared' && source && touches(source.span, offset),
  );
  if (declared?.source) return { markdown: aboutParameter(plan, declared, last), span: declared.source.span };

  const title = plan.nodes.find(({ titleSource }) => titleSource && touches(titleSource.span, offset));
  if (title?.titleSource) return { markdown: aboutStep(analysis, title, last), span: title.titleSource.span };

  const ways = waysAt(plan, offset);
  const first = ways[0]?.source;
  if (!first) return aboutName(analysis, offset, last);
  return { markdown: ways.map((way) => aboutWay(analysis, way)).join('\n\n'), span: first.span };
}

/** A name in words that state no edge: a step, a parameter, a result, the code of a finding. */
function aboutName(analysis: Analysis, offset: number, last: LastRun): Hover | null {
  const { plan } = analysis;
  const silenced = codeAt(analysis, offset);
  if (silenced) {
    const { title, severity } = catalogue[silenced.code];
    const { code, span } = silenced;
    return { markdown: `${inlineCode(code)} · ${weights[severity]}\n\n${title}`, span, code };
  }
  const found = occurrenceAt(analysis, offset);
  if (!found) return null;
  const { symbol, span } = found;
  if (symbol.kind === 'step') {
    const node = findNode(plan, symbol.node);
    return node ? { markdown: aboutStep(analysis, node, last), span } : null;
  }
  if (symbol.kind === 'parameter') {
    const parameter = plan.guide.parameters.find(({ name }) => name === symbol.name);
    return parameter ? { markdown: aboutParameter(plan, parameter, last), span } : null;
  }
  const action = plan.nodes.flatMap(({ actions }) => actions).find(({ resultName }) => resultName === symbol.name);
  if (!action) return null;
  const head = `Result ${inlineCode(symbol.name)} of ${inlineCode(action.id)}`;
  return { markdown: `${head}\n\n${aboutAction(action)}`, span };
}

/** A setting of a code block, or a key of the front matter. */
function aboutWriting({ guide }: Analysis, offset: number): Hover | null {
  const { line } = guide.lines.positionAt(offset);
  const { start, end } = guide.lines.lineSpan(line);
  const words = guide.text.slice(start, end);
  const front = guide.frontMatter.span;
  if (front && front.start < offset && offset < front.end) {
    const key = /^(\s*(?:-\s+)?)([\w-]+):/.exec(words);
    const [, indent = '', name = ''] = key ?? [];
    const about = aboutKey(name, indent !== '');
    const span = { start: start + indent.length, end: start + indent.length + name.length };
    return about !== undefined && touches(span, offset) ? { markdown: `${inlineCode(name)}: ${about}.`, span } : null;
  }
  for (const code of flatGuide(guide).codes) {
    if (code.kind !== 'code' || !touches({ start: code.span.start, end }, offset) || code.span.start < start) continue;
    const attribute = code.attributes.find(({ name, span }) =>
      touches({ start: span.start, end: span.start + name.length }, offset),
    );
    const about = attribute && aboutAttribute(attribute.name);
    if (!attribute || about === undefined) return null;
    const span = { start: attribute.span.start, end: attribute.span.start + attribute.name.length };
    return { markdown: `${inlineCode(attribute.name)}: ${about}.`, span };
  }
  return null;
}

function aboutStep(analysis: Analysis, node: PlanNode, last: LastRun): string {
  const { plan } = analysis;
  const ended = last.step(node.id);
  const leaving = outputEdges(plan, node.id);
  const repeats = plan.repeats.filter((repeat) => repeat.from === node.id);
  const notes = [
    node.needsApproval && 'Waits for approval.',
    node.safeToRepeat && 'Safe to repeat.',
    node.undo !== undefined && `Undo: ${escapeMarkdown(node.undo)}`,
    node.verify !== undefined && `Verify: ${escapeMarkdown(node.verify)}`,
    node.yields !== undefined && `Gives ${listed(node.yields.map(inlineCode))}.`,
    node.uses !== undefined && ['Uses what earlier steps give:', ...used(node.uses, plan)].join('\n'),
  ].filter((note) => note !== false);
  return [
    `**${escapeMarkdown(shorten(node.title || node.id, 120))}** · ${inlineCode(node.id)}`,
    ended === undefined ? '' : `In the latest run: ${escapeMarkdown(ended)}.`,
    escapeMarkdown(shorten(withoutTitle(node))),
    node.actions.map((action) => `- ${aboutAction(action)}`).join('\n'),
    notes.join('\n\n'),
    leaving.length > 1 && leaving.every((edge) => edge.condition === null)
      ? ['Goes on in parallel:', ...someWays(leaving, (edge) => target(plan, edge.to, edge.outcome))].join('\n')
      : someWays(leaving, (edge) => aboutEdge(analysis, edge)).join('\n'),
    repeats.map((repeat) => `- ${aboutRepeat(analysis, repeat)}`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The first few of many ways. */
function someWays(edges: readonly PlanEdge[], tell: (edge: PlanEdge) => string): string[] {
  const most = edges.length > 10 ? 8 : 10;
  const more = edges.length > most ? [`- ${edges.length - most} more of them`] : [];
  return [...edges.slice(0, most).map((edge) => `- ${tell(edge)}`), ...more];
}

/** The first few, and from where. */
function used(uses: NonNullable<PlanNode['uses']>, plan: Plan): string[] {
  const more = uses.length > 8 ? [`- ${uses.length - 8} more of them`] : [];
  return [...uses.slice(0, 8).map(({ what, from }) => `- ${quote(what)} ← ${target(plan, from)}`), ...more];
}

/** The first few, and how many more. */
function listed(items: readonly string[]): string {
  const shown = items.slice(0, 8).join(', ');
  return items.length > 8 ? `${shown} and ${items.length - 8} more` : shown;
}

const weights: Readonly<Record<Severity, string>> = {
  error: 'told as an error',
  warning: 'told as a warning',
  information: 'told as information',
  hint: 'told as a hint',
};

const effects = {
  read: 'only reads',
  write: 'writes: asks before it runs',
  unknown: 'may write: asks before it runs',
} as const;

/** What is said of a way, and where it leads: each is translated by itself. */
function beside(words: string, to: string): string {
  return `${words} → ${to}`;
}

/** Parts between dots, each of which is a message of its own. */
function aboutAction({ language, tool, effect, parameters }: Action): string {
  const parts = [
    language === '' ? 'an action' : inlineCode(language),
    tool !== undefined && `tool ${inlineCode(tool)}`,
    effects[effect],
    parameters.length > 0 && `needs ${parameters.map(inlineCode).join(', ')}`,
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

function aboutWay(analysis: Analysis, way: PlanEdge | Repeat): string {
  return 'max' in way ? aboutRepeat(analysis, way) : aboutEdge(analysis, way);
}

/** How often a loop may begin again, where, and who decides it. */
function aboutRepeat(analysis: Analysis, repeat: Repeat): string {
  const { plan } = analysis;
  const { to, condition, max, onFailure } = repeat;
  const again = beside(max === 1 ? 'again, once at most' : `again, at most ${max} times`, target(plan, to));
  if (onFailure) return `When the step fails: ${again}`;
  return condition === null ? again : `${quote(condition)} → ${again}  \n  ${whoDecides(analysis, repeat, condition)}`;
}

function aboutEdge(analysis: Analysis, edge: PlanEdge): string {
  const { plan } = analysis;
  const to = target(plan, edge.to, edge.outcome);
  if (edge.onFailure) return beside('When the step fails', to);
  if (edge.condition === null) return beside(edge.timing === undefined ? 'Goes on' : quote(edge.timing), to);
  return `${beside(quote(edge.condition), to)}  \n  ${whoDecides(analysis, edge, edge.condition)}`;
}

function whoDecides(analysis: Analysis, way: PlanEdge | Repeat, condition: string): string {
  return way.guard ? decidedBy(way.guard) : `Decided by a person: ${whyByPerson(analysis, way, condition)}.`;
}

/** Why no guard follows from the words: they are a matter of judgement, of something outside, or the step gives nothing. */
function whyByPerson({ plan, diagnostics }: Analysis, way: PlanEdge | Repeat, condition: string): string {
  const written = way.source?.span;
  if (written && diagnostics.some(({ code, span }) => code === 'guard.invalid' && contains(written, span)))
    return 'the guard in the sentence cannot be used as it stands';
  const action = findNode(plan, way.from)?.actions.at(-1);
  if (action && way.source && way.source.span.end <= action.source.span.start)
    return 'a block stands behind the sentence, and the result of the step is that of its last';
  return whyNotDecidable(condition, action ? shapeOfAction(action) : { members: [] });
}

function decidedBy(guard: Guard): string {
  if (guard.kind === 'else') return 'Taken when no other condition of the step holds.';
  const cel = inlineCode(guard.cel);
  const words = describeGuard(guard.cel);
  // A guard that cannot be said in other words stands there once.
  if (words === guard.cel) {
    switch (guard.origin) {
      case 'author':
        return `Decided by its guard: ${cel}.`;
      case 'inferred':
        return `Decided by a guard inferred from the sentence: ${cel}.`;
      case 'model':
        return `Decided by a guard that a model proposed: ${cel}.`;
    }
  }
  const told = escapeMarkdown(words);
  switch (guard.origin) {
    case 'author':
      return `Decided by its guard: ${cel} (${told}).`;
    case 'inferred':
      return `Decided by a guard inferred from the sentence: ${cel} (${told}).`;
    case 'model':
      return `Decided by a guard that a model proposed: ${cel} (${told}).`;
  }
}

function aboutParameter(plan: Plan, parameter: Parameter, last: LastRun): string {
  const value = parameter.secret ? undefined : last.parameter(parameter.name);
  const uses = plan.nodes
    .flatMap((node) => node.actions)
    .filter((action) => action.parameters.includes(parameter.name));
  const readers = readersOf(plan, parameter.name);
  const facts = [
    parameter.default !== undefined && `Default: ${inlineCode(String(parameter.default))}.`,
    parameter.examples && `Examples: ${parameter.examples.map(inlineCode).join(', ')}.`,
    parameter.pattern !== undefined && `Must match ${inlineCode(parameter.pattern)}.`,
    parameter.secret && 'Secret: never written to a journal, log or output.',
    parameter.origin === 'placeholder' && 'Not declared; known from its placeholders.',
    parameter.origin === 'declared' && parameter.default === undefined && 'Given by whoever runs the guide.',
    value !== undefined && `Last value: ${inlineCode(value)}.`,
    uses.length > 0 && `Used by ${uses.map(({ id }) => inlineCode(id)).join(', ')}.`,
    readers.length > 0 && `Read by guards of ${readers.map(inlineCode).join(', ')}.`,
    uses.length === 0 && readers.length === 0 && 'Used by no action.',
  ].filter((fact) => fact !== false && fact !== undefined);
  const needed = parameter.required ? 'must be given' : 'may be left out';
  return [
    `${inlineCode(parameter.name)} · ${parameter.type} · ${needed}`,
    parameter.description === undefined ? '' : escapeMarkdown(parameter.description),
    facts.join(' '),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The steps whose guards read the parameter, in the order of the plan. */
function readersOf(plan: Plan, name: string): readonly NodeId[] {
  const reads = ({ guard }: PlanEdge | Repeat): boolean => {
    if (guard?.kind !== 'cel' || !guard.cel.includes(name)) return false;
    const parsed = parseGuard(guard.cel);
    return parsed.kind === 'tree' && readsParameter(parsed.root, name);
  };
  const from = new Set([...plan.edges, ...plan.repeats].filter(reads).map((way) => way.from));
  return plan.nodes.flatMap(({ id }) => (from.has(id) ? [id] : []));
}

function target(plan: Plan, id: NodeId, outcome?: Outcome): string {
  if (id === 'end') return outcome ? endings[outcome] : 'the end';
  const title = findNode(plan, id)?.title;
  return title ? `${inlineCode(id)} ${escapeMarkdown(shorten(title, 80))}` : inlineCode(id);
}

const endings: Readonly<Record<Outcome, string>> = {
  resolved: 'the end (resolved)',
  mitigated: 'the end (mitigated)',
  escalated: 'the end (escalated)',
  'not-applicable': 'the end (does not apply)',
  completed: 'the end (completed)',
};

function quote(condition: string): string {
  return `“${escapeMarkdown(shorten(condition))}”`;
}

function shorten(text: string, most = 300): string {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

/** A step that its own sentence names says it once. */
function withoutTitle({ title, description }: PlanNode): string {
  return title !== '' && description.startsWith(title)
    ? description.slice(title.length).replace(/^[\s.:;,]+/, '')
    : description;
}
