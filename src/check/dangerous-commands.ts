// Commands that destroy or that widen rights, found in an action's code by the tables of danger-rules.ts.
import { onceFor, remember } from '../base/index.ts';
import type { Action } from '../plan/index.ts';
import {
  changing,
  changingCmdlet,
  changingMongo,
  cmd,
  http,
  kusto,
  mayMatch,
  mongo,
  powershell,
  redis,
  shell,
  sql,
  wideMongo,
  widePowershell,
  wideShell,
  wideSql,
  type Rule,
} from './danger-rules.ts';
import { destroyingByVerb, wideningByVerb } from './danger-verbs.ts';
import { matchLines } from './line-patterns.ts';
import { certainlyChanges, onlyAsks, requestOfCurl, requestsIn } from './sent-requests.ts';

/** One place in an action's code. */
export interface Danger extends Omit<Rule, 'pattern'> {
  readonly start: number;
  readonly end: number;
}

/** Where the code certainly changes something, though nothing may be lost: a deployment rolled back, a service restarted. */
export const changeIn = onceFor((action: Action): { readonly start: number; readonly end: number } | null => {
  const [danger] = destructiveIn(action);
  const family = familyOf(action.language);
  if (family === 'shell') {
    const change = find(action, changes).find((place) => !isAsked(action, place));
    return danger && (!change || danger.start <= change.start) ? danger : (change ?? null);
  }
  if (danger) return danger;
  if (family === 'powershell') return find(action, [{ what: '', weight: 'light', pattern: changingCmdlet }])[0] ?? null;
  if (family === 'mongodb') return find(action, [{ what: '', weight: 'light', pattern: changingMongo }])[0] ?? null;
  const told = family === 'sql' ? orders.exec(action.code) : null;
  if (told) return { start: told.index, end: told.index + told[0].length };
  if (action.effect !== 'write') return null;
  const requests = family === 'http' ? requestsIn(action.code) : [];
  if (requests.length > 0) return requests.find((request) => !onlyAsks(request)) ?? null;
  const first = family === 'sql' ? action.code.search(writes) : -1;
  const start = first < 0 ? Math.max(0, action.code.search(/\S/)) : first;
  return { start, end: start + Math.max(1, action.code.slice(start).search(/\s*(?:\n|$)/)) };
});

/** `curl -X POST …/_count` sends what it asks. */
function isAsked({ code }: Action, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const request = requestOfCurl(code.slice(start, end));
  return request !== null && onlyAsks(request);
}

/** True when the place that `changeIn` gives may only ask after all: a POST of which nobody can know. */
export function mayOnlyAsk(
  { language, code }: Action,
  place: { readonly start: number; readonly end: number },
): boolean {
  const words = code.slice(place.start, place.end);
  const request = language === 'http' ? requestsIn(words)[0] : (requestOfCurl(words) ?? undefined);
  return request !== undefined && !certainlyChanges(request);
}

/** A statement of SQL that changes something, behind others that only read. */
const writes =
  /(?<=^|;|\n)(?<=(?:^|;)\s*(?:--[^\n]*\n\s*)*)(?:INSERT|UPDATE|DELETE|MERGE|REPLACE|CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|CALL|EXEC|EXECUTE|VACUUM|REINDEX|SET|KILL|RENAME|COMMENT)\b/i;

/** Functions of SQL that end or move something, though they are selected. */
const orders = /\bpg_(?:terminate_backend|cancel_backend|promote|reload_conf|switch_wal|drop_replication_slot)\b/i;

const changes = changing.map((pattern): Rule => ({ what: '', weight: 'light', pattern }));

/** What in the code destroys, each place once, grave before light. */
export const destructiveIn: (action: Action) => readonly Danger[] = onceFor((action) =>
  find(action, destroying[familyOf(action.language)] ?? []),
);

/** What a command destroys that stands in a sentence, where nothing names its language. */
export const destroyedBy = remember((code: string): { readonly danger: Danger | null } => {
  const bare = code.trim().replace(/^sudo[ \t]+(?:-\w+[ \t]+)*/, '');
  if (!/\S\s+\S/.test(bare)) return { danger: null };
  for (const language of /^[A-Z][a-z]+-[A-Z]/.test(bare) ? ['powershell'] : ['shell', 'sql']) {
    const [danger] = find({ code: bare, language }, destroying[language] ?? []);
    if (danger?.start === 0) return { danger };
  }
  return { danger: null };
});

/** What in the code widens rights or takes a protection off. */
export const wideningIn: (action: Action) => readonly Danger[] = onceFor((action) =>
  find(action, widening[familyOf(action.language)] ?? []),
);

const destroying: Readonly<Record<string, readonly Rule[]>> = {
  shell: [...shell, ...destroyingByVerb],
  sql,
  powershell,
  redis,
  cmd,
  http,
  kusto,
  mongodb: mongo,
  javascript: mongo,
};
const widening: Readonly<Record<string, readonly Rule[]>> = {
  shell: [...wideShell, ...wideningByVerb],
  sql: wideSql,
  powershell: widePowershell,
  mongodb: wideMongo,
};

function familyOf(language: string): string {
  return /^(?:bash|sh|shell|zsh|console)$/.test(language) ? 'shell' : language;
}

/** More findings in one block than anyone reads. */
const most = 50;

function find({ code, language }: Pick<Action, 'language' | 'code'>, rules: readonly Rule[]): readonly Danger[] {
  if (rules.length === 0) return [];
  // Comments and, in SQL, texts are blanked out; offsets stay.
  const blank = (text: string): string => ' '.repeat(text.length);
  const bare =
    language === 'sql'
      ? code.replace(/--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'/g, blank)
      : code.replace(/(?<=^|\n)[ \t]*#[^\n]*/g, (text) => (language === 'console' ? text : blank(text)));
  const found: Danger[] = [];
  for (const { what, weight, pattern } of rules) {
    if (!mayMatch(pattern, bare)) continue;
    for (const { match, index } of matchLines(bare, pattern)) {
      const words = withoutEnd((match[1] ?? match[0]).trimEnd());
      const start = index + match[0].indexOf(words);
      const end = start + words.length;
      if (/[ \t]--(?:help|dry-run(?!=none))\b/.test(words)) continue;
      if (!found.some((other) => other.start < end && start < other.end)) found.push({ what, weight, start, end });
      if (found.length >= most) break;
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Without the quote that closes the script around the command, and the sign that ends it in `find -exec`. */
function withoutEnd(words: string): string {
  const last = words.at(-1) ?? '';
  if (last === '\\') return words.slice(0, -1).trimEnd();
  return (last === '"' || last === "'") && words.split(last).length % 2 === 0 ? words.slice(0, -1) : words;
}
