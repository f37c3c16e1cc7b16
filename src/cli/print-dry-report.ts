// A dry run for people: every step with its rendered actions, effects and approvals, what would decide each condition,
// which parameters are missing, and the ways through the plan.
import { durationWords } from '../base/index.ts';
import { findNode, type Plan } from '../plan/index.ts';
import type { DryAction, DryEdge, DryRepeat, DryReport } from '../run/index.ts';
import type { GuideText } from './guide-text.ts';
import { notExplained } from './not-explained.ts';
import { printFailure } from './print-action.ts';
import { printableLine, printableText } from './printable-text.ts';
import type { Terminal } from './terminal.ts';

const maxPaths = 12;

/** Prints the whole report. */
export function printDryReport(report: DryReport, plan: Plan, source: GuideText | null, terminal: Terminal): void {
  const say = (line = ''): void => {
    terminal.out(`${line}\n`);
  };
  for (const step of report.steps) {
    const { kind, within } = findNode(plan, step.node) ?? {};
    const edges = report.edges.filter((edge) => edge.from === step.node);
    const decides = edges.some(({ condition }) => condition !== null);
    if (kind === 'end' || (kind === 'start' && step.actions.length === 0 && !decides)) continue;
    const approval = step.needsApproval ? terminal.styled('yellow', '  ! needs approval') : '';
    say(`${terminal.styled('bold', step.node)}  ${printableLine(step.title)}${approval}`);
    for (const action of step.actions)
      for (const line of actionLines(action, plan, within === undefined ? source : null, terminal)) say(`    ${line}`);
    for (const edge of edges) say(`    ${edgeLine(edge)}`);
    for (const repeat of report.repeats) if (repeat.from === step.node) say(`    ${repeatLine(repeat)}`);
    say();
  }
  if (report.missingParameters.length > 0) {
    say(terminal.styled('yellow', `? missing parameters: ${report.missingParameters.join(', ')}`));
    for (const name of report.missingParameters) say(`    --param ${name}=VALUE`);
  }
  for (const { name, message } of report.invalidParameters)
    say(terminal.styled('red', `✗ parameter ${name}: ${printableLine(message)}`));
  const silent = notExplained(report);
  if (silent.length > 0) {
    const ids = silent.flatMap(({ actions }) => actions);
    say(terminal.styled('yellow', `? not explained: ${ids.join(', ')}; whether their tools accept them is not known.`));
  }
  say(`${report.pathCount.toLocaleString('en-US')} ${report.pathCount === 1 ? 'way' : 'ways'} through the plan:`);
  for (const path of report.paths.slice(0, maxPaths)) {
    say(
      `  ${path.nodes.filter((node) => node !== 'start').join(' → ')}  ${terminal.styled('dim', `(${path.outcome})`)}`,
    );
  }
  if (report.pathCount > Math.min(maxPaths, report.paths.length)) {
    say(`  … and ${(report.pathCount - Math.min(maxPaths, report.paths.length)).toLocaleString('en-US')} more`);
  }
  say(`\n${terminal.styled('blue', '· planned')}: nothing was performed.`);
}

function actionLines(action: DryAction, plan: Plan, source: GuideText | null, terminal: Terminal): string[] {
  const effect = action.effect === 'read' ? 'reads' : action.effect === 'write' ? 'writes' : 'may write';
  const isByHand = action.failure?.reason === 'no-tool';
  const heading = [
    action.id,
    action.tool ?? (action.language === 'guide' ? 'another guide' : `no tool for ${action.language}`),
    isByHand ? effect : `${effect} (${printableLine(action.because)})`,
  ];
  const planned = plan.nodes.flatMap((node) => node.actions).find(({ id }) => id === action.id);
  const failure = action.failure ?? (action.explanation?.kind === 'refused' ? action.explanation.failure : undefined);
  return [
    `${terminal.styled('dim', heading.join(' · '))}${action.needsApproval ? terminal.styled('yellow', `  ! ${approvalWords(action)}`) : ''}`,
    ...printableText(action.text ?? planned?.code ?? '')
      .replace(/\s+$/, '')
      .split('\n')
      .map((line) => `  | ${line}`),
    ...(action.missingParameters.length > 0
      ? [terminal.styled('yellow', `? needs ${action.missingParameters.map((name) => `{${name}}`).join(', ')}`)]
      : []),
    ...failureLines(),
    ...(action.explanation?.kind === 'cannot-explain' ? [notExplainedLine(action.explanation.because)] : []),
  ];

  function notExplainedLine(because: string): string {
    return `${terminal.styled('yellow', '? not explained:')} ${printableLine(because)}`;
  }

  function failureLines(): string[] {
    if (failure === undefined) return [];
    if (!isByHand) return printFailure(failure, planned, source, terminal);
    const sign = terminal.styled('yellow', '? by hand:');
    const cure = action.language === 'guide' ? '' : '; add a tool to tsg.yaml to have it performed';
    return [`${sign} ${printableLine(failure.message)} A run asks you to do it${cure}.`];
  }
}

function approvalWords({ people, expiresAfterMs }: DryAction): string {
  const of = people === undefined ? '' : ` of ${people} people`;
  const within = expiresAfterMs === undefined ? '' : `, which counts for ${durationWords(expiresAfterMs)}`;
  return `needs approval${of}${within}`;
}

function edgeLine(edge: DryEdge): string {
  const outcome = edge.outcome === undefined ? '' : ` (${edge.outcome})`;
  const timing = edge.timing === undefined ? '' : `: “${printableLine(edge.timing)}”`;
  return `→ ${edge.to}${outcome}${timing}${deciderWords(edge)}`;
}

function repeatLine(repeat: DryRepeat): string {
  const { to, max, waitMs } = repeat;
  const times = `at most ${max} ${max === 1 ? 'time' : 'times'}`;
  const after = waitMs === undefined ? '' : `, each after ${durationWords(waitMs)}`;
  return `↻ again from ${to}, ${times}${after}${deciderWords(repeat)}`;
}

/** The author's condition, and what would decide it. */
function deciderWords({ condition, decidedBy, because }: DryEdge | DryRepeat): string {
  const words = condition === null ? '' : `: “${printableLine(condition)}”`;
  const by = {
    none: '',
    guard: ` [decided by the guard ${printableLine(because)}]`,
    else: ' [when no other condition holds]',
    engineer: ` [decided by you: ${printableLine(because)}]`,
    failure: ' [when the step fails]',
  }[decidedBy];
  return `${words}${by}`;
}
