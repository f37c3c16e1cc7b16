// A run as plain text to compare with another: environment, parameters, what each step did and found, and where it went on and why. Times,
// numbers of runs and durations are left out, because they always differ.
import { findEdge, findNode, type Plan } from '../plan/index.ts';
import { nodeName, type ParameterValue, type RunView, withWayNames } from '../run/index.ts';
import { outputDocument } from './output-document.ts';
import { quoted } from './quoted.ts';

/** Lines of one output that are compared. */
const mostLines = 60;

/** The text; steps stand in the plan's order, whatever the order in which they ended. */
export function runText(plan: Plan, view: RunView, parameters: Readonly<Record<string, ParameterValue>>): string {
  const presets = plan.guide.parameters.flatMap(({ name, default: preset, secret }) =>
    preset === undefined || secret ? [] : [[name, preset] as const],
  );
  const given = Object.entries({ ...Object.fromEntries(presets), ...parameters }).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [
    plan.guide.title,
    ...(view.environment === undefined ? [] : [`environment: ${view.environment}`]),
    `outcome: ${view.outcome ?? view.phase}${view.reason === undefined ? '' : `\n${inWords(plan, view.reason)}`}`,
    ['parameters:', ...given.map(([name, value]) => `  ${name} = ${String(value)}`)].join('\n'),
  ];
  for (const step of view.steps) {
    const node = findNode(plan, step.node);
    if (node?.kind !== 'step') continue;
    const lines = [
      `${nodeName(node.id)} \u2013 ${node.title}: ${step.status}${step.note ? ` (${inWords(plan, step.note)})` : ''}`,
    ];
    for (const action of step.actions) {
      lines.push(`  ${nodeName(action.id)}${action.tool === undefined ? '' : ` on ${action.tool}`}: ${action.status}`);
      if (action.text !== undefined) lines.push(...indented(action.text, '    $ '));
      if (action.result || action.failure) lines.push(...indented(outputDocument(action).text, '    '));
    }
    for (const { edge: id, status, because } of view.edges) {
      const edge = findEdge(plan, id);
      if (edge?.from !== node.id || status === 'pending') continue;
      const why = because === undefined ? '' : `: ${inWords(plan, because)}`;
      lines.push(`  ${status === 'enabled' ? 'went on' : 'did not go on'} to ${nodeName(edge.to)}${why}`);
    }
    parts.push(lines.join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** One of our sentences: steps are named as everywhere in this text, and other marked words stand in quotation marks. */
function inWords(plan: Plan, sentence: string): string {
  return quoted(
    withWayNames(plan, sentence).replace(/`([^`\n]*)`/g, (marked, name: string) =>
      findNode(plan, name) ? nodeName(name) : marked,
    ),
  );
}

function indented(text: string, by: string): string[] {
  const lines = text.trimEnd().split('\n');
  const cut = lines.length > mostLines ? [`\u2026 ${lines.length - mostLines} more lines`] : [];
  return [...lines.slice(0, mostLines), ...cut].map((line) => by + line);
}
