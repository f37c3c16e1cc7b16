// sql.syntax: what no database reads, whatever its dialect: a bracket or quote without its partner, a CASE without its END or a
// WHEN without its THEN, a misspelt word of the language, an AND that joins nothing. Everything else is for the configured tool to
// say (action.invalid-query).
import { allMatches, nearName, remember } from '../base/index.ts';
import { makeDiagnostic } from '../diagnostics/index.ts';
import type { Action } from '../plan/index.ts';
import { bracketFault, type CodeFault } from './code-fault.ts';
import {
  bracketBeforeClause,
  clauseOrder,
  isInSelectList,
  missingAnd,
  missingComma,
  missingSign,
} from './sql-clauses.ts';
import { codeSpan } from './diagnose-explanation.ts';
import { perAction } from './scope.ts';
import { typographicSign } from './typographic-signs.ts';

export const checkSql = perAction((action) => {
  if (action.language !== 'sql' || /\.\.\.|…/.test(action.code)) return [];
  const { fault } = faultOf(action.code);
  const comma = fault || lenient.test(action.dialect ?? '') ? null : commaBefore(action);
  const told = fault ?? comma;
  if (!told) return [];
  return [
    makeDiagnostic('sql.syntax', codeSpan(action, told), `\`${action.id}\` is no complete query: ${told.message}.`, {
      ...(comma && action.dialect === undefined && { severity: 'hint' as const }),
      hint: 'Correct the query.',
    }),
  ];
});

/** Dialects that read a comma before FROM. A block that names no dialect may be in one of them, so there it is a hint. */
const lenient = /^(?:duckdb|bigquery|snowflake|databricks|clickhouse)$/i;

/** A comma before FROM, GROUP or ORDER. Most databases do not read it. */
function commaBefore({ code }: Action): CodeFault | null {
  const bare = code.replace(/'(?:[^']|'')*'|--[^\n]*/g, (text) => 'x'.repeat(text.length));
  const found = /,(?=\s*(?:FROM|GROUP\s+BY|ORDER\s+BY)\b)/i.exec(bare);
  return found && { message: 'nothing follows this `,`', start: found.index, end: found.index + 1 };
}

const starts =
  'select with insert update delete merge create alter drop truncate grant revoke explain show describe desc values call exec execute set use begin commit rollback analyze vacuum pragma copy declare if do from table replace refresh reindex kill start end reset'.split(
    ' ',
  );

const faultOf = remember((code: string): { readonly fault: CodeFault | null } => ({ fault: readFault(code) }));

