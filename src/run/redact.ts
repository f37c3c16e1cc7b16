// Keeps secret values out of everything that is journalled, shown or logged: before an event is decided upon, each form
// in which a secret may show in a tool's words is replaced by `***`. Structure, numbers of lines and hashes stay. So is the
// half of a secret that stands where a tool has cut its output, which is marked by `…`.
import type { Json } from '../base/index.ts';
import type { ParameterValue } from './ports.ts';
import { dumpRemover } from './remove-dumped.ts';
import { foldedRemover, shortestFolded } from './remove-folded.ts';

/** Replaces every form of the secrets in texts, keys and numbers; gives the same object when nothing was found. */
export type Redact = <T>(value: T) => T;

/** What stands where a secret stood. */
export const redacted = '***';

/** Makes the replacement for these secret values. Without any, it gives back what it gets. */
export function redactor(secrets: readonly ParameterValue[]): Redact {
  const given = secrets.filter((value) => typeof value !== 'boolean' && value !== '').map(String);
  if (given.length === 0) return (value) => value;
  const texts = [...new Set([...given, ...given.flatMap(linesOf)])].sort((a, b) => b.length - a.length);
  const forms = [...new Set(texts.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(forms.map(escapeForm).join('|'), 'g');
  const loose = texts.flatMap(looseForms);
  const longer = forms.filter(({ length }) => length >= shortestFolded);
  const withoutFolded = foldedRemover(longer.map(escapeForm), redacted);
  const withoutDumped = dumpRemover(texts.map(utf8), redacted);
  const withoutHalves = halfRemover(forms);
  const clean = (text: string): string => {
    const plain = text.replace(pattern, redacted);
    const escaped = loose.reduce(
      (so, one) =>
        one.signs.length === 0 || one.signs.some((sign) => so.includes(sign)) ? so.replace(one.pattern, redacted) : so,
      plain,
    );
    return withoutHalves(withoutDumped(withoutFolded(escaped)));
  };
  const numbers = new Set(texts.map(Number).filter((number) => !Number.isNaN(number)));
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return clean(value);
    if (typeof value === 'number') return numbers.has(value) ? redacted : value;
    if (Array.isArray(value)) return (value as Json[]).map(walk);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [clean(key), walk(one)]));
  };
  return (value) => walk(value as unknown as Json) as unknown as typeof value;
}

/** The lines of a key: a tool may print one of them alone. */
function linesOf(value: string): string[] {
  const lines = value.split(/\r?\n/);
  return lines.length === 1 ? [] : lines.filter((line) => line.length >= 16 && !line.startsWith('-----'));
}

/** Whatever is longer is looked for in its plain forms alone: such an expression would be too large. */
const longestLoose = 1000;

/** Takes out forms of a secret that are written in more than one way. */
interface LooseForm {
  readonly pattern: RegExp;
  /** A piece of which one stands in every text that the pattern can match; empty: any text may. */
  readonly signs: readonly string[];
}

/**
 * The forms with each mark escaped as shells, JSON, SQL, addresses or HTML do it, or not; bytes in hexadecimal with something
 * between them; base64 over several lines, also of UTF-16, which PowerShell takes.
 */
function looseForms(value: string): LooseForm[] {
  const bytes = utf8(value);
  if (bytes.length < 4 || bytes.length > longestLoose) return [];
  const words = (value.match(/[A-Za-z0-9]+/g) ?? []).sort((a, b) => b.length - a.length);
  const wide = Array.from({ length: value.length }, (_, at) => value.charCodeAt(at)).flatMap((unit) => [
    unit & 255,
    unit >> 8,
  ]);
  const encoded = [...base64Forms(bytes), ...base64Forms(wide)].filter(({ length }) => length >= 8);
  return [
    { pattern: new RegExp([...value].map(looseCharacter).join(''), 'g'), signs: words.slice(0, 1) },
    {
      pattern: new RegExp(
        bytes.map((byte) => eitherCases(hexOf(byte))).join(String.raw`(?:[ :-]|\\+x|,?\s*0x|\r?\n[ \t]*)?`),
        'g',
      ),
      signs: [],
    },
    ...encoded.map((form) => {
      // Lines of base64 have 64 characters or more: of the first two pieces no more than one is broken.
      const half = Math.floor(Math.min(form.length, 64) / 2);
      const broken = Array.from(form, escapeForm).join(String.raw`(?:\r?\n)?`);
      return { pattern: new RegExp(broken, 'g'), signs: [form.slice(0, half), form.slice(half, 2 * half)] };
    }),
  ];
}

