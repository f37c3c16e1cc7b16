// Plans of any size for layout tests and the preview's bench: a main line of steps with parallel checks, branches
// with conditions, and early endings, made from the number of steps alone.
import type { Action, Guard, Plan, PlanEdge, PlanNode, Source } from '../../src/plan/index.ts';

const words = ['latency', 'errors', 'saturation', 'deployments', 'feature flags', 'regions', 'zones', 'partitions'];

/** A plan of `count` nodes, `start` and `end` included: groups of parallel checks that meet in a summary step. */
export function generatedPlan(count: number): Plan {
  const nodes: PlanNode[] = [node('start', 'start', 'Start', 0)];
  const edges: PlanEdge[] = [];
  let meeting = 'start';
  let n = 0;
  const step = (title: string): string => {
    n++;
    nodes.push(node(`Step${n}`, 'step', title, n));
    return `Step${n}`;
  };
  while (n < count - 2) {
    const width = Math.min(1 + ((n * 7) % 5), Math.max(1, count - 3 - n));
    const checks = Array.from({ length: width }, () =>
      step(`Check ${words[n % words.length]} of the affected service ${n}`),
    );
    for (const check of checks) edges.push(edge(meeting, check, null));
    if (n >= count - 2) {
      for (const check of checks) edges.push(edge(check, 'end', null));
      break;
    }
    const next = step(`Summarise ${words[n % words.length]} and decide what to do next`);
    for (const [i, check] of checks.entries()) {
      edges.push(edge(check, next, i % 3 === 0 ? 'otherwise' : null));
      if (i % 3 === 0)
        edges.push({
          ...edge(check, 'end', `if the error rate in ${check} is above 8%`, i % 2 === 0),
          outcome: 'resolved',
        });
    }
    meeting = next;
  }
  if (meeting !== 'start' && !edges.some((e) => e.from === meeting)) edges.push(edge(meeting, 'end', null));
  nodes.push(node('end', 'end', 'End', n + 1));
  return {
    guide: { title: `Generated plan of ${count} nodes`, file: 'generated.tsg.md', sha256: '', parameters: [] },
    nodes,
    edges,
    repeats: [],
    notRead: [],
  };
}

function edge(from: string, to: string, condition: string | null, guarded = false): PlanEdge {
  const guard: Guard = { kind: 'cel', cel: 'rows.exists(r, r.error_rate > 8)', origin: 'inferred' };
  return { id: `edge_${from}_${to}`, from, to, condition, ...(guarded && { guard }) };
}

function node(id: string, kind: PlanNode['kind'], title: string, n: number): PlanNode {
  const source: Source = { span: { start: n * 100, end: n * 100 + 99 }, startLine: n * 4 + 1, endLine: n * 4 + 4 };
  const action: Action = {
    id: `${id}.1`,
    language: n % 4 === 0 ? 'bash' : 'sql',
    code: 'SELECT 1',
    source,
    lineOffsets: [source.span.start],
    placeholders: [],
    parameters: [],
    effect: n % 9 === 0 ? 'write' : 'read',
  };
  return {
    id,
    kind,
    title,
    description: '',
    actions: kind === 'step' ? [action] : [],
    needsApproval: n % 11 === 10,
    safeToRepeat: false,
    ...(kind === 'step' && { source, titleSource: source }),
  };
}
