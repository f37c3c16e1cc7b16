// result.not-yet: a guard or a sentence reads the result of a step that has not run by then, on no path; or of one that is not
// there at all. A step on some paths only is left alone: the author may know that the path was taken.
import { allMatches, collect, nearName, slice, type Span } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { childrenOf, parseGuard, type GuardNode } from '../guard/index.ts';
import { sourceSpan, textOf } from '../guide/index.ts';
import { inputEdges, reaching, type Guard, type NodeId, type Plan } from '../plan/index.ts';
import type { CheckInput } from './check.ts';
import { byStep } from './scope.ts';

/** More reads than anyone writes; beyond, a check would no longer be linear. */
const most = 500;

export function checkResultSteps(input: CheckInput): readonly Diagnostic[] {
  const { guide, plan } = input;
  const nodes = new Set(plan.nodes.map(({ id }) => id));
  const named = new Map(
    collect(plan.nodes, ({ id, actions }) => actions.map(({ resultName }) => [resultName, id] as const)),
  );
  let left = most;
  const [start] = plan.nodes;
  // Where nobody ever comes, that is what has to be told.
  const before = (node: NodeId, read: NodeId): boolean => {
    if (left-- <= 0) return true;
    const earlier = reaching(plan, node);
    return earlier.has(read) || (start !== undefined && start.id !== node && !earlier.has(start.id));
  };
  const findings: Diagnostic[] = [];

  const look = (from: NodeId, guard: Guard | undefined): void => {
    if (guard?.kind !== 'cel' || guard.origin !== 'author' || !guard.source || !/\b(?:steps|results)\b/.test(guard.cel))
      return;
    const parsed = parseGuard(guard.cel);
    if (parsed.kind !== 'tree') return;
    for (const { map, name } of readsIn(parsed.root)) {
      const words = slice(textOf(guide), guard.source.span);
      const at = Math.max(0, words.indexOf(name, Math.max(0, words.indexOf(map))));
      const start = guard.source.span.start + at;
      const span = { start, end: start + name.length };
      const step = map === 'steps' ? name : named.get(name);
      if (step === undefined || !nodes.has(step))
        findings.push(unknown(span, map, name, map === 'steps' ? [...nodes] : [...named.keys()]));
      else if (!before(from, step)) findings.push(notYet(plan, span, step, from));
    }
  };
  for (const { from, guard } of plan.edges) look(from, guard);
  for (const { from, guard } of plan.repeats) look(from, guard);
  const places = new Set(findings.map(({ span }) => span.start));
  const written = inCode(input, { nodes, named }, before).filter(({ span }) => !places.has(span.start));
  const told = [...inWords(input, nodes, before), ...written];
  return [...findings, ...told, ...inUses(input, before, told)];
}

/** "Write down `results.blockers.rows`", "as in `steps.Step9.text`": a sentence that names a result as a guard would. */
function inCode(
  input: CheckInput,
  { nodes, named }: { readonly nodes: ReadonlySet<NodeId>; readonly named: ReadonlyMap<string | undefined, NodeId> },
  before: (node: NodeId, read: NodeId) => boolean,
): Diagnostic[] {
  const seen = new Set<number>();
  const hasNames = [...named.keys()].some((one) => one !== undefined);
  return collect(writtenResults(input), ({ from, map, name, span, isOrder }) => {
    if (seen.has(span.start)) return [];
    seen.add(span.start);
    const step = map === 'steps' ? name : named.get(name);
    if (step !== undefined && nodes.has(step))
      return step === from || before(from, step) ? [] : [notYet(input.plan, span, step, from)];
    const known = map === 'steps' ? [...nodes] : [...named.keys()];
    const missing = unknown(span, map, name, known, 'sentence');
    // A field of some other answer may be called so, where no result has a name like it. Who gives names to results and asks to use
    // one means no such field.
    const isMeant = missing.fixes.length > 0 || /^Step\d/.test(name) || (map === 'results' && hasNames && isOrder);
    return isMeant ? [missing] : [];
  });
}

const resultInCode =
  /(?<![\w.$/-])(results|steps)\.([A-Za-z_]\w*)(?=\.(?:rows|rowCount|text|errorText|exitCode|json|status|columns)\b)/g;

const writtenResults = byStep(({ id: from, description }, sentences) => {
  if (!/\b(?:results|steps)\./.test(description)) return [];
  return collect(sentences, ({ text, start, prose }) =>
    allMatches(text, resultInCode).map(({ 0: whole, 1: map = '', 2: name = '', index }) => {
      const at = start + index + whole.length - name.length;
      return { from, map, name, span: sourceSpan(prose, at, at + name.length), isOrder: usesResult.test(text) };
    }),
  );
});

