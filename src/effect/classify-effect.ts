// What an action may do, by its language and text alone, before a tool is chosen. Where tools would read the same text
// differently (SQL), it is a read only if it is one for each of them.
import { allMatches } from '../base/index.ts';
import type { Classification, Effect } from '../plan/index.ts';
import { bodyAsks, headerAsks, orderIn } from './change-address.ts';
import { classifyPowershell } from './powershell/classify-powershell.ts';
import { classifyShell } from './shell/classify-shell.ts';
import { shellScript } from './shell/terminal-session.ts';
import { classifySql, sqlEffectAnywhere } from './sql/classify-sql.ts';
import type { SqlDialect } from './sql/dialect.ts';

/** An action's text; `holes` are the places of its placeholders, in UTF-16 units of `code`. */
export interface ActionText {
  readonly language: string;
  readonly dialect?: string;
  readonly code: string;
  readonly holes?: readonly { readonly start: number; readonly end: number }[];
}

/** The effect that the text shows; when in doubt `unknown`. */
export function classifyEffect({ language, dialect, code, holes = [] }: ActionText): Effect {
  switch (language) {
    case 'sql':
      return sqlEffect(code, holes, dialect);
    case 'promql':
    case 'logql':
      return 'read';
    case 'kusto':
      return classifyKusto(code).effect;
    case 'http': {
      const method = /^\s*(?:#[^\n]*\n\s*)*([A-Za-z]+)\s/.exec(code)?.[1]?.toUpperCase();
      if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS')
        return /[?&]_method=/i.test(code) ||
          headersOf(code).some(headerAsks) ||
          hidesRequest(code) ||
          bodyAsks(targetOf(code), bodyOf(code)) !== null ||
          orderIn(targetOf(code)) !== null
          ? 'unknown'
          : 'read';
      return method !== undefined && /^(?:POST|PUT|PATCH|DELETE)$/.test(method) ? 'write' : 'unknown';
    }
    case 'bash':
    case 'sh':
    case 'shell':
    case 'zsh':
    case 'console': {
      const script = shellScript(withWords(code, holes), language);
      return script === null ? 'unknown' : classifyShell(script).effect;
    }
    case 'powershell':
      return classifyPowershell(withWords(code, holes).replace(/^\s*PS(?: [^>\n]*)?> /gm, '')).effect;
    default:
      return 'unknown';
  }
}

/** What stands behind the headers, or at once, as in Elasticsearch's console. */
function bodyOf(code: string): string {
  return (
    /\n\s*\n([^]*)$|\n\s*([{[][^]*)$/
      .exec(code.replace(/^(\s*(#[^\n]*)?\n)+/, ''))
      ?.slice(1)
      .join('') ?? ''
  );
}

/** True where a line behind the first begins a request of its own, or a header says where this one ends. */
function hidesRequest(code: string): boolean {
  const [, ...behind] = code.trimStart().split('\n');
  return behind.some((line) =>
    /^\s*(###|(get|head|options|post|put|patch|delete|[a-z]{3,12})\s+(\/|https?:)|(transfer-encoding|content-length)\s*:)/i.test(
      line,
    ),
  );
}

/** Names of the headers of an HTTP request. */
function headersOf(code: string): readonly string[] {
  return code.split('\n').flatMap((line) => /^\s*([\w-]+)\s*:/.exec(line)?.[1] ?? []);
}

/** What stands behind the method of an HTTP request, but for the version; blanks may stand in it where nobody wrote `%20`. */
function targetOf(code: string): string {
  const line = /^\s*(?:#[^\n]*\n\s*)*[A-Za-z]+[^\S\n]+([^\n]*)/.exec(code)?.[1] ?? '';
  return line
    .trim()
    .replace(/\bHTTP\/[\d.]+$/i, '')
    .trimEnd();
}

/** `dialect=…` as authors write it. */
const dialectNames: Readonly<Record<string, SqlDialect>> = {
  postgres: 'postgres',
  postgresql: 'postgres',
  mysql: 'mysql',
  mariadb: 'mysql',
  duckdb: 'duckdb',
};

function sqlEffect(
  code: string,
  holes: readonly { start: number; end: number }[],
  dialect: string | undefined,
): Effect {
  const known = dialectNames[dialect?.toLowerCase() ?? ''];
  return known ? classifySql(code, holes, known).effect : sqlEffectAnywhere(code, holes);
}

/** What Kusto text may do: queries read, but for plugins and sources that reach out; `.show` reads, other commands do not. */
export function classifyKusto(code: string): Classification {
  const bare = code.replace(/\/\/[^\n]*/g, ' ').replace(/@?"(?:[^"\\\n]|\\.)*"|@?'(?:[^'\\\n]|\\.)*'/g, "''");
  const commands = allMatches(bare, /(?:^|;)\s*\.([a-z][\w-]*)/gim).map(([, name = '']) => name.toLowerCase());
  const command = commands.find((name) => name !== 'show') ?? commands[0];
  if (command !== undefined && command !== 'show') return { effect: 'write', because: `\`.${command}\` is a command` };
  // What `.show` gives may be filtered and counted like a table.
  if (command === 'show' && /;|[|<]\s*[.|]|\|\s*[^a-z\s]/i.test(bare))
    return { effect: 'unknown', because: '`.show` is a command' };
  if (/^\s*\.|\/\*/.test(bare) && command === undefined) return { effect: 'unknown', because: 'it may be a command' };
  if (/^\s*#/m.test(bare)) return { effect: 'unknown', because: 'a line that begins with `#` is for the client' };
  const source =
    /\b(external_?data|external_table|(?:cluster|adx)(?=\s*\()|invoke|fork_external|sql_request|mysql_request|postgresql_request|cosmosdb_sql_request|http_request\w*)\b/i.exec(
      bare,
    )?.[1];
  if (source !== undefined) return { effect: 'unknown', because: `\`${source}\` reaches out` };
  const plugin = allMatches(bare, /\bevaluate\s+(?:hint\.\w+\s*=\s*\w+\s+)*(\w+)/gi).find(
    ([, name]) => !kustoPlugins.test(name ?? ''),
  );
  if (plugin) return { effect: 'unknown', because: `\`evaluate ${plugin[1] ?? ''}\` is not known to only read` };
  return bare.trim() === ''
    ? { effect: 'unknown', because: 'there is no query' }
    : { effect: 'read', because: command === 'show' ? '`.show` reads' : 'a query reads' };
}

const kustoPlugins =
  /^(bag_unpack|autocluster|basket|diffpatterns|diffpatterns_text|pivot|narrow|preview|session_count|active_users_count|activity_counts_metrics|activity_engagement|activity_metrics|cosh|dcount_intersect|funnel_sequence|funnel_sequence_completion|new_activity_metrics|rolling_percentile|rows_near|schema_merge|sequence_detect|series_\w+|sliding_window_counts|ipv4_lookup|ipv6_lookup)$/i;

/** The code with a plain word for each placeholder: `<pod>` would read as a redirection. */
function withWords(code: string, holes: readonly { start: number; end: number }[]): string {
  let text = '';
  let from = 0;
  for (const { start, end } of holes) {
    text += `${code.slice(from, start)}value`;
    from = end;
  }
  return text + code.slice(from);
}
