// The `sql` tool over a database server. Reads run in a transaction that cannot write and is rolled back; what a person
// approved runs as written, each statement committed as it ends. At a timeout or cancel the server itself is told to stop.
import { classifySql } from '../../../effect/index.ts';
import type { Json } from '../../../base/index.ts';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Action } from '../../../plan/index.ts';
import type { ActionFailure, ActionResult, Binding, PerformOptions, RenderedAction, Tool } from '../../../run/index.ts';
import { cancelledFailure, failure, isFailure, timeoutFailure } from '../../failure.ts';
import { holesOf } from '../../placeholders.ts';
import { withoutEscapes } from '../../safe-text.ts';
import type { ToolContext } from '../../tool-kind.ts';
import { bindSql, type BindForm, type BoundSql, type BoundStatement } from '../bind-sql.ts';
import { groupColumns, mostColumns, type ListedColumn } from '../group-columns.ts';
import type { ServerSettings } from '../settings.ts';
import { RowKeeper } from './row-keeper.ts';
import type { ServerAddress, ServerDriver, ServerSession } from './server-driver.ts';
import { SessionPool } from './session-pool.ts';

/** How long an explain or a check may take. */
const askingMs = 15_000;
/** How long the server may take to stop what it was told to stop. */
const graceMs = 1500;

/** Opens a tool; no connection is made yet. */
export function openServerTool(settings: ServerSettings, context: ToolContext, ofKind: ServerDriver): Tool {
  const { dialect } = ofKind;
  const driver = namingServer(ofKind, settings, context.name);
  const pool = new SessionPool(async () => driver.connect(await addressOf(settings, context)), settings.maxConnections);
  const bind = (action: Action, bindings: readonly Binding[], form?: BindForm): BoundSql | ActionFailure => {
    const holes = holesOf(action, bindings);
    return isFailure(holes) ? holes : bindSql(action.code, holes, dialect, form);
  };
  const classify = ({ action, bindings }: RenderedAction) => {
    const holes = holesOf(action, bindings);
    return isFailure(holes)
      ? { effect: 'unknown' as const, because: holes.message }
      : classifySql(action.code, holes, dialect);
  };

  return {
    name: context.name,
    kind: 'sql',
    languages: settings.languages,
    timeoutMs: settings.timeout,
    describe: () =>
      `${driver.title} database ${settings.database} at ${settings.host}:${settings.port} as ${settings.user}`,
    render(action, bindings) {
      const bound = bind(action, bindings);
      return isFailure(bound) ? bound : { action, tool: context.name, text: bound.text, bindings };
    },
    classify,
    async explain(rendered, signal) {
      const bound = bind(rendered.action, rendered.bindings);
      if (isFailure(bound)) return { kind: 'refused', failure: bound };
      const statements = bound.statements.length;
      const inForm = (form: BindForm) => bind(rendered.action, rendered.bindings, form);
      if (statements === 0) return { kind: 'refused', failure: nothingToDo() };
      const outcome = await within(driver, pool, { timeoutMs: askingMs, signal }, true, async (session, at) => {
        let columns;
        // Nothing is run, so nothing can be written; within a read-only transaction MySQL would not look at a write.
        if (dialect === 'mysql') await session.rollback();
        for (let index = 0; index < statements; index++) {
          // What a later statement needs may be made by an earlier one, which an explain does not run.
          if (index > 0 && classify(rendered).effect !== 'read') break;
          columns = (await describeFirst(driver, session, inForm, index, at, true)).columns;
        }
        return columns;
      });
      if (!isFailure(outcome)) return { kind: 'accepted', notes: [], ...(outcome.value && { columns: outcome.value }) };
      return outcome.reason === 'refused-by-tool'
        ? { kind: 'refused', failure: outcome }
        : { kind: 'cannot-explain', because: outcome.message };
    },
    async check(signal) {
      const outcome = await within(driver, pool, { timeoutMs: askingMs, signal }, true, async (session, at) => {
        at(null, { sql: 'SELECT 1', values: [] });
        await session.run({ sql: 'SELECT 1', values: [] }, new RowKeeper(1, false));
      });
      return isFailure(outcome) ? outcome : null;
    },
    async schema(signal) {
      const outcome = await within(driver, pool, { timeoutMs: askingMs, signal }, true, async (session, at) => {
        const statement = { sql: `${driver.listColumns} LIMIT ${mostColumns}`, values: [] };
        at(null, statement);
        const keeper = new RowKeeper(mostColumns, false);
        await session.run(statement, keeper);
        return keeper.result().rows ?? [];
      });
      return isFailure(outcome) ? outcome : groupColumns(dialect, outcome.value.map(toListed));
    },
    async perform(rendered, options) {
      const bound = bind(rendered.action, rendered.bindings);
      if (isFailure(bound)) return { kind: 'failure', failure: bound };
      const statements = bound.statements.length;
      const inForm = (form: BindForm) => bind(rendered.action, rendered.bindings, form);
      if (statements === 0) return { kind: 'failure', failure: nothingToDo() };
      const timeoutMs = Math.min(options.timeoutMs, settings.timeout);
      const readOnly = classify(rendered).effect === 'read';
      let done = 0;
      const outcome = await within(
        driver,
        pool,
        { timeoutMs, signal: options.signal },
        readOnly,
        async (session, at) => {
          let result: ActionResult | undefined;
          for (; done < statements; done++) {
            const { statement } = await describeFirst(driver, session, inForm, done, at, readOnly);
            const keeper = new RowKeeper(settings.maxRows, !readOnly);
            await session.run(statement, keeper);
            result = keeper.result();
          }
          return result;
        },
      );
      if (!isFailure(outcome))
        return outcome.value ? { kind: 'result', result: outcome.value } : { kind: 'failure', failure: nothingToDo() };
      if (readOnly || statements === 1 || done === 0) return { kind: 'failure', failure: outcome };
      const before = done === 1 ? 'The statement before it was' : `The ${done} statements before it were`;
      return {
        kind: 'failure',
        failure: { ...outcome, transient: false, message: `${outcome.message}\n${before} performed.` },
      };
    },
    close: () => pool.close(),
  };
}

