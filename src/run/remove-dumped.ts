// Takes out a secret that a tool has shown as a dump of bytes (`xxd`, `hexdump -C`, `od -c`): rows of them with their place before
// them and perhaps their characters behind them, so that neither digits nor characters stand in one piece.

/** The shortest secret that is looked for: a shorter one stands by chance among the bytes of any file. */
const shortestDumped = 4;

/** Puts `mark` in the place of the bytes of every row that holds a part of one of the secrets, which are given by their bytes. */
export function dumpRemover(secrets: readonly (readonly number[])[], mark: string): (text: string) => string {
  const known = secrets.filter(({ length }) => length >= shortestDumped).map(textOf);
  if (known.length === 0) return (text) => text;
  return (text) => {
    if (!row.test(text)) return text;
    const lines = text.split('\n');
    const told = new Set(ways.flatMap((bytesOf) => linesThatTell(known, lines, bytesOf)));
    if (told.size === 0) return text;
    return lines.map((line, at) => (told.has(at) ? `${placeOf(line)}${mark}` : line)).join('\n');
  };
}

/** Each byte as one character, so that bytes are found as a text is. */
const textOf = (bytes: readonly number[]): string => bytes.map((byte) => String.fromCharCode(byte)).join('');

/** A place in a file, as every row begins with it. */
const row = /^[ \t]*[0-9a-f]{6,16}:?[ \t]/im;
const placeOf = (line: string): string => /^[ \t]*[0-9a-f]{6,16}:?[ \t]+/i.exec(line)?.[0] ?? '';

/** The bytes that a line shows, if it is a row of this kind of dump. */
type BytesOf = (line: string) => readonly number[] | null;

/** `43 61`, `4361 6e61`, and what stands behind them as characters. */
const ofDigits: BytesOf = (line) => {
  const place = placeOf(line);
  const behind = line.slice(place.length);
  const digits = (place.includes(':') ? behind.split('  ', 1)[0] : behind.split('|', 1)[0]) ?? '';
  const groups = digits.trim().split(/[ \t]+/);
  return place !== '' && groups.every((group) => /^(?:[0-9a-f]{2})+$/i.test(group)) ? bytesIn(groups.join('')) : null;
};

/** `6143 616e`: words of two bytes, the lower one first. */
const ofWords: BytesOf = (line) => {
  const place = placeOf(line);
  const groups = line
    .slice(place.length)
    .trim()
    .split(/[ \t]+/);
  return place !== '' && groups.every((group) => /^[0-9a-f]{4}$/i.test(group))
    ? groups.flatMap((group) => bytesIn(group).reverse())
    : null;
};

/** `   C   a  \n 303`: four columns for each byte. */
const ofCharacters: BytesOf = (line) => {
  const [place = ''] = /^[0-7]{7}(?= )/.exec(line) ?? [];
  const fields = line.slice(place.length).match(/[^]{4}/g) ?? [];
  const bytes = fields.map((field) => byteOf(field.slice(1)));
  return place !== '' && fields.length > 0 && !bytes.includes(-1) ? bytes : null;
};

const ways: readonly BytesOf[] = [ofDigits, ofWords, ofCharacters];

const bytesIn = (digits: string): number[] => (digits.match(/../g) ?? []).map((pair) => parseInt(pair, 16));

const named: Readonly<Record<string, number>> = {
  '\\0': 0,
  '\\a': 7,
  '\\b': 8,
  '\\t': 9,
  '\\n': 10,
  '\\v': 11,
  '\\f': 12,
  '\\r': 13,
};

/** What three columns of `od -c` stand for; -1 for what is none of it. */
function byteOf(field: string): number {
  if (/^ {2}[^]$/.test(field)) return field.charCodeAt(2);
  return named[field.trim()] ?? (/^[0-7]{3}$/.test(field) ? parseInt(field, 8) : -1);
}

/** Numbers of the lines that hold a part of a secret, in rows of this kind one behind another. */
function linesThatTell(secrets: readonly string[], lines: readonly string[], bytesOf: BytesOf): readonly number[] {
  const told: number[] = [];
  let rows: { readonly line: number; readonly from: number; readonly to: number }[] = [];
  let bytes = '';
  const look = (): void => {
    for (const secret of secrets)
      for (let at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + 1))
        for (const { line, from, to } of rows) if (from < at + secret.length && to > at) told.push(line);
    rows = [];
    bytes = '';
  };
  lines.forEach((text, line) => {
    const own = bytesOf(text);
    if (own === null) look();
    else {
      rows.push({ line, from: bytes.length, to: bytes.length + own.length });
      bytes += textOf(own);
    }
  });
  look();
  return told;
}
