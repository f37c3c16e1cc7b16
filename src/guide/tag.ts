// Tags as HTML, JSX, Liquid and Hugo write them: a name, whether it closes, and attributes of which some hold words for people.
import type { Span } from '../base/index.ts';

export interface Tag extends Span {
  /** In lower case. */
  readonly name: string;
  readonly closes: boolean;
  /** Its name begins with a capital letter: a component of MDX. */
  readonly isComponent: boolean;
  /** What stands behind the name, as written, and where. */
  readonly rest: string;
  readonly restStart: number;
}

const tagHere = /<(\/?)([a-z][\w:.-]{0,40})((?:[\s/][^<>]{0,1000})?)>/iy;

/** The HTML tag that begins at `at` and ends before `end`. */
export function tagAt(text: string, at: number, end: number): Tag | null {
  tagHere.lastIndex = at;
  const match = tagHere.exec(text);
  if (!match || tagHere.lastIndex > end) return null;
  const [whole, slash = '', name = '', rest = ''] = match;
  return {
    name: name.toLowerCase(),
    closes: slash !== '',
    isComponent: /^[A-Z]/.test(name),
    rest,
    restStart: at + 1 + slash.length + name.length,
    start: at,
    end: at + whole.length,
  };
}

/** Where the words of the first attribute of these names stand: `title="Linux"`. */
export function attributeOf(
  { rest, restStart }: Pick<Tag, 'rest' | 'restStart'>,
  names: readonly string[],
): Span | null {
  for (const name of names) {
    const match = new RegExp(
      String.raw`(?:^|[\s{])${name}\s*=\s*(?:\{?"([^"]+)"|\{?'([^']+)'|([^\s"'<>{}]+))`,
      'i',
    ).exec(rest);
    const value = match?.[1] ?? match?.[2] ?? match?.[3];
    if (!match || value === undefined) continue;
    const start = restStart + match.index + match[0].lastIndexOf(value);
    return { start, end: start + value.length };
  }
  return null;
}
