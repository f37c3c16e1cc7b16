// Cuts a condition's sentence into words and takes off what is not the condition: "If", emphasis, parentheses, and the
// consequence behind the comma. When the cut is not certain it says so, for a wrong cut decides a different condition.

/** One word of a condition. */
export interface ClauseWord {
  /** `quoted`: in back-ticks or quotation marks. `word`: also `1/2`. `sign`: a comparison, `%`, or a comma inside the clause. */
  readonly kind: 'word' | 'quoted' | 'number' | 'sign';
  /** As written, without the quotes; a number without its thousands separators. */
  readonly text: string;
}

/** The condition proper. */
export type Clause =
  | { readonly kind: 'clause'; readonly words: readonly ClauseWord[]; readonly parentheses: readonly string[] }
  | { readonly kind: 'unclear'; readonly because: string };

type Piece =
  | ClauseWord
  | { readonly kind: 'parenthesis'; readonly text: string }
  | { readonly kind: 'break'; readonly text: string };

const longest = 600;
const piece = new RegExp(
  [
    String.raw`(?<blank>\s+|\*\*|__(?=\S)|(?<=\S)__)`,
    '`+(?<code>[^`]+)`+',
    String.raw`(?<![\w’'])'(?<single>[^'\n]{1,120})'(?!\w)|"(?<double>[^"\n]{1,120})"|“(?<curly>[^”\n]{1,120})”`,
    String.raw`\((?<parenthesis>[^()]*)\)`,
    String.raw`(?<ratio>\d+/\d+(?![\w/.]))`,
    String.raw`(?<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w|,\d)|-?\d+(?:\.\d+)?(?![\w]|\.\d|,\d))`,
    String.raw`(?<word>[A-Za-z_$][\w$]*(?:[-’'/.][A-Za-z0-9_]+)*|\d\w+)`,
    String.raw`(?<sign>>=|<=|==|!=|<>|[<>=≥≤≠%])`,
    String.raw`(?<break>->|=>|→|—|–|[,:;.!?-])`,
  ].join('|'),
  'uy',
);

const openers = /^(?:(?:else|otherwise|elseif|elsif)\b)/i;
const provisos =
  /\b(?:unless|except|excluding|provided|providing|assuming|only|otherwise than|as long as|apart from)\b/i;
/** What a consequence starts with: commands, and "this", "you", "we" that talk about what follows. */
const consequences = new Set(
  `go goto proceed continue skip jump move return recommend escalate run execute check start stop then restart roll rollback
  disable enable notify page open contact do end use see follow investigate apply consider perform scale redirect
  initiate declare close please immediately mark record report wait repeat ask call try identify collect verify
  confirm engage raise drain kill fail failover add remove delete increase decrease update upgrade revert abort resolve
  mitigate treat look you we this it that these the your there step consult review inform alert log create file finish
  reboot reset clear free rerun re-run retry advance pause assign reach resume switch trigger reduce raise purge prune
  note set throttle handle renew commit uncordon cordon find rotate recreate rebuild deploy redeploy pin undo`
    .trim()
    .split(/\s+/),
);
const jumps = new Set(['go', 'goto', 'proceed', 'continue', 'skip', 'jump']);

/** The condition's own words, or why they cannot be told from the rest. */
export function readClause(condition: string): Clause {
  if (condition.length > longest) return unclear('the sentence is long');
  const pieces = cutPieces(condition.trim().replace(/^[-*+]\s+/, ''));
  if (!pieces) return unclear('the sentence has signs with no fixed meaning');
  const start = conditionStart(pieces);
  if (start === null) return unclear('it depends on the conditions before it');
  const twoReadings = pieces.find(
    ({ kind, text }, at) =>
      kind === 'number' && /^-?[1-9]\d{0,2}\.\d{3}$/.test(text) && !/^(?:%|percent)$/i.test(pieces[at + 1]?.text ?? ''),
  );
  if (twoReadings) return unclear(`\`${twoReadings.text}\` may be a fraction or thousands`);
  const words: ClauseWord[] = [];
  const parentheses: string[] = [];
  let at = start;
  for (; at < pieces.length; at++) {
    const current = pieces[at];
    if (!current) break;
    if (current.kind === 'parenthesis') {
      parentheses.push(current.text);
      continue;
    }
    const lower = current.text.toLowerCase();
    if (current.kind === 'word' && words.length > 1 && (lower === 'then' || jumps.has(lower))) break;
    if (current.kind !== 'break') {
      words.push(current);
      continue;
    }
    const next = pieces[at + 1];
    if (current.text === ',' && continuesList(next)) {
      words.push({ kind: 'sign', text: ',' });
      continue;
    }
    if (current.text === '-' || current.text === '?') return unclear('the sentence has signs with no fixed meaning');
    if ([',', '—', '–'].includes(current.text) && next && !startsConsequence(next)) {
      return unclear('it has a part that we cannot tell from its consequence');
    }
    break;
  }
  const rest = pieces
    .slice(at)
    .map(({ text }) => text)
    .join(' ');
  if (provisos.test(rest) || parentheses.some((text) => provisos.test(text))) return unclear('it has an exception');
  if (/^\W*(?:and|or|but)\b|^[;,:]\s*(?:if|when)\b/i.test(rest)) return unclear('it has a second part');
  return words.length === 0 ? unclear('it has no words') : { kind: 'clause', words, parentheses };
}

function unclear(because: string): Clause {
  return { kind: 'unclear', because };
}

function cutPieces(text: string): readonly Piece[] | null {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length;) {
    piece.lastIndex = at;
    const groups = piece.exec(text)?.groups;
    if (!groups) return null;
    at = piece.lastIndex;
    const { code, single, double, curly, parenthesis, ratio, number, word, sign } = groups;
    const quoted = code ?? single ?? double ?? curly;
    if (quoted !== undefined) pieces.push({ kind: 'quoted', text: quoted.trim() });
    else if (parenthesis !== undefined) pieces.push({ kind: 'parenthesis', text: parenthesis });
    else if (number !== undefined) pieces.push({ kind: 'number', text: number.replaceAll(',', '') });
    else if (ratio !== undefined) pieces.push({ kind: 'word', text: ratio });
    else if (word !== undefined) pieces.push({ kind: 'word', text: word.replaceAll('’', "'") });
    else if (sign !== undefined) pieces.push({ kind: 'sign', text: sign });
    else if (groups['break'] !== undefined) pieces.push({ kind: 'break', text: groups['break'] });
  }
  return pieces;
}

/** Where the condition starts: behind "If" or "When", also when a command stands before it; null for "else if". */
function conditionStart(pieces: readonly Piece[]): number | null {
  const lower = pieces.map(({ kind, text }) => (kind === 'word' ? text.toLowerCase() : ''));
  const first = lower[0] ?? '';
  if (openers.test(first)) return null;
  if (first === 'if' || first === 'when' || first === 'whenever') return 1;
  if (first === 'in' && lower[1] === 'case') return 2;
  if (!jumps.has(first)) return 0;
  const at = lower.findIndex((word) => word === 'if' || word === 'when');
  return at < 0 ? 0 : at + 1;
}

/** True when a comma stands inside a list of values or before "or" and "and". */
function continuesList(next: Piece | undefined): boolean {
  if (!next) return false;
  if (next.kind === 'quoted' || next.kind === 'number') return true;
  return (
    next.kind === 'word' && (/^(?:or|and|nor)$/i.test(next.text) || /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(next.text))
  );
}

function startsConsequence(next: Piece): boolean {
  return next.kind === 'word' && consequences.has(next.text.toLowerCase());
}
