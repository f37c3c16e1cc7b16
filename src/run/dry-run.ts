// The dry run, but for the tools' own explanations: what every step would do, what would decide every edge, and every
// way through the plan. It gets tools that cannot perform, and no run state comes of it.
import {
  countPaths,
  paths,
  reachableFrom,
  type PlanPath,
  type PlanEdge,
  type PlanNode,
  type Repeat,
} from '../plan/index.ts';
import { describeGuard } from '../guard/index.ts';
import { approvalTerms, denial, rulesFor } from './approval.ts';
import type { DryAction, DryEdge, DryPath, DryRepeat, DryReport, DryRunOptions, DryStep } from './dry-report.ts';
import { joinEffects } from './effects.ts';
import { readParameters } from './parameters.ts';
import type { DryTool, Explanation, ParameterValue, RenderedAction } from './ports.ts';
import { prepareAction } from './prepare-action.ts';
import { redactor, type Redact } from './redact.ts';
import { withoutProvided } from './provided-variables.ts';
import { plainValues, secretValues } from './secret-values.ts';
import { knownNode } from './state.ts';
import type { ActionView, DecidedBy, EdgeView, RunView, StepView } from './view.ts';

/** Paths that are listed; all are counted. */
const mostPaths = 100;

export interface DryPlan {
  readonly report: DryReport;
  /** Actions whose tool can be asked what it thinks of them. */
  readonly toExplain: readonly { readonly tool: DryTool; readonly rendered: RenderedAction }[];
  /** Takes the secrets out of what a tool says. */
  readonly redact: Redact;
}

/** Everything about a dry run that needs no waiting. */
export function planDryRun(options: DryRunOptions): DryPlan {
  const { toolbox, from } = options;
  const plan = withoutProvided(options.plan, toolbox);
  const known = toolbox.secretValues?.() ?? [];
  const ofTools = redactor(known);
  const secrets = secretValues(plan, options, true, ofTools);
  const plain = plainValues(options.parameters, secrets, plan, ofTools);
  const { values, problems } = readParameters(plan.guide.parameters, plain);
  const valueOf = (name: string): ParameterValue | undefined => secrets.get(name) ?? values[name];
  const isSecret = (name: string): boolean =>
    secrets.has(name) || plan.guide.parameters.some((one) => one.name === name && one.secret);
  const redact = redactor([...secrets.values(), ...known]);
  const rules = options.approvals ?? [];
  const toExplain: { tool: DryTool; rendered: RenderedAction }[] = [];

  const dryAction = (node: PlanNode, action: PlanNode['actions'][number]): DryAction => {
    const missingParameters = action.parameters.filter((name) => valueOf(name) === undefined);
    const head = { id: action.id, language: action.language, missingParameters };
    if (action.guide) {
      const { title, file } = action.guide;
      const text = `goes through “${title}” (${file.split(/[\\/]/).at(-1) ?? file})`;
      return { ...head, text, effect: 'read', because: 'its steps follow', needsApproval: false };
    }
    const tool = toolbox.find(action);
    const named = tool && { tool: tool.name };
    const unprepared = {
      ...head,
      ...named,
      effect: action.effect,
      needsApproval: node.needsApproval || action.effect !== 'read',
    };
    if (missingParameters.length > 0) return { ...unprepared, because: 'the values it needs are not known yet' };
    const prepared = prepareAction(action, toolbox, { valueOf, isSecret });
    if (prepared.kind === 'not-prepared') {
      const { text, failure } = redact({ text: prepared.text, failure: prepared.failure });
      const byHand = failure.reason === 'no-tool' && { text, needsApproval: false };
      return {
        ...unprepared,
        because: failure.message,
        failure: { ...failure, reason: prepared.failure.reason },
        ...byHand,
      };
    }
    const { rendered, classification } = prepared;
    const effect = joinEffects(action.effect, classification.effect);
    const { text, because } = redact({ text: rendered.text, because: classification.because });
    const ruled = { tool: prepared.tool.name, effect, environment: options.environment };
    const denied = denial(rules, ruled);
    if (denied !== null) {
      const failure = { reason: 'denied', message: denied, transient: false } as const;
      return { ...head, tool: prepared.tool.name, text, effect, because, needsApproval: false, failure };
    }
    if (options.explain !== 'reads' || effect === 'read') toExplain.push({ tool: prepared.tool, rendered });
    const terms = approvalTerms(rulesFor(rules, ruled), node.needsApproval || effect !== 'read');
    return {
      ...head,
      tool: prepared.tool.name,
      text,
      effect,
      because: node.needsApproval ? 'the author asks for approval of this step' : because,
      needsApproval: terms !== null,
      ...(terms && terms.people > 1 && { people: terms.people }),
      ...(terms && Number.isFinite(terms.expiresAfterMs) && { expiresAfterMs: terms.expiresAfterMs }),
    };
  };

  const steps = plan.nodes
    .filter(({ kind }) => kind === 'step')
    .map((node): DryStep => {
      const actions = node.actions.map((action) => dryAction(node, action));
      return {
        node: node.id,
        title: node.title,
        actions,
        needsApproval: actions.some((action) => action.needsApproval),
      };
    });
  const within = from === undefined ? null : reachableFrom(plan, knownNode(plan, from));
  const edges = plan.edges.map((edge) => dryEdge(edge, options.decisions ?? {}));
  const report: Omit<DryReport, 'view'> = {
    steps,
    edges,
    repeats: plan.repeats.map((repeat) => dryRepeat(repeat, options.decisions ?? {})),
    missingParameters: [
      ...new Set(steps.flatMap((step) => step.actions.flatMap((action) => action.missingParameters))),
    ],
    invalidParameters: problems,
    paths: [...paths(plan, mostPaths)].map(toDryPath),
    pathCount: countPaths(plan),
  };
  return { report: { ...report, view: toView(report, within) }, toExplain, redact };
}

