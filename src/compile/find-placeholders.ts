// Finds the parameters in code: `{region}`, `{{region}}`, `<region>`, `${region}`, `YOUR_REGION`, `[REGION]`, `:region` of SQL, `$region`
// of a dashboard's query, `$region` of SQL where the guide declares it, and of a shell where nothing in the guide gives it a value. Braces of JSON, awk, templates and label matchers, and variables of the environment, are not parameters.
import { allMatches } from '../base/index.ts';
import { expandedInPowershell, expandedVariables } from '../effect/index.ts';
import type { CodeText } from '../guide/index.ts';
import type { Placeholder } from '../plan/index.ts';
import { isOfEnvironment, isOfWindows } from './environment-variables.ts';
import type { Naming } from './naming.ts';
import { placesOfToken, valuesToReplace } from './read-replacements.ts';

const shells = new Set(['bash', 'sh', 'shell', 'zsh', 'console', 'powershell', 'cmd', 'python', 'ruby', 'javascript']);
/** Languages in which a name in braces is never a variable. */
const handsOver = new Set(['bash', 'sh', 'shell', 'zsh', 'console', 'cmd']);
/** Queries that are copied out of dashboards, whose variables begin with a dollar sign; `$__interval` is the dashboard's own. */
const dashboards = new Set(['promql', 'logql']);
const templateWords = new Set(
  'end else if range with define block template print printf next exit getline begin eq ne and or not nil true false begin items metadata spec status'.split(
    ' ',
  ),
);
/** Words in angle brackets that are markup or what commands print for nothing. */
const notNames = new Set(
  'br p b i a li ul ol td tr th em hr div img pre code span table eof none unset unknown invalid pending nil null'.split(
    ' ',
  ),
);

