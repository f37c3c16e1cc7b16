// A plan as short text, so that a reviewer reads what a guide means without reading JSON.
import type { Plan, PlanEdge } from '../../src/plan/index.ts';

/** Steps with their lines and actions, edges, repeats, parameters and marks, one a line. */
export function showPlan(plan: Plan): string {
  const lines: string[] = [];
  for (const { name, type, origin, required, secret, examples } of plan.guide.parameters) {
    const rest = [
      required ? '' : 'optional',
      secret ? 'secret' : '',
      examples ? `e.g. ${examples.join(', ')}` : '',
    ].filter((part) => part !== '');
    lines.push(`parameter ${name}: ${[type, origin, ...rest].join(' ')}`);
  }
  for (const node of plan.nodes) {
    if (node.kind !== 'step') continue;
    const { source, needsApproval, safeToRepeat, undo, verify } = node;
    const words = [needsApproval ? 'needs approval' : '', safeToRepeat ? 'safe to repeat' : ''].filter(
      (part) => part !== '',
    );
    const place = source ? `${String(source.startLine)}-${String(source.endLine)}` : '';
    lines.push(`${node.id} (${place}) ${node.title}${words.length > 0 ? ` [${words.join(', ')}]` : ''}`);
    if (undo !== undefined) lines.push(`  undo: ${undo}`);
    if (verify !== undefined) lines.push(`  verify: ${verify}`);
    for (const { path, anchor, after, source: at } of node.calls ?? [])
      lines.push(
        `  calls ${path}${anchor === undefined ? '' : ` at ${anchor}`} after ${after} @${String(at.startLine)}`,
      );
    for (const action of node.actions) {
      const settings = [
        action.tool === undefined ? '' : `tool=${action.tool}`,
        action.resultName === undefined ? '' : `as=${action.resultName}`,
        action.timeoutMs === undefined ? '' : `timeout=${String(action.timeoutMs)}ms`,
        action.retries === undefined ? '' : `retries=${String(action.retries)}`,
        action.parameters.length > 0 ? `(${action.parameters.join(', ')})` : '',
      ].filter((part) => part !== '');
      const lines_ = `${String(action.source.startLine)}-${String(action.source.endLine)}`;
      lines.push(`  ${action.id} ${[action.language, action.effect, lines_, ...settings].join(' ')}`);
    }
  }
  for (const { id, uses = [] } of plan.nodes) {
    for (const { from, what, source } of uses) {
      lines.push(`${id} uses ${what} of ${from}${source ? ` @${String(source.startLine)}` : ''}`);
    }
  }
  for (const edge of plan.edges) lines.push(showEdge(edge));
  for (const { from, to, condition, guard, max, waitMs, onFailure } of plan.repeats) {
    const by = guard?.kind === 'cel' ? ` {${guard.cel}}` : '';
    const wait = waitMs === undefined ? '' : ` after ${String(waitMs)}ms`;
    lines.push(
      `repeat ${from} -> ${to} at most ${String(max)}${wait}${onFailure ? ' on failure' : ''}${condition === null ? '' : `: ${condition}`}${by}`,
    );
  }
  for (const { node, text, reason } of plan.notRead) lines.push(`not read ${node ?? '-'}: ${text} (${reason})`);
  return `${lines.join('\n')}\n`;
}

function showEdge({ from, to, condition, timing, guard, outcome, onFailure, source }: PlanEdge): string {
  const by = !guard ? '' : guard.kind === 'else' ? ` {else, ${guard.origin}}` : ` {${guard.cel}, ${guard.origin}}`;
  const end = outcome === undefined ? '' : ` = ${outcome}`;
  const place = source ? ` @${String(source.startLine)}` : '';
  const when = timing === undefined ? '' : ` (${timing})`;
  return `${from} -> ${to}${end}${onFailure === true ? ' on failure' : ''}${condition === null ? when : `: ${condition}`}${by}${place}`;
}
