// What the clauses of a query show: a bracket that stays open before one, one that stands behind a later one, and two things in a
// list without a comma between them. All of it reads a query whose texts and comments count for nothing.
import { allMatches } from '../base/index.ts';
import type { CodeFault } from './code-fault.ts';

/** Calls that have a FROM of their own between their brackets. */
const withFrom = /\b(?:extract|substring|trim|overlay|position|date_part|unnest)\s*$/i;

/** The bracket that stays open before a clause which cannot stand between brackets that no SELECT begins: `sum(amount AS a FROM sales`. */
export function bracketBeforeClause(bare: string): CodeFault | null {
  const open: { readonly at: number; readonly isQuery: boolean }[] = [];
  for (const { 0: sign, index } of allMatches(bare, /[()]|\b(?:FROM|WHERE|HAVING|GROUP[ \t]+BY|SELECT|INSERT)\b/gi)) {
    const last = open.at(-1);
    if (sign === '(')
      open.push({
        at: index,
        isQuery: /^\s*(?:\(|SELECT|WITH|VALUES|FROM|WHERE|TABLE|DELETE|UPDATE|INSERT)\b/i.test(
          bare.slice(index + 1, index + 200),
        ),
      });
    else if (sign === ')') open.pop();
    else if (last && !last.isQuery && !(/^from$/i.test(sign) && mayHaveFrom(bare, last.at, index)))
      return { message: '`(` is never closed', start: last.at, end: last.at + 1 };
  }
  return null;
}

function mayHaveFrom(bare: string, bracket: number, at: number): boolean {
  return (
    withFrom.test(bare.slice(Math.max(0, bracket - 20), bracket)) ||
    /\bDISTINCT\s+$/i.test(bare.slice(Math.max(0, at - 20), at))
  );
}

const ranks: Readonly<Record<string, number>> = { where: 1, group: 2, having: 3, order: 4, limit: 5 };

/** A clause behind one that every dialect has after it: WHERE behind GROUP BY, ORDER BY behind LIMIT. */
export function clauseOrder(bare: string): CodeFault | null {
  if (bare.includes('|>') || /\b(?:MERGE|MATCH|RETURN|EMIT|CREATE|BEGIN|FACET|TIMESERIES|SINCE)\b/i.test(bare))
    return null;
  const reached = [{ rank: 0, word: '' }];
  for (const { 0: sign, index } of allMatches(
    bare,
    /[();]|\b(?:WHERE|GROUP\s+BY|HAVING|ORDER\s+BY|LIMIT(?=\s+[\d{$:?@<])|SELECT|FROM|UPDATE|DELETE|INSERT|WITH|UNION|EXCEPT|INTERSECT|SHOW|ON)\b/gi,
  )) {
    const word = /^\w+/.exec(sign)?.[0].toLowerCase() ?? sign;
    if (sign === '(') reached.push({ rank: 0, word: '' });
    else if (sign === ')') {
      if (reached.length > 1) reached.pop();
    } else {
      const rank = ranks[word];
      const last = reached.at(-1);
      const clause = sign.toUpperCase().replace(/\s+/g, ' ');
      if (rank === undefined) reached[reached.length - 1] = { rank: 0, word: '' };
      else if (last && rank < last.rank)
        return { message: `\`${clause}\` stands behind \`${last.word}\``, start: index, end: index + sign.length };
      else reached[reached.length - 1] = { rank, word: clause };
    }
  }
  return null;
}

/** Words between two operands, and what stands before a call or a bracket of its own. */
const joining =
  /^(?:all|distinct|distinctrow|unique|top|div|mod|rlike|regexp|glob|xor|binary|exclude|except|replace|rename|columns|sounds|escape|prior|not|case|in|on|over|filter|within|as|from|interval|date|timestamp|time|array|exists|any|some|like|ilike|and|or|is|between|then|when|else|end|collate|values|using|sql_\w+|straight_join|high_priority)$/i;

/** Words that stand among the columns of a list without being one. */
const ofColumn =
  /^(?:stream|final|ignore|respect|nulls|first|last|at|zone|time|into|struct|value|percent|with|ties|by|order|group|asc|desc|null|true|false|is|end|bulk|collect|outfile|temporary|unlogged|qualify|settings)$/i;

/** `SELECT name age(born)` and `IN ('a' 'b')`: two of a list without a comma. */
export function missingComma(code: string, bare: string): CodeFault | null {
  for (const { 0: whole, 1: name = '', 2: called = '', 3: list = '', index } of allMatches(
    bare,
    /(?:\bSELECT|,)\s+([A-Za-z_][\w.]*)[ \t]+([A-Za-z_]\w*)\(([^()]*\)\s+AS\b|[^()]*\)\s*(?:,|\bFROM\b))/gi,
  )) {
    if (list === '' || joining.test(name) || joining.test(called)) continue;
    const start = index + whole.indexOf(name, whole.startsWith(',') ? 1 : 6);
    if (!isInSelectList(bare, start)) continue;
    return { message: `a comma is missing after \`${name}\``, start, end: start + name.length };
  }
  // A name, its alias, and a third word that nothing joins to them.
  for (const { 0: whole, 1: name = '', 2: called = '', 3: third = '', index } of allMatches(
    bare,
    /(?:\bSELECT|,)\s+([A-Za-z_][\w.]*)[ \t]+([A-Za-z_]\w*)[ \t]+([A-Za-z_][\w.]*)\s*(?=,|\bFROM\b)/gi,
  )) {
    if ([name, called, third].some((word) => joining.test(word) || ofColumn.test(word))) continue;
    const start = index + whole.indexOf(name, whole.startsWith(',') ? 1 : 6);
    if (!isInSelectList(bare, start)) continue;
    return { message: `a comma is missing after \`${name}\``, start, end: start + name.length };
  }
  const set = afterAssignment(code, bare);
  if (set) return set;
  const texts = /\bIN\s*\((?:\s*'[^']*'\s*,)*\s*('[^']*')[ \t]+'/i.exec(code);
  const text = texts?.[1];
  if (!texts || text === undefined || !bare.slice(texts.index, texts.index + 2).match(/in/i)) return null;
  const end = texts.index + texts[0].length - 1;
  const start = texts.index + texts[0].lastIndexOf(text);
  return { message: `a comma is missing after \`${text}\``, start, end: Math.min(end, start + text.length) };
}

/** `UPDATE orders SET state = 'open' held_by = NULL`: two that are set without a comma. */
function afterAssignment(code: string, bare: string): CodeFault | null {
  for (const { 0: clause, index } of allMatches(
    bare,
    /\bSET\b(?<=\bUPDATE\b[^;()]{1,200}?SET)(?:(?!\b(?:WHERE|FROM|RETURNING|OUTPUT|ORDER|LIMIT|CASE|SELECT)\b)[^;])*/gi,
  )) {
    const found = /(?<=[^<>!:=]=\s*)([A-Za-z_\d][\w.]*)\s+([A-Za-z_][\w.]*)\s*=(?!=)/.exec(clause);
    const [whole, value = '', next = ''] = found ?? [];
    if (!found || whole === undefined || joining.test(value) || joining.test(next)) continue;
    const start = index + found.index;
    const end = start + value.length;
    return { message: `a comma is missing after \`${code.slice(start, end)}\``, start, end };
  }
  return null;
}

/** `WHERE state 'running'`: two things that nothing compares. Types stand before a text of their own: `DATE '2026-01-01'`. */
export function missingSign(code: string, bare: string): CodeFault | null {
  for (const { 1: name = '', index, 0: whole } of allMatches(
    code,
    /\b(?:WHERE|AND|OR)\s+([A-Za-z_][\w.]*)[ \t]+(?=')/gi,
  )) {
    const start = index + whole.lastIndexOf(name);
    if (joining.test(name) || ofText.test(name) || bare.slice(start, start + name.length) !== name) continue;
    if (/\bBETWEEN\b[^;]{0,80}$/i.test(bare.slice(Math.max(0, index - 90), index))) continue;
    return { message: `nothing compares \`${name}\` with the text behind it`, start, end: start + name.length };
  }
  return null;
}

const value = String.raw`(?:[A-Za-z_$@:]?[\w.]+(?:\([^()]*\))?|\{[^{}]*\})`;
const sign = String.raw`(?:=|<>|!=|<=|>=|<|>|\b(?:NOT\s+)?I?LIKE\b|\bIS\b)`;
const twoTests = new RegExp(
  String.raw`(?:${sign}\s*${value}|\bIN\s*\([^()]*\)|\bIS\s+(?:NOT\s+)?NULL)\s+([A-Za-z_][\w.]*)\s*(?=${sign}|\b(?:NOT\s+)?(?:IN\s*\(|BETWEEN\b))`,
  'gi',
);

/** `WHERE state = 'failed' region = 'eu'`: two conditions that no AND joins. A SET, whose parts commas join, is another matter. */
export function missingAnd(code: string, bare: string): CodeFault | null {
  for (const { 0: whole, 1: name = '', index } of allMatches(bare, twoTests)) {
    const start = index + whole.lastIndexOf(name);
    const before = /([A-Za-z_]\w*|\W)\s*$/.exec(bare.slice(index, start))?.[1] ?? '';
    if (joining.test(name) || timeUnit.test(name) || ofText.test(name) || code[start] !== bare[start]) continue;
    if (joining.test(before) && !/^null$/i.test(before)) continue;
    const clause = /\b(?:WHERE|HAVING|ON|SET|SELECT|VALUES|WITH|OPTIONS?|DECLARE|FROM)\b(?!(?:(?!;)[^])*\b(?:WHERE|HAVING|ON|SET|SELECT|VALUES|WITH|OPTIONS?|DECLARE|FROM)\b)(?:(?!;)[^])*$/i.exec(bare.slice(Math.max(0, start - 4000), start)); // prettier-ignore
    if (!clause || !/^(?:WHERE|HAVING|ON)\b/i.test(clause[0])) continue;
    return { message: `no \`AND\` joins \`${name}\` to the condition before it`, start, end: start + name.length };
  }
  return null;
}

/** `INTERVAL '7' DAY < age`. */
const timeUnit = /^(?:microseconds?|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?)$/i;

/** What stands before a text and belongs to it. */
const ofText =
  /^(?:e|b|n|x|u|r|q|_\w+|timestamptz|datetime|bytea|json|jsonb|uuid|inet|numeric|decimal|regclass|text|where|is|null)$/i;

/** Between a SELECT and its FROM, outside of brackets that were opened there. */
export function isInSelectList(bare: string, at: number): boolean {
  let depth = 0;
  for (let index = at - 1; index >= 0 && at - index < 4000; index--) {
    const sign = bare[index];
    if (sign === ')') depth++;
    else if (sign === '(' && --depth < 0) return false;
    else if (depth === 0 && (sign === 'T' || sign === 't' || sign === 'M' || sign === 'm' || sign === ';')) {
      if (sign === ';') return false;
      if (/\bFROM$/i.test(bare.slice(Math.max(0, index - 5), index + 1)) && !/\w/.test(bare[index + 1] ?? ''))
        return false;
      if (/\bSELECT$/i.test(bare.slice(Math.max(0, index - 7), index + 1)) && !/\w/.test(bare[index + 1] ?? ''))
        return true;
    }
  }
  return false;
}
