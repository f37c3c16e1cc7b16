// Keeps secret values out of everything that is journalled, shown or logged: before an event is decided upon, each form
// in which a secret may show in a tool's words is replaced by `***`. Structure, numbers of lines and hashes stay. So is the
// half of a secret that stands where a tool has cut its output, which is marked by `…`.
import type { Json } from '../base/index.ts';
import type { ParameterValue } from './ports.ts';

/** Replaces every form of the secrets in texts, keys and numbers; gives the same object when nothing was found. */
export type Redact = <T>(value: T) => T;

/** What stands where a secret stood. */
export const redacted = '***';

/** Makes the replacement for these secret values. Without any, it gives back what it gets. */
export function redactor(secrets: readonly ParameterValue[]): Redact {
  const texts = secrets.filter((value) => typeof value !== 'boolean' && value !== '').map(String);
  if (texts.length === 0) return (value) => value;
  const forms = [...new Set(texts.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(forms.map(escapeForm).join('|'), 'g');
  const withoutHalves = halfRemover(forms);
  const clean = (text: string): string => withoutHalves(text.replace(pattern, redacted));
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
