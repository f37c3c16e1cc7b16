// How a run stands at its end: its outcome and why, or each open question with the exact flag that answers it; and where
// its journal is.
import { durationWords } from '../base/index.ts';
import { useWords } from '../model/index.ts';
import { findEdge, firstUse, findNode, outputEdges, type Plan } from '../plan/index.ts';
import { handedOver, type RunOutcome, type RunRequest, type RunView, type StepView } from '../run/index.ts';
import { decideFlag } from './answers.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { printableLine, printableText } from './printable-text.ts';
import { stepWords } from './step-words.ts';
import type { Style, Terminal } from './terminal.ts';

/** The exit code for the way a run ended. */
export function exitCodeOf(view: RunView): ExitCode {
  if (view.phase !== 'ended') return exitCode.waiting;
  switch (view.outcome ?? 'failed') {
    case 'resolved':
    case 'mitigated':
    case 'escalated':
    case 'not-applicable':
    case 'completed':
    case 'planned':
      return exitCode.ok;
    case 'waiting':
      return exitCode.waiting;
    case 'stopped':
      return exitCode.interrupted;
    case 'no-branch-fits':
    case 'failed':
      return exitCode.failed;
  }
}

/**
 * Prints the outcome or the open questions. `journal` is null for a run that has none, or that cannot be taken up; `config` are the
 * settings that were named and would not be found otherwise.
 */
export function printEnding(
  view: RunView,
  plan: Plan,
  journal: string | null,
  terminal: Terminal,
  config?: string,
): void {
  const [symbol, style] = outcomeSigns[view.outcome ?? 'waiting'];
  const isHeld = view.outcome === undefined && view.phase === 'held';
  const words = isHeld ? 'held' : (view.outcome ?? 'waiting');
  const why = isHeld && view.next.length > 0 ? `It stands before ${view.next.join(', ')}.` : view.reason;
  terminal.out(
    `\n${terminal.styled(style, `${symbol} ${words}`)}${why === undefined ? '' : `: ${printableLine(why)}`}\n`,
  );
  for (const request of view.requests) {
    for (const line of describeRequest(request, plan, view.environment)) terminal.out(`  ${line}\n`);
  }
  for (const { action } of handedOver(view))
    terminal.out(
      terminal.styled('yellow', `  ! ${action}: the guide that it called escalated; the run went on all the same.\n`),
    );
  for (const line of wordsOnlyLines(view)) terminal.out(`  ${line}\n`);
  const { modelCalls, modelUse } = view;
  if (modelUse)
    terminal.out(
      terminal.styled(
        'dim',
        `  model: ${modelCalls} ${modelCalls === 1 ? 'call' : 'calls'} in ${(modelUse.ms / 1000).toFixed(1)} s, ${useWords(modelUse, modelUse.costs ?? [])}\n`,
      ),
    );
  if (journal !== null) {
    terminal.out(terminal.styled('dim', `  journal: ${journal}\n`));
    const resume = ['tsg resume', quoteForShell(journal), ...configFlag(config)].join(' ');
    if (isHeld) terminal.out(`\nGo on with:\n  ${resume} --step\n`);
    if (view.requests.length > 0 && view.phase !== 'ended') {
      for (const request of view.requests)
        if (needsOthers(request))
          terminal.out(`\nSomebody else approves with:\n  tsg approve ${quoteForShell(journal)} ${request.action}\n`);
      // `--approve all` would say yes to writes that nobody has seen yet; this says it to what is shown.
      const own = view.requests.filter(needsYes);
      if (own.length > 0) {
        terminal.out(`\nApprove ${own.length > 1 ? 'each of them' : 'what is shown'} with:\n`);
        for (const { action } of own) terminal.out(`  tsg approve ${quoteForShell(journal)} ${action}\n`);
      }
      const [first, ...others] = waysToGoOn(view.requests, plan);
      terminal.out(`\n${own.length > 0 ? 'Then go' : 'Go'} on with${others.length > 0 ? ' one of' : ''}:\n`);
      for (const flags of [first ?? [], ...others]) terminal.out(`  ${[resume, ...flags].join(' ')}\n`);
    }
  }
}