function looseCharacter(char: string): string {
  if (/[A-Za-z0-9]/.test(char)) return char;
  const percent = utf8(char)
    .map((byte) => `%${eitherCases(hexOf(byte))}`)
    .join('');
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at).toString(16).padStart(4, '0'));
  const number = String(char.codePointAt(0) ?? 0);
  const forms = [
    char === '\\' ? String.raw`\\+` : String.raw`\\*${escapeForm(char)}`,
    percent,
    units.map((unit) => String.raw`\\+u${eitherCases(unit)}`).join(''),
    // Byte by byte, as `printf %q`, `ls -b` and Git write what is not ASCII.
    utf8(char)
      .map((byte) => String.raw`\\+0?${byte.toString(8).padStart(3, '0')}`)
      .join(''),
    utf8(char)
      .map((byte) => String.raw`\\+x${eitherCases(hexOf(byte))}`)
      .join(''),
    `&#0?${number};`,
    `&#[xX]0?${eitherCases(Number(number).toString(16))};`,
    ...(escapes.get(char) ?? []),
  ];
  return `(?:${forms.join('|')})`;
}

/** Regular expressions of what stands for a mark beside its code. */
const escapes: ReadonlyMap<string, readonly string[]> = new Map([
  ['\n', [String.raw`\r\n`, String.raw`\\+(?:r\\+)?n`]],
  ['\r', [String.raw`\\+r`]],
  ['\t', [String.raw`\\+t`]],
  ['\u0007', [String.raw`\\+a`]],
  ['\b', [String.raw`\\+b`]],
  ['\v', [String.raw`\\+v`]],
  ['\f', [String.raw`\\+f`]],
  ['\u001b', [String.raw`\\+[eE]`]],
  [' ', [String.raw`\+`]],
  ["'", ["''", String.raw`'\\+''`, `'"'"'`, '&apos;']],
  ['"', ['""', '&quot;']],
  ['&', ['&amp;']],
  ['<', ['&lt;']],
  ['>', ['&gt;']],
]);

function eitherCases(digits: string): string {
  return digits.replace(/[A-Fa-f]/g, (digit) => `[${digit.toUpperCase()}${digit.toLowerCase()}]`);
}

