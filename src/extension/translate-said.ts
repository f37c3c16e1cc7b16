// Puts into the editor's language what the core said in English: findings, hints, titles of fixes, what a hover tells. The core
// makes plain texts; which message a text was made from is found by the bundle's own keys, whose holes stand for the values.
// Nothing is looked for while the editor speaks English, because then there is no bundle.
import { remember } from '../base/index.ts';

/** Messages with holes (`{0}`) by their English form, as `vscode.l10n.bundle` has them. */
export type Bundle = Readonly<Record<string, string>>;

interface Pattern {
  readonly key: string;
  readonly match: RegExp;
  /** Numbers of the holes, in the order of the English form. */
  readonly holes: readonly number[];
  /** How many characters are the message's own. */
  readonly weight: number;
  /** `{0} and {1}` fits whatever an author writes: only a part of a message of ours is held against it. */
  readonly isLoose: boolean;
}

/** A function that tells a text in the bundle's language; a text that none of its messages fits stays as it is. */
export function translator(bundle: Bundle | undefined): (text: string) => string {
  if (!bundle || Object.keys(bundle).length === 0) return (text) => text;
  const patterns = Object.keys(bundle)
    .flatMap((key) => patternOf(key))
    .sort((a, b) => b.weight - a.weight);
  const whole = (text: string, isPart = false): string | null => {
    if (Object.hasOwn(bundle, text)) return bundle[text] ?? text;
    for (const { key, match, holes, isLoose } of patterns) {
      const found = isLoose && !isPart ? null : match.exec(text);
      if (!found) continue;
      const values = new Map(holes.map((hole, at) => [hole, part(found[at + 1] ?? '')]));
      return (bundle[key] ?? key).replace(/\{(\d+)\}/g, (hole, number: string) => values.get(Number(number)) ?? hole);
    }
    return null;
  };
  /** A value may be words of ours too: "nothing follows `AND`". Quoted ones are the author's. */
  const part = (value: string): string =>
    /^`[^`]*`$/.test(value) || !/[a-z]{2}/.test(value) ? value : (whole(value, true) ?? value);
  /** Several sentences, each of which is a message: a hole of the first would else swallow the others. */
  const sentencesOf = (words: string): string | null => {
    const sentences = words.split(/(?<=[.!?]) (?=[\p{Lu}`])/u);
    if (sentences.length < 2 || Object.hasOwn(bundle, words)) return null;
    const told = sentences.map((sentence) => whole(sentence));
    return told.every((sentence) => sentence !== null) ? told.join(' ') : null;
  };
  const line = (text: string): string => {
    const [, mark = '', words = '', end = ''] = /^(\s*(?:[-*] )?)([^]*?)(\s*)$/.exec(text) ?? [];
    // Parts beside one another: what a block of code is and does, a condition and where it leads.
    const sign = [' · ', ' → ', ' ← '].find((one) => words.includes(one));
    if (sign !== undefined && !words.includes('\n')) return mark + words.split(sign).map(line).join(sign) + end;
    const found = sentencesOf(words) ?? whole(words);
    if (found !== null) return mark + found + end;
    // What a name means.
    const [, name, meaning = '', dot = ''] = /^(`[^`\n]+`: )([^]+?)(\.?)$/.exec(words) ?? [];
    if (name !== undefined) return mark + name + (whole(meaning) ?? meaning) + dot + end;
    const sentences = words.split(/(?<=[.!?]) (?=[\p{Lu}`])/u);
    return sentences.length < 2
      ? text
      : mark + sentences.map((sentence) => whole(sentence) ?? sentence).join(' ') + end;
  };
  return remember((text) => {
    const found = text.includes('\n') ? whole(text) : null;
    return found ?? text.split('\n').map(line).join('\n');
  }, 2000);
}

/** A message whose holes take any text; none for one that is mostly holes and would fit anything. */
function patternOf(key: string): Pattern[] {
  const pieces = key.split(/\{(\d+)\}/);
  if (pieces.length < 3) return [];
  const own = pieces.filter((_, at) => at % 2 === 0);
  const weight = own.join('').length;
  const letters = own.join('').replace(/[^\p{L}]/gu, '').length;
  if (letters < 3) return [];
  const source = own.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join(String.raw`([^\n]*?)`);
  const holes = pieces.filter((_, at) => at % 2 === 1).map(Number);
  return [
    {
      key,
      match: new RegExp(`^${source}$`),
      holes,
      weight,
      isLoose: letters < 12 && /^[\p{L}\s,;]*$/u.test(own.join('')) && !/\p{L}{3}/u.test(own[0] ?? ''),
    },
  ];
}
