// The `sql` tool over embedded DuckDB. Rendering and classifying happen here, on text; the database itself lives in a
// worker process that starts with the first explain or perform.
import { classifySql } from '../../effect/index.ts';
import { resolve } from 'node:path';
import type { Action } from '../../plan/index.ts';
import type { ActionFailure, Binding, Tool } from '../../run/index.ts';
import { cancelledFailure, failure, isFailure, timeoutFailure } from '../failure.ts';
import { holesOf } from '../placeholders.ts';
import type { ToolContext } from '../tool-kind.ts';
import { bindSql, type BoundSql } from './bind-sql.ts';
import { groupColumns } from './group-columns.ts';
import type { DuckdbSettings } from './settings.ts';
import { SqlWorkerClient, type WorkerAnswer } from './sql-worker-client.ts';

/** How long an explain may take; it includes loading the data the first time. */
const explainMs = 60_000;

/** Opens a tool; no process is started yet. */
export function openSqlTool(settings: DuckdbSettings, context: ToolContext): Tool {
  const client = new SqlWorkerClient(
    {
      data: resolve(context.folder, settings.data),
      shownData: settings.data,
      memoryBytes: settings.memory,
      threads: settings.threads,
    },
    context.env,
  );
  return {
    name: context.name,
    kind: 'sql',
    languages: settings.languages,
    timeoutMs: settings.timeout,
    describe: () => `DuckDB over ${settings.data}`,
    render(action, bindings) {
      const bound = bindAction(action, bindings);
      return isFailure(bound) ? bound : { action, tool: context.name, text: bound.text, bindings };
    },
    classify({ action, bindings }) {
      const holes = holesOf(action, bindings);
      return isFailure(holes) ? { effect: 'unknown', because: holes.message } : classifySql(action.code, holes);
    },
    async explain(rendered, signal) {
      const bound = bindAction(rendered.action, rendered.bindings);
      if (isFailure(bound)) return { kind: 'refused', failure: bound };
      if (bound.statements.length === 0) return { kind: 'refused', failure: nothingToDo() };
      const answer = await client.ask({ kind: 'explain', statements: bound.statements }, explainMs, signal);
      if (answer.kind === 'accepted')
        return { kind: 'accepted', notes: answer.notes, ...(answer.columns && { columns: answer.columns }) };
      const problem = toFailure(answer, bound, explainMs);
      return problem.reason === 'refused-by-tool' || problem.reason === 'crashed'
        ? { kind: 'refused', failure: problem }
        : { kind: 'cannot-explain', because: problem.message };
    },
    async check(signal) {
      const answer = await client.ask({ kind: 'describe' }, explainMs, signal);
      if (answer.kind !== 'described') return toFailure(answer, null, explainMs);
      if (answer.faults.length > 0) return failure('unavailable', answer.faults.join('\n'));
      if (answer.tables.length === 0) return failure('unavailable', `There are no data files in \`${settings.data}\`.`);
      return null;
    },
    async schema(signal) {
      const answer = await client.ask({ kind: 'schema' }, explainMs, signal);
      return answer.kind === 'schema' ? groupColumns('duckdb', answer.columns) : toFailure(answer, null, explainMs);
    },
    async perform(rendered, options) {
      const bound = bindAction(rendered.action, rendered.bindings);
      if (isFailure(bound)) return { kind: 'failure', failure: bound };
      if (bound.statements.length === 0) return { kind: 'failure', failure: nothingToDo() };
      const timeoutMs = Math.min(options.timeoutMs, settings.timeout);
      const asked = { kind: 'perform', statements: bound.statements, maxRows: settings.maxRows } as const;
      const answer = await client.ask(asked, timeoutMs, options.signal);
      if (answer.kind !== 'result') return { kind: 'failure', failure: toFailure(answer, bound, timeoutMs) };
      const { columns, rows, rowCount, notes } = answer;
      return {
        kind: 'result',
        result: { columns, rows, rowCount, ...(rows.length < rowCount && { rowsCapped: true }), notes },
      };
    },
    close: () => client.close(),
  };
}

function bindAction(action: Action, bindings: readonly Binding[]): BoundSql | ActionFailure {
  const holes = holesOf(action, bindings);
  return isFailure(holes) ? holes : bindSql(action.code, holes);
}

function nothingToDo(): ActionFailure {
  return failure('refused-by-tool', 'The code holds no statement.');
}

function toFailure(answer: WorkerAnswer, bound: BoundSql | null, ms: number): ActionFailure {
  switch (answer.kind) {
    case 'refused': {
      const at = answer.offset === undefined ? undefined : bound?.locate(answer.statement, answer.offset);
      return failure('refused-by-tool', answer.message, at ? { at } : {});
    }
    case 'timeout':
      return timeoutFailure('The query', ms);
    case 'cancelled':
      return cancelledFailure('The query');
    case 'crashed':
      return failure('crashed', answer.message, { transient: true });
    case 'unavailable':
      return failure('unavailable', answer.message);
    default:
      return failure('crashed', 'The database process gave an answer that does not belong to the question.');
  }
}