/** At the end it should be plain which steps nobody is known to have done. */
function wordsOnlyLines({ phase, steps }: RunView): readonly string[] {
  const nodes = steps.flatMap(({ node, onlyWords }) => (onlyWords ? [node] : []));
  if (phase !== 'ended' || nodes.length === 0) return [];
  const named = nodes.slice(0, mostNamed).join(', ');
  const more = nodes.length > mostNamed ? ` and ${nodes.length - mostNamed} more` : '';
  return nodes.length === 1
    ? [`${named} only says what to do: nothing was run for it, and nobody said whether it was done.`]
    : [`${named}${more} only say what to do: nothing was run for them, and nobody said whether it was done.`];
}

type DecisionChoice = (RunRequest & { kind: 'decision' })['choices'][number];

function choiceWords(choice: DecisionChoice): string {
  const { condition, again, outcome } = choice;
  if (condition === null) return whereToWords(choice);
  return `${again ? 'again, ' : ''}“${printableLine(condition)}”${outcome === undefined ? '' : ` → ${outcome}`}`;
}

/** `on to Step3`, `again from Step1`, `on to the end (escalated)`. */
export function whereToWords({ to, again, outcome }: DecisionChoice): string {
  if (again) return `again from ${to}`;
  return outcome === undefined ? `on to ${to}` : `on to ${named(to)} (${outcome})`;
}

const named = (to: string): string => (to === 'end' ? 'the end' : to);

function whereWords(where: string | undefined, environment: string | undefined): string {
  return [
    ...(where === undefined ? [] : [`: ${printableLine(where)}`]),
    ...(environment === undefined ? [] : [`, environment ${printableLine(environment)}`]),
  ].join('');
}

/** A request as lines: what is asked, then which flag answers it. */
export function describeRequest(request: RunRequest, plan: Plan, environment?: string): string[] {
  return [...questionLines(request, plan, environment), ...wordsBeside(request, plan), ...flagLines(request, plan)];
}

/** What the author says at the step, for whoever judges, says yes, or does it by hand. A value is asked for with its own description. */
export function wordsBeside(request: RunRequest, plan: Plan): readonly string[] {
  const node = request.kind === 'parameter' ? undefined : findNode(plan, request.node);
  return node ? stepWords(node).map((line) => `    > ${line}`) : [];
}

/** What is asked, with all that a yes or a no rests on but what the step found. */
export function questionLines(request: RunRequest, plan: Plan, environment?: string): string[] {
  const node = findNode(plan, request.node);
  const title = printableLine(node?.title ?? '');
  const undo = node?.undo;
  switch (request.kind) {
    case 'decision':
      return [
        `? ${request.node} needs a decision (${title}): ${printableLine(request.because)}`,
        ...(request.model
          ? [
              `    The model ${printableLine(request.model.name)} did not decide: ${printableLine(request.model.because)}`,
            ]
          : []),
      ];
    case 'approval':
      return [
        `? ${request.action} needs approval (${title}): ${printableLine(request.because)}`,
        ...textLines(request.text),
        `    runs on ${printableLine(request.tool)}${whereWords(request.where, environment)}`,
        ...(undo === undefined ? [] : [`    Undo: ${printableLine(undo)}`]),
        ...approverLines(request),
      ];
    case 'parameter':
      return [
        `? ${request.node} needs the parameter \`${request.name}\`${request.description === undefined ? '' : ` (${printableLine(request.description)})`}`,
        ...useLines(plan, request),
      ];
    case 'unknown-outcome':
      return [
        `? ${request.action} was under way when the run was cut off (${title}); nobody knows whether it happened.`,
        ...textLines(request.text),
      ];
    case 'manual-action':
      return [
        `? ${request.action} has to be done by hand (${title}): ${printableLine(request.because)}`,
        ...textLines(request.text),
      ];
  }
}

function flagLines(request: RunRequest, plan: Plan): string[] {
  switch (request.kind) {
    case 'decision':
      return [
        ...request.choices.map(
          (choice) => `    ${decideFlag(plan, request.node, choice.edge)}    ${choiceWords(choice)}`,
        ),
        `    --decide ${request.node}=none    none of these fits: ${noneWords(request, plan)}`,
      ];
    case 'approval':
      return approvalFlag(request);
    case 'parameter':
      return [`    ${parameterFlag(request.name, plan)}`];
    case 'unknown-outcome':
      return [`    --settle ${request.action}=done|failed|repeat`];
    case 'manual-action':
      return [`    --settle ${request.action}=done|failed`];
  }
}