function toListed(row: Readonly<Record<string, Json>>): ListedColumn {
  const { owner, home, table, column, type } = row;
  return {
    owner: typeof owner === 'string' ? owner : null,
    home: typeof home === 'string' ? home : null,
    table: String(table),
    column: String(column),
    type: String(type),
  };
}

/** The driver, whose words on a connection say which server is meant, and where a login is mended. */
function namingServer(driver: ServerDriver, { host, port }: ServerSettings, tool: string): ServerDriver {
  const there = `${driver.title} at \`${host.startsWith('/') ? host : `${host}:${port}`}\``;
  return {
    ...driver,
    faultOf(error, sql) {
      const fault = driver.faultOf(error, sql);
      if (fault.kind !== 'unavailable' && fault.kind !== 'lost') return fault;
      const message = fault.message.replace(/^The server(?= )/, there).replace(/the server(?= was lost)/, there);
      const login = `The \`user\`, \`password\` and \`database\` of \`${tool}\` stand in tsg.yaml.`;
      return { ...fault, message: message.includes('refused the login') ? `${message} ${login}` : message };
    },
  };
}

/** Tells which statement is at work, so that an error can be shown at its place. */
type At = (bound: { readonly sql: BoundSql; readonly index: number } | null, statement: BoundStatement) => void;

/** Runs `work` on a session, within the limits; the session goes back to the pool. Never rejects. */
async function within<T>(
  driver: ServerDriver,
  pool: SessionPool,
  { timeoutMs, signal }: PerformOptions,
  readOnly: boolean,
  work: (session: ServerSession, at: At) => Promise<T>,
): Promise<{ readonly value: T } | ActionFailure> {
  if (signal.aborted) return cancelledFailure('The query');
  let stopped: 'timeout' | 'cancelled' | undefined;
  let session: ServerSession | undefined;
  let sql = '';
  let place: { readonly sql: BoundSql; readonly index: number } | null = null;
  const at: At = (bound, statement) => {
    place = bound;
    sql = statement.sql;
  };
  let abandon = (): void => undefined;
  const abandoned = new Promise<'abandoned'>((resolve) => (abandon = () => resolve('abandoned')));
  let grace: NodeJS.Timeout | undefined;
  const stop = (why: 'timeout' | 'cancelled'): void => {
    if (stopped) return;
    stopped = why;
    if (!session) return abandon();
    grace = setTimeout(abandon, graceMs);
    session.cancel().catch(() => undefined);
  };
  const timer = setTimeout(() => stop('timeout'), timeoutMs);
  const onAbort = (): void => stop('cancelled');
  signal.addEventListener('abort', onAbort);

  const attempt = async (): Promise<{ readonly value: T } | null> => {
    for (;;) {
      const taken = await pool.take(() => stopped !== undefined);
      if (!taken) return null;
      session = taken.session;
      let clean = false;
      try {
        try {
          await session.begin(readOnly, timeoutMs);
        } catch (error) {
          // A connection that died while nobody used it: nothing was asked yet, so another one is taken.
          if (taken.used && !stopped && driver.faultOf(error, '').kind !== 'refused') continue;
          throw error;
        }
        const value = await work(session, at);
        if (readOnly) {
          await session.rollback();
          clean = stopped === undefined;
        }
        return { value };
      } finally {
        const given = session;
        session = undefined;
        pool.give(given, clean);
      }
    }
  };
  try {
    const outcome = await Promise.race([attempt(), abandoned]);
    if (outcome && outcome !== 'abandoned') return outcome;
    const held = session as ServerSession | undefined;
    held?.destroy();
    return ended(stopped ?? 'cancelled', timeoutMs, readOnly || !held);
  } catch (error) {
    if (error instanceof NoAddress) return failure('unavailable', error.message);
    if (error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError)
      return failure('crashed', `Internal error: ${error.message}`);
    const fault = driver.faultOf(error, sql);
    if (stopped && fault.kind !== 'unavailable') return ended(stopped, timeoutMs, readOnly || fault.kind === 'stopped');
    switch (fault.kind) {
      case 'refused': {
        const known = place as { readonly sql: BoundSql; readonly index: number } | null;
        const where = fault.offset === undefined ? undefined : known?.sql.locate(known.index, fault.offset);
        return failure('refused-by-tool', withoutEscapes(fault.message), {
          ...(where && { at: where }),
          transient: fault.transient === true && readOnly,
        });
      }
      case 'unavailable':
        return failure('unavailable', withoutEscapes(fault.message), { transient: fault.transient });
      case 'lost':
        return failure(
          'unavailable',
          `${withoutEscapes(fault.message)}${readOnly ? '' : ' What the statement changed is not known.'}`,
          { transient: readOnly },
        );
      case 'stopped':
        return failure('timeout', 'The server stopped the query.', { transient: readOnly });
    }
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
    signal.removeEventListener('abort', onAbort);
  }
}