function readFault(code: string): CodeFault | null {
  if (/\$\w*\$|^[ \t]*\\/m.test(code) || code.length > 400_000) return null;
  const comments = /^[ \t]*#/m.test(code) ? ['--', '#'] : ['--'];
  const brackets = bracketFault(code, { quotes: `'"\``, lineComments: comments, escapes: false });
  const sign = typographicSign(code, /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*[^]*?\*\//g, false);
  if (sign && (!brackets || sign.start <= brackets.start)) return sign;
  if (brackets?.message.startsWith('the quote')) return earliestQuote(code, brackets);
  // Letters of texts and comments count for nothing from here on; offsets stay.
  const bare = code.replace(/'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|^[ \t]*#[^\n]*|\/\*[^]*?\*\//gm, (text) =>
    /^['"`]/.test(text) ? 'x'.repeat(text.length) : ' '.repeat(text.length),
  );
  if (brackets) return brackets.message.includes('closed') ? (bracketBeforeClause(bare) ?? brackets) : brackets;
  const first = /^[\s(;]*([A-Za-z]+)/.exec(bare);
  const word = first?.[1]?.toLowerCase() ?? '';
  if (first && word.length > 3 && !starts.includes(word)) {
    const near = nearName(
      word,
      starts.filter((one) => one.length > 3),
    );
    const start = first[0].length - word.length;
    if (near !== undefined)
      return {
        message: `it begins with \`${first[1] ?? ''}\` where \`${near.toUpperCase()}\` seems to be meant`,
        start,
        end: start + word.length,
      };
  }
  const lonely =
    /\b(AND|OR|WHERE|ON|HAVING|IS(?:\s+NOT)?)\s+(?=(?:AND|OR|GROUP\s+BY|ORDER\s+BY|LIMIT|HAVING|WHERE|THEN|WHEN|ELSE)\b|\)|;|$(?![^]))/i.exec(
      bare,
    );
  if (lonely)
    return {
      message: `nothing follows \`${(lonely[1] ?? '').replace(/\s+/g, ' ')}\``,
      start: lonely.index,
      end: lonely.index + (lonely[1]?.length ?? 1),
    };
  return (
    unclosedCase(bare) ??
    misspelt(bare) ??
    lonelyComma(bare) ??
    missingWord(bare) ??
    missingComma(code, bare) ??
    clauseOrder(bare) ??
    missingSign(code, bare) ??
    missingAnd(code, bare)
  );
}

/** A word or sign of the language that its statement cannot do without. */
function missingWord(bare: string): CodeFault | null {
  const at = (match: RegExpMatchArray | null, message: (word: string) => string): CodeFault | null => {
    const word = match?.[1];
    if (!match || word === undefined) return null;
    const start = (match.index ?? 0) + match[0].indexOf(word);
    return { message: message(word.replace(/\s+/g, ' ')), start, end: start + word.length };
  };
  const isWord = (word: string | undefined): boolean => keywords.includes((word ?? '').toLowerCase());
  const lonelyBy = allMatches(
    bare,
    /((?:::)?[\w)}>]+)\s+(GROUP|ORDER)\s+(?!BY\b|SIBLINGS\b|SETS\b)[A-Za-z_]\w*/gi,
  ).find((match) => !isWord(match[1]) && /\bFROM\b/i.test(bare.slice(0, match.index)));
  if (lonelyBy) {
    const word = lonelyBy[2] ?? '';
    const start = lonelyBy.index + lonelyBy[0].search(/\s(?:GROUP|ORDER)\s/i) + 1;
    return { message: `\`${word}\` has no \`BY\``, start, end: start + word.length };
  }
  const twoNames = allMatches(
    bare,
    /\bAS\s+([A-Za-z_]\w*)\s+([A-Za-z_]\w*)(?=\s*(?:,|\n|\.|\(|\b(?:FROM|AS)\b))/gi,
  ).find(
    ({ 1: name, 2: next, index }) =>
      !isWord(name) &&
      !isWord(next) &&
      !typeWords.test(name ?? '') &&
      !afterName.test(next ?? '') &&
      isInSelectList(bare, index),
  );
  if (twoNames) {
    const name = twoNames[1] ?? '';
    const start = twoNames.index + twoNames[0].indexOf(name, 2);
    return { message: `a comma is missing after \`${name}\``, start, end: start + name.length };
  }
  return (
    at(/(?:^|;)\s*(UPDATE)\s+(?:ONLY\s+)?[\w."`]+(?:\s+(?!SET\b)(?:AS\s+)?\w+)?\s+(?!SET\b)[\w.]+\s*=(?![^;]*\bSET\b)/i.exec(bare), () => '`UPDATE` has no `SET`') ??
    at(/\b(LIMIT|OFFSET|GROUP\s+BY|ORDER\s+BY|SELECT|FROM|JOIN|SET)\s*(?=;|\)|$(?![^]))/i.exec(bare), (word) => `nothing follows \`${word}\``) ??
    at(/\b((?:GROUP|ORDER)\s+BY|FROM|JOIN)\s+(?=(?:WHERE|GROUP\s+BY|ORDER\s+BY|HAVING|LIMIT)\b)/i.exec(bare), (word) => `nothing follows \`${word}\``) ??
    at(/(?<!<[^<>\n]{1,60})(>\s+>|=\s+[=>]|[=<]\s+<(?![A-Za-z_][^<>\n]*>))/.exec(bare), (word) => `\`${word}\` compares nothing`) ??
    at(/\b(?:WHERE|AND|OR|WHEN|HAVING|ON)\s+[\w."`]+\s*(=>|=<(?![A-Za-z_][^<>\n]*>)|><|!==)(?=\s*[\w'"{:@$(-])/i.exec(bare), (word) => `\`${word}\` compares nothing`) ??
    at(/(?<!\b(?:NATURAL|CROSS|ARRAY|LATERAL)\s+(?:(?:LEFT|RIGHT|INNER|FULL)\s+(?:OUTER\s+)?)?)\b(JOIN)\s+[\w."`]+(?:\s+(?:AS\s+)?(?!ON\b|USING\b|WHERE\b)\w+)?\s*(?=\bWHERE\b(?!(?:(?!\b(?:GROUP|ORDER|LIMIT|UNION)\b|;)[^])*\b\w+\.\w+\s*=\s*\w+\.\w+)|\b(?:GROUP|ORDER)\s+BY\b)/i.exec(bare), () => '`JOIN` has no `ON`') ??
    at(/\bLIMIT\s+(one|two|three|four|five|ten|twenty|fifty|hundred|all of)\b/i.exec(bare), (word) => `\`${word}\` is no number`) ??
    at(/\b(BETWEEN)\b(?!(?:(?!\b(?:ORDER|GROUP|LIMIT|HAVING|WHERE|UNION)\b|;)[^])*\bAND\b)/i.exec(bare), () => '`BETWEEN` has no `AND`') ??
    at(/(?<!\b(?:NATURAL|CROSS|ARRAY|LATERAL)\s+(?:(?:LEFT|RIGHT|INNER|FULL)\s+(?:OUTER\s+)?)?)\b(JOIN)\s+[\w."`$#]+\s+(?:(?:AS\s+)?(?!ON\b|USING\b)\w+\s+)?(?!ON\b|USING\b|AS\b)\w+\.\w+\s*=/i.exec(bare), () => '`JOIN` has no `ON`') ??
    at(/(=|<>|!=|<=|>=|\bLIKE|\bILIKE|\bIN|(?<!<[^<>\n]{1,60})>|<(?![A-Za-z_][^<>\n]*>))\s*(?=\b(?:AND|OR|GROUP\s+BY|ORDER\s+BY|LIMIT|HAVING|FROM|WHERE)\b|\)|;|$(?![^]))/i.exec(bare), (word) => `nothing follows \`${word}\``)
  ); // prettier-ignore
}

/** After `AS` in a CAST stands a type, which may have two words. */
const typeWords = /^(?:double|timestamp|character|bit|time|unsigned|signed|national|long|interval|datetime)$/i;
/** What may follow a name given with `AS`. */
const afterName =
  /^(?:settings|final|prewhere|format|emit|array|materialized|window|sample|option|within|changes|versions|matched|start|connect|model|for)$/i;

/** Where quotes do not pair, the first text that runs over the end of its line has lost its own: those after it are turned round. */
function earliestQuote(code: string, found: CodeFault): CodeFault {
  for (const { 0: text, index } of allMatches(code, /--[^\n]*|(['"])(?:(?!\1)[^])*(?:\1|$)/g)) {
    if (!text.startsWith('--') && text.includes('\n')) return { ...found, start: index, end: index + 1 };
  }
  return found;
}

/** Scripts have blocks that END closes too; there the count says nothing. */
function unclosedCase(bare: string): CodeFault | null {
  if (/\b(?:BEGIN|LOOP|IF|DECLARE)\b/i.test(bare)) return null;
  const open: { readonly at: number; readonly when: number | null }[] = [];
  for (const { 0: word, index } of allMatches(bare, /\b(?:CASE|WHEN|THEN|ELSE|END)\b(?!\s*\()|\bWHEN\b/gi)) {
    const name = word.toUpperCase();
    const last = open.at(-1);
    if (name === 'CASE') open.push({ at: index, when: null });
    else if (name === 'END' && !last) return { message: '`END` closes no CASE', start: index, end: index + 3 };
    else if (!last) continue;
    else if (name === 'THEN' && last.when === null)
      return { message: '`THEN` has no `WHEN`', start: index, end: index + 4 };
    else if (name === 'THEN') open[open.length - 1] = { ...last, when: null };
    else {
      if (last.when !== null) return { message: '`WHEN` has no `THEN`', start: last.when, end: last.when + 4 };
      if (name === 'WHEN') open[open.length - 1] = { ...last, when: index };
      if (name === 'END') open.pop();
    }
  }
  const last = open.at(-1);
  if (!last) return null;
  // What cannot stand inside of it shows where its end is missing.
  let depth = 0;
  for (const { 0: sign, index } of allMatches(bare.slice(last.at), /[()]|\b(?:AS|FROM)\b/gi)) {
    if (sign === '(') depth++;
    else if (sign !== ')' && depth > 0) continue;
    else if (sign !== ')' || --depth < 0)
      return { message: '`CASE` has no `END` before this', start: last.at + index, end: last.at + index + sign.length };
  }
  return { message: '`CASE` has no `END`', start: last.at, end: last.at + 4 };
}

const keywords =
  'select from where group order having limit join inner left right full outer cross lateral natural union all except intersect on using and or not in is null like ilike similar between exists case when then else end as asc desc by with recursive values insert into update delete set distinct over partition rows range window filter offset fetch first next only top returning conflict do nothing default interval date timestamp time zone at collate escape create table view index drop alter add column primary key foreign references if temporary temp materialized to for of cast tablesample qualify pivot unpivot any some grant revoke begin commit cluster sort distribute asof positional semi anti straight_join force use ignore nulls last ties percent sql no action cascade unbounded preceding following current row groups exclude within array struct explain analyze verbose'.split(
    ' ',
  );
const clauses = ['select', 'from', 'where', 'having', 'limit', 'between'];

/**
 * Words of the language with letters that changed places, or one too many or too few. A name may look like one, so only a
 * place counts where no name can stand: between two others, or before a BY that needs its GROUP or ORDER.
 */
function misspelt(bare: string): CodeFault | null {
  const fault = (word: string, meant: string, start: number): CodeFault => ({
    message: `\`${word}\` stands where \`${meant.toUpperCase()}\` seems to be meant`,
    start,
    end: start + word.length,
  });
  const isKeyword = (word: string): boolean => keywords.includes(word.toLowerCase());
  for (const match of allMatches(bare, /\b([A-Za-z]+)(?=\s+BY\b)/gi)) {
    const [, word = ''] = match;
    const meant = isKeyword(word) ? undefined : nearName(word, ['group', 'order', 'partition']);
    if (meant !== undefined && word.length > 3) return fault(word, meant, match.index);
  }
  // A name, a bracket or a star; then the word; then another operand. Three in a row are read by no database.
  const between = /(?<=(?:\b([A-Za-z_]\w*)|[)*\d}])\s{1,40})([A-Za-z]{4,8})(?=\s+(?:[A-Za-z_]\w*|\d|\(|\{|'))/g;
  for (const match of allMatches(bare, between)) {
    const [, before, word = ''] = match;
    if (isKeyword(word) || (before !== undefined && isKeyword(before))) continue;
    const meant = nearName(word, clauses);
    const after = /^\s+([A-Za-z_]\w*)?/.exec(bare.slice(match.index + word.length))?.[1];
    if (meant === undefined || word.length < meant.length - 1) continue;
    if (after !== undefined && isKeyword(after) && meant !== 'where') continue;
    return fault(word, meant, match.index);
  }
  for (const [pattern, meant] of beside) {
    const match = pattern.exec(bare);
    const word = match?.[1];
    if (match && word !== undefined && !isKeyword(word) && nearName(word, [meant]) !== undefined)
      return fault(word, meant, match.index + match[0].indexOf(word));
  }
  // A query that begins in a bracket.
  for (const match of allMatches(
    bare,
    /\(\s*([A-Za-z]{5,7})(?=\s+(?:DISTINCT\s+)?[\w.*"]+(?:\s*,\s*[\w.*"]+)*\s+FROM\b)/gi,
  )) {
    const [whole, word = ''] = match;
    const meant = isKeyword(word) ? undefined : nearName(word, ['select']);
    if (meant !== undefined) return fault(word, meant, match.index + whole.length - word.length);
  }
  return null;
}

/** Words that stand nowhere but beside these. A column or alias could be called so; nobody calls one nearly like a word of SQL there. */
const beside: readonly (readonly [RegExp, string])[] = [
  [/\bSELECT\s+([A-Za-z]{7,9})\s+[A-Za-z_]\w*\s*(?=,|\s*FROM\b)/i, 'distinct'],
  [/[\w)"]\s+([A-Za-z]{4,6})\s+JOIN\b/i, 'inner'],
  [/[\w)"]\s+([A-Za-z]{4,6})\s+JOIN\b/i, 'outer'],
  [/\bIS\s+(?:NOT\s+)?([A-Za-z]{3,5})\b/i, 'null'],
];

/** A comma before the next clause. DuckDB and BigQuery read one before FROM, GROUP and ORDER; before WHERE and a bracket nobody does. */
function lonelyComma(bare: string): CodeFault | null {
  const found = /,(?=\s*(?:,|\)|WHERE\b|HAVING\b|LIMIT\b|;|$(?![^])))/i.exec(bare);
  return found && { message: 'nothing follows this `,`', start: found.index, end: found.index + 1 };
}