/** What comes of choosing none of the ways. */
export function noneWords({ holds, goesOn = [] }: RunRequest & { kind: 'decision' }, plan: Plan): string {
  const edge = holds === undefined ? undefined : findEdge(plan, holds);
  const on = goesOn.map(named).join(' and ');
  if (edge) {
    const alone = on === '' ? ' alone' : '';
    return `the run goes on with ${named(edge.to)}${alone}, whose condition holds${on === '' ? '' : `, and with ${on}`}`;
  }
  return on === '' ? 'the run stops there' : `the run goes on with ${on}`;
}

/** The line of code that the value goes into. */
function useLines(plan: Plan, { name, node }: RunRequest & { kind: 'parameter' }): string[] {
  const use = firstUse(plan, name);
  if (use === null) return [];
  return [`    goes into${use.node === node ? '' : ` ${use.node}`}: ${printableLine(use.line)}`];
}

function textLines(text: string): string[] {
  return printableText(text)
    .trim()
    .split('\n')
    .map((line) => `    | ${line}`);
}

type ApprovalRequest = Extract<RunRequest, { readonly kind: 'approval' }>;

/** Who has approved it, where that is not one person's matter alone. */
function approverLines({ people, expiresAfterMs, givenBy, approved }: ApprovalRequest): string[] {
  const by = givenBy?.map(printableLine).join(', ') ?? '';
  if (approved) return [`    approved by ${by}; resuming the run performs it`];
  return [
    ...(people === undefined ? [] : [`    approved by ${by === '' ? 'nobody' : by} so far, of ${people} people`]),
    ...(expiresAfterMs === undefined ? [] : [`    a yes counts for ${durationWords(expiresAfterMs)}`]),
  ];
}

function approvalFlag(request: ApprovalRequest): string[] {
  const { approved, givenBy = [], people = 1 } = request;
  if (approved || givenBy.length > 0) return [];
  const more = people - 1;
  if (more === 0) return ['    --approve all    lets it run, and every write that comes after it'];
  return [
    `    --approve all    approves it for you, and every write that comes after it; ${more === 1 ? 'one more person' : `${more} more people`} must, too`,
  ];
}

/** True when whoever is here has said yes, and another person must too. */
function needsOthers(request: RunRequest): request is ApprovalRequest {
  return request.kind === 'approval' && !request.approved && (request.givenBy?.length ?? 0) > 0;
}

/** True when nobody has said yes yet. */
function needsYes(request: RunRequest): request is ApprovalRequest {
  return request.kind === 'approval' && !request.approved && (request.givenBy?.length ?? 0) === 0;
}

/** Beyond this many a list of steps is counted. */
const mostNamed = 8;

/** Beyond this many a list of commands is no help any more. */
const mostWays = 8;

/** The flags of every command that answers all questions; where that would be many, one with words to fill in. */
function waysToGoOn(requests: readonly RunRequest[], plan: Plan): readonly (readonly string[])[] {
  const answers = requests.map((request) => answersOf(request, plan));
  const several = answers.filter(({ flags }) => flags.length > 1);
  const one = several.length === 1 && (several[0]?.flags.length ?? 0) <= mostWays ? several[0] : undefined;
  const filled = (answer: Answers, chosen: string): string =>
    answer === one ? chosen : answer.flags.length > 1 ? answer.toFill : (answer.flags[0] ?? '');
  return (one?.flags ?? ['']).map((chosen) => [
    ...new Set(answers.map((answer) => filled(answer, chosen)).filter((flag) => flag !== '')),
  ]);
}

interface Answers {
  readonly flags: readonly string[];
  /** The flag with a word in capitals for the answer. */
  readonly toFill: string;
}

/** Every answer to a question as the flag that gives it. */
function answersOf(request: RunRequest, plan: Plan): Answers {
  switch (request.kind) {
    case 'decision': {
      const flags = request.choices.map(({ edge }) => decideFlag(plan, request.node, edge));
      return { flags: [...flags, `--decide ${request.node}=none`], toFill: `--decide ${request.node}=CHOICE` };
    }
    case 'approval':
      return { flags: [], toFill: '' };
    case 'parameter':
      return { flags: [parameterFlag(request.name, plan)], toFill: '' };
    case 'unknown-outcome':
    case 'manual-action': {
      const ends = request.kind === 'manual-action' ? ['done', 'failed'] : ['done', 'failed', 'repeat'];
      return {
        flags: ends.map((end) => `--settle ${request.action}=${end}`),
        toFill: `--settle ${request.action}=ANSWER`,
      };
    }
  }
}

