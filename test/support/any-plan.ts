// Arbitrary sound plans with every optional field, for property tests.
import fc from 'fast-check';
import type { Action, Guard, Parameter, Plan, PlanEdge, PlanNode, Repeat, Source } from '../../src/plan/index.ts';

/** Up to a dozen nodes; edges go forward and are grouped by node, as in every compiled plan. */
export function anyPlan(): fc.Arbitrary<Plan> {
  return fc.integer({ min: 0, max: 10 }).chain((steps) => {
    const names = ['start', ...Array.from({ length: steps }, (_, index) => `Step${index + 1}`), 'end'];
    const arrows = names.flatMap((from, index) => names.slice(index + 1).map((to) => [from, to] as const));
    return fc
      .record({
        nodes: fc.tuple(...names.map(anyNode)),
        taken: fc.subarray(arrows).map((some) => (some.length === 0 ? arrows : some)),
        dress: fc.infiniteStream(anyDress),
        parameters: fc.array(anyParameter, { maxLength: 3 }),
        repeats: steps === 0 ? fc.constant([]) : fc.array(anyRepeat(names.slice(1, -1)), { maxLength: 2 }),
        notRead: fc.array(optional({ text, reason: text, source: anySource }, { node: fc.constantFrom(...names) }), {
          maxLength: 2,
        }),
        about: optional(
          { title: fc.string({ minLength: 1 }), file: text, sha256: text },
          {
            owner: text,
            alerts: fc.array(text),
            verified: text,
          },
        ),
      })
      .map(({ nodes, taken, dress, parameters, repeats, notRead, about }) => ({
        guide: { ...about, parameters },
        nodes,
        edges: taken.map(([from, to]): PlanEdge => ({ ...next(dress), id: `edge_${from}_${to}`, from, to })),
        repeats,
        notRead,
      }));
  });
}

const text = fc.string({ unit: 'grapheme' });
const offset = fc.nat({ max: 10_000 });

const anySource: fc.Arbitrary<Source> = fc
  .tuple(offset, fc.integer({ min: 1, max: 100 }), offset, offset)
  .map(([start, length, line, lines]) => ({
    span: { start, end: start + length },
    startLine: line + 1,
    endLine: line + lines + 1,
  }));

const origin = fc.constantFrom('author' as const, 'inferred' as const, 'model' as const);

const anyGuard: fc.Arbitrary<Guard> = fc.oneof(
  fc.record({ kind: fc.constant('else' as const), origin }, { noNullPrototype: true }),
  optional({ kind: fc.constant('cel' as const), cel: text, origin }, { source: anySource }),
);

/** The author's words; the format keeps `none` for an edge without a condition. */
const condition = fc.option(text.filter((words) => words.trim().toLowerCase() !== 'none'));

const anyDress: fc.Arbitrary<Omit<PlanEdge, 'id' | 'from' | 'to'>> = optional(
  { condition },
  {
    timing: text.filter((words) => words.trim().toLowerCase() !== 'none'),
    guard: anyGuard,
    outcome: fc.constantFrom('resolved', 'mitigated', 'escalated', 'not-applicable', 'completed'),
    onFailure: fc.boolean(),
    source: anySource,
  },
).map(({ timing, ...rest }) => (rest.condition === null && timing !== undefined ? { ...rest, timing } : rest));

const anyParameter: fc.Arbitrary<Parameter> = optional(
  {
    name: text,
    type: fc.constantFrom('string', 'number', 'integer', 'boolean', 'timestamp', 'duration'),
    required: fc.boolean(),
    secret: fc.boolean(),
    origin: fc.constantFrom('declared', 'placeholder'),
  },
  {
    description: text,
    default: fc.oneof(text, fc.integer(), fc.boolean()),
    examples: fc.array(text),
    pattern: text,
    source: anySource,
  },
);

const anyAction: fc.Arbitrary<Action> = optional(
  {
    id: text,
    language: text,
    code: text,
    source: anySource,
    lineOffsets: fc.array(offset),
    placeholders: fc.array(
      fc
        .tuple(text, offset, offset)
        .map(([parameter, start, length]) => ({ parameter, span: { start, end: start + length } })),
    ),
    parameters: fc.array(text),
    effect: fc.constantFrom('read', 'write', 'unknown'),
  },
  { tool: text, resultName: text, dialect: text, timeoutMs: fc.nat(), retries: fc.nat() },
);

function anyNode(id: string): fc.Arbitrary<PlanNode> {
  return optional(
    {
      id: fc.constant(id),
      kind: fc.constant(id === 'start' || id === 'end' ? id : ('step' as const)),
      title: text,
      description: text,
      actions: id === 'start' || id === 'end' ? fc.constant([]) : fc.array(anyAction, { maxLength: 2 }),
      needsApproval: fc.boolean(),
      safeToRepeat: fc.boolean(),
    },
    { undo: text, verify: text, source: anySource, titleSource: anySource },
  );
}

function anyRepeat(names: readonly string[]): fc.Arbitrary<Repeat> {
  const name = fc.constantFrom(...names);
  return optional(
    { id: text, from: name, to: name, condition, max: fc.integer({ min: 1, max: 9 }) },
    { guard: anyGuard, onFailure: fc.boolean(), waitMs: fc.nat(), source: anySource },
  );
}

/** A record whose second half of keys may be missing. */
function optional<R extends object, O extends object>(
  required: { [K in keyof R]: fc.Arbitrary<R[K]> },
  optionals: { [K in keyof O]: fc.Arbitrary<O[K]> },
): fc.Arbitrary<R & Partial<O>> {
  const keys = Object.keys(required) as (keyof R)[];
  return fc.record(
    { ...required, ...optionals },
    { requiredKeys: keys as never, noNullPrototype: true },
  ) as fc.Arbitrary<R & Partial<O>>;
}

function next<T>(stream: Iterator<T>): T {
  const step = stream.next();
  if (step.done) throw new Error('Internal error: an infinite stream has ended');
  return step.value;
}