function ended(why: 'timeout' | 'cancelled', ms: number, sure: boolean): ActionFailure {
  const told = why === 'timeout' ? timeoutFailure('The query', ms) : cancelledFailure('The query');
  if (sure) return told;
  return {
    ...told,
    transient: false,
    message: `${told.message} The server did not confirm it: what it changed is not known.`,
  };
}

/** A statement in the form that the server can give types to, and the columns it would give. */
async function describeFirst(
  driver: ServerDriver,
  session: ServerSession,
  inForm: (form: BindForm) => BoundSql | ActionFailure,
  index: number,
  at: At,
  readOnly: boolean,
) {
  let first: { readonly error: unknown; readonly sql: BoundSql; readonly statement: BoundStatement } | undefined;
  let form: BindForm = { apart: false, texts: new Set() };
  for (;;) {
    const sql = inForm(form);
    const statement = isFailure(sql) ? undefined : sql.statements[index];
    if (isFailure(sql) || !statement) throw new Error('Internal error: a statement that cannot be bound again.');
    at({ sql, index }, statement);
    try {
      return { statement, columns: await session.describe(statement) };
    } catch (error) {
      first ??= { error, sql, statement };
      const fault = driver.faultOf(error, statement.sql);
      const next = fault.kind === 'refused' && statement.values.length > 0 ? nextForm(form, fault) : null;
      if (!next) {
        if (fault.kind !== 'refused') throw error;
        at({ sql: first.sql, index }, first.statement);
        throw first.error;
      }
      form = next;
      // An error ends the transaction; nothing was read in it yet that another form could miss.
      if (readOnly) {
        await session.rollback();
        await session.begin(true, askingMs);
      }
    }
  }
}

/** Another form to try: a parameter of no type becomes a text; else equal parameters are set apart, once. */
function nextForm(form: BindForm, fault: { readonly untyped?: boolean; readonly parameter?: number }): BindForm | null {
  if (fault.parameter !== undefined && !form.texts.has(fault.parameter))
    return { apart: form.apart, texts: new Set([...form.texts, fault.parameter]) };
  return fault.untyped && !form.apart ? { apart: true, texts: new Set() } : null;
}

function nothingToDo(): ActionFailure {
  return failure('refused-by-tool', 'The code holds no statement.');
}

/** Raised before a connection is tried, with words for people. */
class NoAddress extends Error {}

async function addressOf(settings: ServerSettings, context: ToolContext): Promise<ServerAddress> {
  const filled = await context.secrets.fill(settings.password ?? '');
  if ('missing' in filled) throw new NoAddress(filled.missing);
  const here = /^(localhost|127\.\d+\.\d+\.\d+|::1|\/.*)$/.test(settings.host);
  const tls = settings.tls ?? (here ? 'off' : 'verify');
  let ca: string | undefined;
  if (settings.ca !== undefined)
    try {
      ca = readFileSync(resolve(context.folder, settings.ca), 'utf8');
    } catch {
      throw new NoAddress(`The file \`${settings.ca}\` with the certificate authority cannot be read.`);
    }
  return {
    host: settings.host,
    port: settings.port,
    database: settings.database,
    user: settings.user,
    password: filled.text,
    tls: tls === 'off' ? null : { verify: tls === 'verify', ...(ca !== undefined && { ca }) },
    connectMs: Math.min(settings.timeout, 10_000),
  };
}
