// Plans as short text for run cases:
//
//     param region string default=eu secret
//     step Step1 needs-approval safe-to-repeat calls=other.md        (after the actions that follow)
//       action read: select {region}          (or: action write tool=read as=errors retries=1 timeout=500 language=manual: …)
//     edge start -> Step1
//     edge Step1 -> end if "words of the author" guard rowCount > 0
//     edge Step1 -> Step2 else | outcome=resolved | on-failure
//     repeat Step2 -> Step1 max=2 wait=1000 if "…" guard … | on-failure
//
// `guard` takes the rest of its line. Any plan can be said with it that a run can tell apart.
import type {
  Action,
  Effect,
  Guard,
  Outcome,
  Parameter,
  Plan,
  PlanEdge,
  PlanNode,
  Repeat,
} from '../../src/plan/index.ts';

const source = { span: { start: 0, end: 0 }, startLine: 1, endLine: 1 };

/** Reads a plan; `start` and `end` are there without being named. Throws on a line it does not know. */
export function readPlanText(text: string): Plan {
  const parameters: Parameter[] = [];
  const steps: { node: PlanNode; actions: Action[] }[] = [];
  const edges: PlanEdge[] = [];
  const repeats: Repeat[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [word, rest = ''] = splitOnce(line, ' ');
    if (word === 'param') parameters.push(readParam(rest));
    else if (word === 'step') steps.push(readStep(rest));
    else if (word === 'action') {
      const step = steps.at(-1);
      if (!step) throw new Error(`action before any step: ${line}`);
      step.actions.push(readAction(`${step.node.id}.${step.actions.length + 1}`, rest));
    } else if (word === 'edge') edges.push(readEdge(rest, edges));
    else if (word === 'repeat') repeats.push(readRepeat(rest));
    else throw new Error(`unknown line in a plan: ${line}`);
  }
  const nodes = [
    bare('start', 'start'),
    ...steps.map(({ node, actions }): PlanNode => ({ ...node, actions, ...callsAfter(node, actions.length) })),
    bare('end', 'end'),
  ];
  return { guide: { title: 'Case', file: 'case.md', sha256: '0', parameters }, nodes, edges, repeats, notRead: [] };
}

function splitOnce(text: string, by: string): [string, string?] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + by.length)];
}

function bare(id: string, kind: PlanNode['kind']): PlanNode {
  return { id, kind, title: id, description: '', actions: [], needsApproval: false, safeToRepeat: false };
}

function option(words: readonly string[], name: string): string | undefined {
  return words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

function readParam(text: string): Parameter {
  const [name = '', type = 'string', ...words] = text.split(' ');
  const fallback = option(words, 'default');
  const pattern = option(words, 'pattern');
  return {
    name,
    type: type as Parameter['type'],
    required: true,
    secret: words.includes('secret'),
    origin: 'declared',
    ...(fallback !== undefined && { default: fallback }),
    ...(pattern !== undefined && { pattern }),
  };
}

/** A step's calls come after its actions. */
function callsAfter({ calls }: PlanNode, after: number): Pick<PlanNode, 'calls'> {
  return calls ? { calls: calls.map((call) => ({ ...call, after })) } : {};
}

function readStep(text: string): { node: PlanNode; actions: Action[] } {
  const [id = '', ...words] = text.split(' ');
  const calls = words
    .filter((word) => word.startsWith('calls='))
    .map((word) => ({ path: word.slice(6), title: word.slice(6), after: 0, source }));
  const node = {
    ...bare(id, 'step'),
    needsApproval: words.includes('needs-approval'),
    safeToRepeat: words.includes('safe-to-repeat'),
    ...(calls.length > 0 && { calls }),
  };
  return { node, actions: [] };
}

function readAction(id: string, text: string): Action {
  const [head, code = ''] = splitOnce(text, ': ');
  const [effect = 'read', ...words] = head.split(' ');
  const tool = option(words, 'tool');
  const resultName = option(words, 'as');
  const retries = option(words, 'retries');
  const timeout = option(words, 'timeout');
  return {
    id,
    language: option(words, 'language') ?? 'puppet',
    ...(tool !== undefined && { tool }),
    ...(resultName !== undefined && { resultName }),
    ...(retries !== undefined && { retries: Number(retries) }),
    ...(timeout !== undefined && { timeoutMs: Number(timeout) }),
    code,
    source,
    lineOffsets: [0],
    placeholders: [],
    parameters: [...new Set([...code.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))],
    effect: effect as Effect,
  };
}

interface Condition {
  readonly condition: string | null;
  readonly guard?: Guard;
  readonly rest: string[];
}

function readCondition(text: string): Condition {
  const [before, cel] = splitOnce(text, 'guard ');
  const words = /if "([^"]*)"/.exec(before)?.[1];
  const rest = before
    .replace(/if "[^"]*"/, '')
    .split(' ')
    .filter(Boolean);
  const guard: Guard | undefined = rest.includes('else')
    ? { kind: 'else', origin: 'author' }
    : cel === undefined
      ? undefined
      : { kind: 'cel', cel, origin: 'author' };
  return { condition: words ?? (guard ? (cel ?? 'otherwise') : null), ...(guard && { guard }), rest };
}

function readEdge(text: string, before: readonly PlanEdge[]): PlanEdge {
  const [, from = '', to = '', tail = ''] = /^(\S+) -> (\S+)(.*)$/.exec(text) ?? [];
  const { rest, ...condition } = readCondition(tail);
  const same = before.filter((edge) => edge.from === from && edge.to === to).length;
  const outcome = option(rest, 'outcome');
  return {
    id: `edge_${from}_${to}${same > 0 ? `_${same + 1}` : ''}`,
    from,
    to,
    ...condition,
    ...(outcome !== undefined && { outcome: outcome as Outcome }),
    ...(rest.includes('on-failure') && { onFailure: true }),
  };
}

function readRepeat(text: string): Repeat {
  const [, from = '', to = '', tail = ''] = /^(\S+) -> (\S+)(.*)$/.exec(text) ?? [];
  const { rest, ...condition } = readCondition(tail);
  const wait = option(rest, 'wait');
  return {
    id: `repeat_${from}_${to}`,
    from,
    to,
    ...condition,
    ...(rest.includes('on-failure') && { onFailure: true }),
    max: Number(option(rest, 'max') ?? 1),
    ...(wait !== undefined && { waitMs: Number(wait) }),
  };
}