const usesResult =
  /^(?:(?:then|next|now|also|and|first|please),?\s+)*(?:add|attach|compare|copy|note|write|paste|put|send|post|include|quote|use|take|pick|keep|record|report|repeat|give|hand)\b(?![^.]*\b(?:answer|response|reply|field|body|payload)\b)/i;

function* readsIn(root: GuardNode): Generator<{ map: 'steps' | 'results'; name: string }> {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const of = node.kind === 'member' || node.kind === 'index' ? node.of : null;
    if (of?.kind === 'name' && (of.name === 'steps' || of.name === 'results')) {
      const name =
        node.kind === 'member'
          ? node.name
          : node.kind === 'index' && node.index.kind === 'string'
            ? node.index.value
            : null;
      if (name !== null) yield { map: of.name, name };
    }
    open.push(...childrenOf(node));
  }
}

/** "The result of Step 7", said in a step that comes before it on every path. */
function inWords(
  input: CheckInput,
  nodes: ReadonlySet<NodeId>,
  before: (node: NodeId, read: NodeId) => boolean,
): Diagnostic[] {
  return collect(saidResults(input), ({ from, step, span }) =>
    !nodes.has(step) || step === from || before(from, step) ? [] : [notYet(input.plan, span, step, from)],
  );
}

const resultOfStep =
  /\b(?:results?|outputs?|rows?|values?|findings?|lists?|ids?|names?|answers?|responses?|repl(?:y|ies)|tables?|numbers?|counts?|logs?)\s+(?:of|from|found in|returned by|in)\s+((?:step|phase|stage|task)\s+(\d+(?:\.\d+)*))\b/gi;

const saidResults = byStep(({ id: from, description }, sentences) => {
  if (!/\b(?:step|phase|stage|task)\s/i.test(description)) return [];
  return collect(sentences, ({ text, start, prose }) =>
    allMatches(text, resultOfStep).map(({ 0: whole, 1: words = '', 2: number = '', index }) => {
      const at = start + index + whole.length - words.length;
      return { from, step: `Step${number}`, span: sourceSpan(prose, at, at + words.length) };
    }),
  );
});

/** "The region from Step 4", "values determined in step 1": what the compiler recorded of such words. */
function inUses(
  { guide, plan }: CheckInput,
  before: (node: NodeId, read: NodeId) => boolean,
  told: readonly Diagnostic[],
): Diagnostic[] {
  return collect(plan.nodes, ({ id, uses = [] }) =>
    collect(uses, ({ from, source }) => {
      const words = source ? /\bstep\s+#?\d[\w.]*$/i.exec(slice(textOf(guide), source.span))?.[0] : undefined;
      if (!source || words === undefined || before(id, from)) return [];
      const span = { start: source.span.end - words.length, end: source.span.end };
      return told.some((one) => one.span.start === span.start) ? [] : [notYet(plan, span, from, id)];
    }),
  );
}

function notYet(plan: Plan, span: Span, step: NodeId, from: NodeId): Diagnostic {
  const atOnce = runAtOnce(plan, step, from);
  const message = atOnce
    ? `\`${from}\` runs at the same time as \`${step}\`, whose result it reads.`
    : `\`${step}\` has not run when \`${from}\` reads its result: no path leads through it first.`;
  return makeDiagnostic('result.not-yet', span, message, {
    hint: atOnce
      ? 'Let the one that reads follow the other.'
      : 'Read the result of an earlier step, or move this condition behind the step.',
  });
}

/** Both follow one step whatever its result, and neither follows the other. */
function runAtOnce(plan: Plan, a: NodeId, b: NodeId): boolean {
  const before = new Set(inputEdges(plan, a).flatMap(({ from, condition }) => (condition === null ? [from] : [])));
  return (
    inputEdges(plan, b).some(({ from, condition }) => condition === null && before.has(from)) &&
    !reaching(plan, a).has(b)
  );
}

function unknown(
  span: Span,
  map: string,
  name: string,
  known: readonly (string | undefined)[],
  by: 'guard' | 'sentence' = 'guard',
): Diagnostic {
  const near = nearName(
    name,
    collect(known, (one) => (one === undefined || one === 'start' || one === 'end' ? [] : [one])),
  );
  const what = map === 'steps' ? 'no step has that name' : 'no code block says `as=` that name';
  const message =
    by === 'guard'
      ? `The guard reads the result \`${name}\`, but ${what}.`
      : `The sentence names the result \`${name}\`, but ${what}.`;
  return makeDiagnostic('result.not-yet', span, message, {
    hint:
      near === undefined
        ? 'Steps are named `Step2`, `Step3.1`; results by `as=errors` on their code block.'
        : `Did you mean \`${near}\`?`,
    fixes: near === undefined ? [] : [{ title: `Change to \`${near}\``, edits: [{ span, newText: near }] }],
  });
}
