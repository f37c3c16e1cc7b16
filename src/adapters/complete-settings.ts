// What can stand at a place of `tsg.yaml` that no JSON Schema knows: names that the same file gives - environments and tools
// in the rules for approvals, the environment that counts, tools in an environment, secrets in a reference.
import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument, type Document } from 'yaml';

export interface SettingsCompletion {
  /** What the name takes the place of. */
  readonly start: number;
  readonly end: number;
  readonly names: readonly { readonly name: string; readonly kind: 'environment' | 'tool' | 'secret' }[];
}

/** No name has this character, and YAML gives it no meaning. */
const mark = '\uE000';

/** The names that fit at an offset; null where there is nothing that the file itself could name. The text may be broken. */
export function completeSettings(text: string, offset: number): SettingsCompletion | null {
  const secret = /\$\{secret:([\w.-]*)$/.exec(text.slice(0, offset));
  const word = (pattern: RegExp, from: string): string => pattern.exec(from)?.[0] ?? '';
  const before = word(/[\w.-]*$/, text.slice(0, offset));
  const after = word(/^[\w.-]*/, text.slice(offset));
  const [start, end] = [offset - before.length, offset + after.length];
  const marked = `${text.slice(0, start)}${mark}${text.slice(end)}`;
  const document = parsed(marked);
  if (!document) return null;
  const offered = (kind: 'environment' | 'tool' | 'secret', names: readonly string[]): SettingsCompletion => ({
    start,
    end,
    names: names.map((name) => ({ name, kind })),
  });
  if (secret) return offered('secret', keysAt(document, ['secrets']));
  const place = placeOfMark(document, marked);
  if (!place) return null;
  const { path, isKey } = place;
  const taken = new Set(listAt(document, path.slice(0, -1)));
  const free = (names: readonly string[]): readonly string[] => names.filter((name) => !taken.has(name));
  const environments = keysAt(document, ['environments']);
  const [top, second, third] = path;
  if (isKey) {
    if (top !== 'environments' || third !== 'tools' || path.length !== 4) return null;
    const known = keysAt(document, path.slice(0, -1));
    return offered(
      'tool',
      keysAt(document, ['tools']).filter((name) => !known.includes(name)),
    );
  }
  if (top === 'environment' && path.length === 1) return offered('environment', environments);
  if (top !== 'approvals' || typeof second !== 'number' || path.length !== 4) return null;
  if (third === 'environments') return offered('environment', free(environments));
  if (third !== 'tools') return null;
  const everywhere = environments.flatMap((name) => keysAt(document, ['environments', name, 'tools']));
  return offered('tool', free([...new Set([...keysAt(document, ['tools']), ...everywhere])]));
}

function parsed(text: string): Document | null {
  try {
    return parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  } catch {
    return null;
  }
}

type Path = readonly (string | number)[];

/** Where the mark stands: the keys and numbers that lead to it, and whether it is a key itself. */
function placeOfMark(document: Document, text: string): { readonly path: Path; readonly isKey: boolean } | null {
  const search = (node: unknown, path: Path): { path: Path; isKey: boolean } | null => {
    if (isScalar(node)) return node.value === mark ? { path, isKey: false } : null;
    if (isSeq(node)) return first(node.items.map((item, index) => () => search(item, [...path, index])));
    if (!isMap(node)) return null;
    return first(
      node.items.map((pair) => () => {
        if (!isPair(pair) || !isScalar(pair.key)) return null;
        const below = [...path, String(pair.key.value)];
        if (pair.key.value === mark) return { path: below, isKey: true };
        // A word on a line of its own below a key is another key in the making.
        const value = isAlias(pair.value) ? undefined : pair.value;
        const alone = isScalar(value) && value.value === mark && startsLine(text, value.range?.[0]);
        return alone ? { path: [...below, mark], isKey: true } : search(value, below);
      }),
    );
  };
  return search(document.contents, []);
}

/** True at the first word of a line. */
function startsLine(text: string, offset: number | undefined): boolean {
  return offset !== undefined && /(^|\n)[ \t]*$/.test(text.slice(0, offset));
}

function first<T>(tries: readonly (() => T | null)[]): T | null {
  for (const attempt of tries) {
    const found = attempt();
    if (found) return found;
  }
  return null;
}

function keysAt(document: Document, path: Path): readonly string[] {
  const node = document.getIn(path, true);
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key }) =>
    isScalar(key) && typeof key.value === 'string' && key.value !== mark ? [key.value] : [],
  );
}

function listAt(document: Document, path: Path): readonly string[] {
  const node = path.length === 0 ? undefined : document.getIn(path, true);
  if (!isSeq(node)) return [];
  return node.items.flatMap((item) => (isScalar(item) && typeof item.value === 'string' ? [item.value] : []));
}