/** The report with what the tools said. */
export function withExplanations(report: DryReport, explanations: ReadonlyMap<string, Explanation>): DryReport {
  const explain = <A extends { readonly id: string }>(action: A): A => {
    const explanation = explanations.get(action.id);
    return explanation ? { ...action, explanation } : action;
  };
  return {
    ...report,
    steps: report.steps.map((step) => ({ ...step, actions: step.actions.map(explain) })),
    view: { ...report.view, steps: report.view.steps.map((step) => ({ ...step, actions: step.actions.map(explain) })) },
  };
}

function dryEdge(edge: PlanEdge, decisions: Readonly<Record<string, string>>): DryEdge {
  const { id, from, to, condition, timing, outcome } = edge;
  const told = { ...(timing !== undefined && { timing }), ...(outcome && { outcome }) };
  return { edge: id, from, to, condition, ...told, ...decider(edge, decisions) };
}

function dryRepeat(way: Repeat, decisions: Readonly<Record<string, string>>): DryRepeat {
  const { id, from, to, condition, max, waitMs } = way;
  const waits = waitMs !== undefined && { waitMs };
  return { repeat: id, from, to, condition, ...decider(way, decisions), max, ...waits };
}

/** What would decide that a way, on or back, is taken. */
function decider(
  { from, condition, guard, onFailure }: PlanEdge | Repeat,
  decisions: Readonly<Record<string, string>>,
): Pick<DryEdge, 'decidedBy' | 'because'> {
  if (onFailure) return { decidedBy: 'failure', because: `taken when \`${from}\` fails` };
  if (guard?.kind === 'else') return { decidedBy: 'else', because: 'taken when no other condition holds' };
  if (guard) {
    const { cel, origin } = guard;
    const whose =
      origin === 'author' ? '' : origin === 'inferred' ? ', inferred from the condition' : ', proposed by a model';
    return { decidedBy: 'guard', because: `\`${cel}\`: ${describeGuard(cel)}${whose}` };
  }
  if (condition === null) return { decidedBy: 'none', because: 'no condition' };
  const given = decisions[from];
  const because =
    given === undefined ? 'needs judgement: the run asks' : `needs judgement: given beforehand as \`${from}=${given}\``;
  return { decidedBy: 'engineer', because };
}

function toDryPath({ nodes, edges }: PlanPath): DryPath {
  return { nodes, edges: edges.map(({ id }) => id), outcome: edges.at(-1)?.outcome ?? 'completed' };
}

function toView(report: Omit<DryReport, 'view'>, within: ReadonlySet<string> | null): RunView {
  const questions = report.missingParameters.length;
  const actions = report.steps.flatMap((step) => step.actions);
  const approvals = actions.filter((action) => action.needsApproval).length;
  return {
    run: '',
    mode: 'dry',
    phase: 'ended',
    outcome: 'planned',
    reason: `Nothing was performed: ${count(actions.length, 'action')}, ${count(approvals, 'approval')} and ${count(questions, 'missing parameter')}.`,
    steps: report.steps.map((step): StepView => ({
      node: step.node,
      status: within && !within.has(step.node) ? 'skipped' : 'planned',
      actions: step.actions.map(toActionView),
    })),
    edges: report.edges.map((edge): EdgeView => ({
      edge: edge.edge,
      status: 'pending',
      decidedBy: deciders[edge.decidedBy],
      because: edge.because,
    })),
    requests: [],
    next: [],
    modelCalls: 0,
  };
}

const deciders: Record<DryEdge['decidedBy'], DecidedBy> = {
  none: 'none',
  guard: 'guard',
  else: 'else',
  engineer: 'engineer',
  failure: 'upstream',
};

function toActionView({ id, effect, tool, text, needsApproval, failure }: DryAction): ActionView {
  return {
    id,
    status: 'planned',
    effect,
    ...(tool !== undefined && { tool }),
    ...(text !== undefined && { text }),
    attempts: 0,
    needsApproval,
    ...(failure && { failure }),
  };
}

function count(number: number, what: string): string {
  return `${number === 0 ? 'no' : number} ${what}${number === 1 ? '' : 's'}`;
}