const outcomeSigns: Readonly<Record<RunOutcome, readonly [symbol: string, style: Style]>> = {
  resolved: ['✓', 'green'],
  mitigated: ['✓', 'green'],
  completed: ['✓', 'green'],
  'not-applicable': ['○', 'green'],
  escalated: ['↑', 'yellow'],
  'no-branch-fits': ['✗', 'red'],
  failed: ['✗', 'red'],
  stopped: ['■', 'yellow'],
  waiting: ['?', 'yellow'],
  planned: ['·', 'blue'],
};

/** How a run that a step's failure or a person ended is begun again, by a new run, for this one has ended: at that step, or behind it. */
export function rerunLines(view: RunView, plan: Plan, guide: string, config?: string): string[] {
  const { outcome, steps } = view;
  const begin = (node: string): string => [beginAt(node, view, plan, guide), ...configFlag(config)].join(' ');
  const sought = outcome === 'stopped' ? 'cancelled' : 'failed';
  if (outcome === 'no-branch-fits') {
    const unfit = stepWithoutBranch(view, plan);
    if (unfit === undefined) return [];
    return ['', 'Look again, from the step of which no condition held, with:', `  ${begin(unfit)}`];
  }
  const failed = steps.find(({ node, status }) => status === sought && findNode(plan, node)?.within === undefined);
  if (!/^(failed|stopped)$/.test(outcome ?? '') || (failed && wasRefused(failed, view))) return [];
  if (failed) {
    const which = outcome === 'stopped' ? 'was stopped' : 'failed';
    return ['', `Begin again at the step that ${which} with:`, `  ${begin(failed.node)}`];
  }
  const next = outcome === 'stopped' ? stepsToCome(view, plan) : [];
  if (next.length === 0) return [];
  const which = next.length === 1 ? 'the step that comes next' : 'one of the steps that may come next';
  return ['', `Begin at ${which} with:`, ...next.map((node) => `  ${begin(node)}`)];
}

/** Somebody, or a rule, said no at it or in a guide that it calls: that is not what to try again. */
function wasRefused(step: StepView, { steps }: RunView): boolean {
  const inside = step.actions.map(({ id }) => `${id}/`);
  return steps
    .filter(({ node }) => node === step.node || inside.some((start) => node.startsWith(start)))
    .some(({ actions }) => actions.some(({ failure }) => /^(denied|not-approved)$/.test(failure?.reason ?? '')));
}

/** The guide's own step at which the run ended, because it leads on by none of its ways. */
function stepWithoutBranch({ steps, edges }: RunView, plan: Plan): string | undefined {
  const left = new Set(
    edges.filter(({ status, decidedBy }) => status !== 'disabled' || decidedBy === 'upstream').map(({ edge }) => edge),
  );
  return steps.find(({ node, status }) => {
    const ways = outputEdges(plan, node).filter(({ onFailure }) => !onFailure);
    const isOwn = findNode(plan, node)?.within === undefined;
    return isOwn && status === 'succeeded' && ways.length > 0 && ways.every(({ id }) => !left.has(id));
  })?.node;
}

/** Where steps lead that had ended when the run was stopped, before anything was decided about the way on. */
function stepsToCome({ steps, edges }: RunView, plan: Plan): readonly string[] {
  const undecided = new Set(edges.filter(({ status }) => status === 'pending').map(({ edge }) => edge));
  const ended = new Set(steps.filter(({ status }) => status === 'succeeded').map(({ node }) => node));
  const next = plan.edges.filter(({ id, from }) => undecided.has(id) && ended.has(from)).map(({ to }) => to);
  return [...new Set(next)].filter((to) => to !== 'end' && findNode(plan, to)?.within === undefined);
}

const configFlag = (config: string | undefined): string[] =>
  config === undefined ? [] : [`--config ${quoteForShell(config)}`];

function beginAt(node: string, { environment }: RunView, plan: Plan, guide: string): string {
  const given = plan.guide.parameters.filter(({ default: preset }) => preset === undefined);
  return [
    `tsg run ${quoteForShell(guide)} --live --from ${quoteForShell(node)}`,
    ...(environment === undefined ? [] : [`--env ${quoteForShell(environment)}`]),
    ...given.map(({ name }) => parameterFlag(name, plan)),
  ].join(' ');
}

/** The flag that gives a value; what is secret stands in no list of processes. */
function parameterFlag(name: string, plan: Plan): string {
  const isSecret = plan.guide.parameters.some((parameter) => parameter.name === name && parameter.secret);
  return isSecret ? `--param-env ${name}=VARIABLE` : `--param ${name}=VALUE`;
}

/** A path that a shell reads as one word. */
export function quoteForShell(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