/** The value as it is, escaped as JSON, shells, SQL, XML and addresses escape it, in hexadecimal and in base64. */
function formsOf(value: string): string[] {
  const bytes = utf8(value);
  const json = JSON.stringify(value).slice(1, -1);
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const url = bytes
    .map((byte) => (unreserved.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${hexOf(byte)}`))
    .join('');
  const forms = [
    value,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll('/', '\\/'),
    json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    value.replaceAll("'", "''"),
    value.replaceAll("'", "'\\''"),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    url,
    url.replaceAll('%20', '+'),
    encodeLikeBrowsers(url),
  ];
  // Short values would make encodings of one or two characters, which stand everywhere by chance.
  if (bytes.length >= 4) forms.push(hex, hex.toUpperCase(), ...base64Forms(bytes));
  return forms.filter((form) => form !== '');
}

/** The shortest piece of a secret that is taken out beside a cut; what is shorter tells nothing and stands anywhere by chance. */
const shortestPiece = 4;

/** Takes out the beginning of a form where a text breaks off before `…`, and the end of one where it goes on behind it. */
function halfRemover(forms: readonly string[]): (text: string) => string {
  const long = forms.filter((form) => form.length > shortestPiece);
  if (long.length === 0) return (text) => text;
  let known: ReadonlyMap<string, readonly PlaceInForm[]> | undefined;
  const placesOf = (gram: string): readonly PlaceInForm[] => (known ??= gramsOf(long)).get(gram) ?? [];
  const pieceBefore = (text: string): number => {
    const fits = ({ form, at }: PlaceInForm): boolean => text.endsWith(form.slice(0, at + shortestPiece));
    return Math.max(0, ...placesOf(text.slice(-shortestPiece)).map((one) => (fits(one) ? one.at + shortestPiece : 0)));
  };
  const pieceAfter = (text: string): number => {
    const fits = ({ form, at }: PlaceInForm): boolean => text.startsWith(form.slice(at));
    return Math.max(
      0,
      ...placesOf(text.slice(0, shortestPiece)).map((one) => (fits(one) ? one.form.length - one.at : 0)),
    );
  };
  return (text) => {
    if (!text.includes('…')) return text;
    const parts = text.split('…');
    const reach = Math.max(...long.map(({ length }) => length)) + 1;
    return parts
      .map((part, index) => {
        let kept = part;
        if (index > 0) {
          const [, gap = ''] = /^(\n?)/.exec(kept) ?? [];
          const piece = pieceAfter(kept.slice(gap.length, gap.length + reach));
          if (piece > 0) kept = `${gap}${redacted}${kept.slice(gap.length + piece)}`;
        }
        if (index < parts.length - 1) {
          const gap = kept.endsWith('\n') ? 1 : 0;
          const end = kept.length - gap;
          const piece = pieceBefore(kept.slice(Math.max(0, end - reach), end));
          if (piece > 0) kept = `${kept.slice(0, end - piece)}${redacted}${kept.slice(end)}`;
        }
        return kept;
      })
      .join('…');
  };
}

interface PlaceInForm {
  readonly form: string;
  readonly at: number;
}

/** Where each run of `shortestPiece` characters stands in the forms: whatever piece is there, it begins and ends with one. */
function gramsOf(forms: readonly string[]): ReadonlyMap<string, readonly PlaceInForm[]> {
  const places = new Map<string, PlaceInForm[]>();
  for (const form of forms)
    for (let at = 0; at + shortestPiece <= form.length; at++) {
      const gram = form.slice(at, at + shortestPiece);
      const known = places.get(gram);
      if (known) known.push({ form, at });
      else places.set(gram, [{ form, at }]);
    }
  return places;
}

const unreserved = /[A-Za-z0-9\-._~]/;

function hexOf(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

/** `encodeURIComponent` leaves a few marks as they are. */
function encodeLikeBrowsers(url: string): string {
  return url.replace(/%(21|27|28|29|2A)/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function escapeForm(form: string): string {
  const escaped = form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return escaped.replace(/%([0-9A-F])([0-9A-F])/g, (_all, a: string, b: string) => `%${eitherCase(a)}${eitherCase(b)}`);
}

function eitherCase(digit: string): string {
  return /[A-F]/.test(digit) ? `[${digit}${digit.toLowerCase()}]` : digit;
}

/**
 * The value in base64 by itself, and as the middle of something longer (`user:secret`), where it may begin at any of
 * three places in a group: the characters that depend on the value alone. Both alphabets.
 */
function base64Forms(bytes: readonly number[]): string[] {
  const forms = new Set<string>();
  const whole = base64(bytes);
  forms.add(whole);
  forms.add(whole.replace(/=+$/, ''));
  for (let shift = 0; shift < 3; shift++) {
    const padded = base64([...new Array<number>(shift).fill(0), ...bytes]).replace(/=+$/, '');
    const first = Math.ceil((shift * 8) / 6);
    const last = Math.floor(((shift + bytes.length) * 8) / 6);
    const middle = padded.slice(first, last);
    if (middle.length >= 5) forms.add(middle);
  }
  return [...forms].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.slice(i, i + 3);
    text += alphabet.charAt(a >> 2) + alphabet.charAt(((a & 3) << 4) | ((b ?? 0) >> 4));
    text += b === undefined ? '=' : alphabet.charAt(((b & 15) << 2) | ((c ?? 0) >> 6));
    text += c === undefined ? '=' : alphabet.charAt(c & 63);
  }
  return text;
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
}