const pattern =
  /\{\{\s*([A-Za-z_][\w.-]{0,60})\s*\}\}|(\$?)\{([A-Za-z_][\w-]{0,60})\}|<([A-Za-z_][\w -]{0,58}[\w]|[A-Za-z])>|\$([A-Za-z_]\w{0,60})\b|\b(YOUR[_-][A-Z0-9_-]{2,60}|your-[a-z][a-z0-9-]{1,60})\b|(?<=[\s=/:])\[([A-Z][A-Z0-9]+(?:[_-][A-Z0-9]{2,})*)\](?=[\s/:]|$)|(?<=[=<>(,]\s*):([A-Za-z_]\w{0,60})\b/g;

/** Placeholders in the order of the text, with spans in the guide. */
export function findPlaceholders(code: CodeText, language: string, naming: Naming): Placeholder[] {
  const found: InCode[] = [];
  const { declared } = naming;
  const isShell = shells.has(language);
  // A shell's variables are found where nothing sets them.
  const replaced = naming.replacements.filter(
    ({ token }) => code.code.includes(token) && !(isShell && /^[$%]/.test(token)),
  );
  const marked = isShell ? valuesToReplace(code.code) : [];
  if (replaced.length + marked.length === 0 && !/[{<$%[:]|\byour[_-]/i.test(code.code)) return [];
  const assigned = isShell ? assignedNames(code.code) : new Set<string>();
  for (const match of allMatches(code.code, pattern)) {
    const [whole, mustache, dollar, brace, angle, variable, yours, bracket, bound] = match;
    const before = code.code[match.index - 1] ?? '';
    const after = code.code[match.index + whole.length] ?? '';
    if (yours !== undefined || (bracket !== undefined && isShell) || (bound !== undefined && language === 'sql')) {
      const own = yours ?? bracket ?? bound ?? '';
      found.push({ name: own, start: match.index, end: match.index + whole.length });
      continue;
    }
    if (bracket !== undefined || bound !== undefined) continue;
    if (angle !== undefined && code.code.includes(`</${angle}>`)) continue;
    const name = accept(
      { mustache, dollar: dollar === '$', brace, angle, variable, before, after },
      isShell,
      language,
      assigned,
      declared,
    );
    if (name === null) continue;
    if (isShell && brace !== undefined && !declared.has(name) && insideTemplate(code.code, match.index)) continue;
    found.push({ name, start: match.index, end: match.index + whole.length });
  }
  const given = withReplaced([...found, ...marked], code.code, replaced);
  const all = isShell ? withVariables(given, code.code, language, naming, assigned) : given;
  const placeOf = placesOf(code);
  return all.map(({ name, start, end }) => {
    const from = placeOf(start);
    return { parameter: name, span: { start: from, end: from + (end - start) } };
  });
}

/** A placeholder in UTF-16 units of the code. */
interface InCode {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Words that the text tells to replace. */
function withReplaced(found: readonly InCode[], code: string, replaced: Naming['replacements']): readonly InCode[] {
  const all = [...found];
  for (const { token, name } of [...replaced].sort((a, b) => b.token.length - a.token.length))
    for (const { start, end } of placesOfToken(code, token))
      if (!all.some((one) => one.start < end && start < one.end)) all.push({ name, start, end });
  return all.sort((a, b) => a.start - b.start);
}

/** True for code of a shell in which a variable may be read. */
export function mayReadVariables(code: string, language: string | null): boolean {
  return language !== null && shells.has(language) && /[$%][{A-Za-z_]/.test(code);
}

/** A variable that nothing in the guide sets and no environment has is something that a person must supply. */
function withVariables(
  found: readonly InCode[],
  code: string,
  language: string,
  naming: Naming,
  assigned: ReadonlySet<string>,
): readonly InCode[] {
  if (!mayReadVariables(code, language)) return found;
  if (language === 'powershell') return withScoped(found, code, naming, assigned);
  if (naming.isOpen) return found;
  if (language === 'cmd') return withPercents(found, code, naming);
  if (!handsOver.has(language)) return found;
  return withOpen(
    found,
    expandedVariables(code, language, found).filter(
      ({ name }) => !naming.assigned.has(name) && !isOfEnvironment(name, false),
    ),
  );
}

function withOpen(found: readonly InCode[], variables: readonly InCode[]): readonly InCode[] {
  const open = variables.filter(({ start }) => !found.some((one) => one.start <= start && start < one.end));
  return open.length === 0 ? found : [...found, ...open].sort((a, b) => a.start - b.start);
}

/**
 * The variables of PowerShell, which writes a scope before some: `$using:pool` hands the value of `$pool` to where a block runs. What
 * `$global:` holds without being declared may come from a module.
 */
function withScoped(
  found: readonly InCode[],
  code: string,
  naming: Naming,
  assigned: ReadonlySet<string>,
): readonly InCode[] {
  const { declared, assignedAnyCase, isOpen } = naming;
  const variables = expandedInPowershell(code, found).filter(({ name, scope }) =>
    scope !== undefined && declared.has(name)
      ? !assigned.has(name)
      : !isOpen && scope !== 'global' && !assignedAnyCase.has(name.toLowerCase()) && !isOfEnvironment(name, true),
  );
  return withOpen(
    found,
    variables.map(({ name, start, end }) => ({ name, start, end })),
  );
}

/** `%SERVER%` of a batch file, where no line sets it; `%%i` and `%1` are its own. */
function withPercents(found: readonly InCode[], code: string, naming: Naming): readonly InCode[] {
  const all = [...found];
  for (const { 0: whole, 1: name = '', index } of allMatches(code, /(?<!%)%([A-Za-z_]\w{0,60})%(?!%)/g))
    if (
      !naming.assignedAnyCase.has(name.toLowerCase()) &&
      !isOfWindows(name) &&
      !/^[ \t]*(?:rem\b|::)/i.test(code.slice(code.lastIndexOf('\n', index) + 1, index))
    )
      all.push({ name, start: index, end: index + whole.length });
  return all.sort((a, b) => a.start - b.start);
}

/** Each name once, in order of first use. */
export function parameterNames(placeholders: readonly Placeholder[]): string[] {
  return [...new Set(placeholders.map(({ parameter }) => parameter))];
}

interface Candidate {
  readonly mustache: string | undefined;
  readonly dollar: boolean;
  readonly brace: string | undefined;
  readonly angle: string | undefined;
  readonly variable: string | undefined;
  readonly before: string;
  readonly after: string;
}

function accept(
  candidate: Candidate,
  isShell: boolean,
  language: string,
  assigned: ReadonlySet<string>,
  declared: ReadonlySet<string>,
): string | null {
  const { mustache, dollar, brace, angle, variable, before, after } = candidate;
  if (mustache !== undefined) {
    return templateWords.has(mustache.toLowerCase()) || mustache.includes('.') ? null : mustache;
  }
  if (brace !== undefined) {
    // A shell reads `{region}` as it stands: `region="{region}"` hands the parameter over.
    if (declared.has(brace) && (!assigned.has(brace) || (!dollar && handsOver.has(language)))) return brace;
    if (dollar) return isShell ? null : brace;
    if (before === '{' || before === '%' || before === '#' || before === '@') return null;
    if (assigned.has(brace) || templateWords.has(brace.toLowerCase())) return null;
    return language === 'powershell' || language === 'javascript' ? null : brace;
  }
  if (angle !== undefined) {
    if (before === '<' || notNames.has(angle.toLowerCase())) return null;
    if (language === 'sql' && /\s/.test(angle)) return null;
    return angle.trim().replace(/\s+/g, '_');
  }
  if (variable === undefined) return null;
  if (dashboards.has(language)) return variable.startsWith('__') ? null : variable;
  if (!declared.has(variable) || assigned.has(variable)) return null;
  // `$note$ … $note$` is a text between dollar signs.
  return isShell || (language === 'sql' && after !== '$' && !/[\w$]/.test(before)) ? variable : null;
}

/** Names that the code itself gives a value to. */
export function assignedNames(code: string): Set<string> {
  const names = new Set<string>();
  const assignments =
    /(?:^|[\s;(|&])(?:export\s+|local\s+|set\s+|const\s+|let\s+|var\s+)?\$?(?:(?:script|global|local|private):)?([A-Za-z_]\w*)\s?(?:=(?!=)|\+=)|\bfor(?:each)?\s*\(?\s*\$?([A-Za-z_]\w*)\s+in\b|\bread\s+(?:-\w+\s+)*([A-Za-z_]\w*)/g;
  for (const match of allMatches(code, assignments)) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (match[1] !== undefined && isArgument(code, match.index)) continue;
    // `-l region={region}` gives an option its value.
    const value = code.slice(match.index + match[0].length, match.index + match[0].length + name.length + 3);
    if (![`{${name}}`, `<${name}>`, `{{${name}}`].some((placeholder) => value.startsWith(placeholder))) names.add(name);
  }
  return names;
}

/** "`kubectl get pods -l app=web`": what stands behind a command's name is told to the command, and sets nothing. */
function isArgument(code: string, at: number): boolean {
  const end = at + (/[\s;(|&]/.test(code[at] ?? '') ? 1 : 0);
  const least = Math.max(0, end - 2000);
  let start = end;
  while (start > least && !/[\n;(|&{`)]/.test(code[start - 1] ?? '')) start--;
  return !opensCommand.test(code.slice(start, end).replace(/^.*\b(?:then|do|else)\s/, ''));
}

const opensCommand =
  /^\s*(?:\S{0,40}[#$%>]\s+)?(?:(?:export|local|declare|readonly|typeset|set|env|sudo|time|const|let|var)(?:\s+-\w+)*(?:\s+|$))*(?:[A-Za-z_]\w*\+?=(?:"[^"]*"|'[^']*'|\S*)(?:\s+|$))*$/;

/**
 * True behind the beginning of an awk program, a JSONPath or a Go template, where braces belong to the program. `--format json` names
 * a format and no template.
 */
function insideTemplate(code: string, at: number): boolean {
  const from = code.lastIndexOf('\n', at) + 1;
  return /\b[gm]?awk\b|jsonpath|go-template|--(?:format|template)[= \t]+(?!["']?(?:json|yaml|text|csv|tsv|table|value|list|none|wide|pretty)["']?(?:\s|$))|\bjq\b/.test(
    code.slice(Math.max(from, at - 2000), at),
  );
}

/** Leads places in the code to the guide; asked for in rising order. */
function placesOf(code: CodeText): (at: number) => number {
  const { lineOffsets, contentSpan } = code;
  if (lineOffsets.length <= 1 || contentSpan.end - contentSpan.start === code.code.length)
    return (at) => contentSpan.start + at;
  let line = 0;
  let start = 0;
  let next = code.code.indexOf('\n');
  return (at) => {
    for (; next !== -1 && next < at; next = code.code.indexOf('\n', start)) {
      line++;
      start = next + 1;
    }
    return (lineOffsets[line] ?? contentSpan.start) + (at - start);
  };
}
