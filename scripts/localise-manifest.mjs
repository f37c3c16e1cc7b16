// Moves the words of package.json that a person sees into package.nls.json, where translations begin, and drops the words that
// nothing names any more. Run it after adding a command, a setting or a view with plain words: node scripts/localise-manifest.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Properties whose texts VS Code shows. */
const shown = new Set([
  'altText',
  'category',
  'contents',
  'contextualTitle',
  'deprecationMessage',
  'description',
  'displayName',
  'enumDescriptions',
  'enumItemLabels',
  'label',
  'markdownDeprecationMessage',
  'markdownDescription',
  'markdownEnumDescriptions',
  'patternErrorMessage',
  'shortTitle',
  'title',
  'userDescription',
]);
/** Parts of the manifest that VS Code translates; the rest is for registries and tools. */
const translated = ['displayName', 'description', 'capabilities', 'contributes'];
/** Properties that name an entry of a list, so that a key outlives a change of the order. */
const naming = ['command', 'id', 'view', 'type', 'label'];
/** What names a place in the manifest only for machines. */
const silent = new Set(['contributes', 'properties', 'configurationAttributes', 'commands']);

/**
 * Goes through a manifest and calls `visit` for each text that a person sees: its key, the text, and a way to replace it.
 * A view's `name` is shown too.
 */
export function visitShown(manifest, visit) {
  for (const part of translated) if (part in manifest) walk(manifest, part, [], visit);
}

function walk(holder, name, path, visit) {
  const value = holder[name];
  const isShown = shown.has(String(name)) || (name === 'name' && path.includes('views'));
  if (typeof value === 'string' && isShown) {
    visit([...path, String(name)].join('.'), value, (text) => (holder[name] = text));
  } else if (isShown && Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    value.forEach((one, index) =>
      visit([...path, String(name), String(index)].join('.'), one, (text) => (value[index] = text)),
    );
  } else if (Array.isArray(value)) {
    const inner = silent.has(String(name)) ? path : [...path, String(name)];
    value.forEach((one, index) => {
      if (typeof one !== 'object' || one === null) return;
      const called = naming.map((key) => one[key]).find((found) => typeof found === 'string' && !found.startsWith('%'));
      const own = called?.replace(/[^\w.]+/g, '-') ?? String(index);
      for (const key of Object.keys(one)) walk(one, key, [...inner, own], visit);
    });
  } else if (typeof value === 'object' && value !== null) {
    const inner = silent.has(String(name)) ? path : [...path, String(name)];
    // Names and bodies of launch configurations are written into a file, not shown.
    for (const key of Object.keys(value)) if (name !== 'body') walk(value, key, inner, visit);
  }
}

/** The manifest with keys in the place of words, and the words by key in the manifest's order. */
export function localise(manifest, before) {
  const result = structuredClone(manifest);
  const words = {};
  visitShown(result, (made, text, replace) => {
    const key = /^%(.+)%$/.exec(text)?.[1];
    if (key !== undefined) {
      if (before[key] !== undefined) words[key] = before[key];
      return;
    }
    let name = made.endsWith('.category') ? `category.${text}` : made;
    for (let next = 2; (words[name] ?? before[name] ?? text) !== text; next++) name = `${made}.${String(next)}`;
    words[name] = text;
    replace(`%${name}%`);
  });
  return { manifest: result, words };
}

function main() {
  const root = resolve(import.meta.dirname, '..');
  const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));
  const write = (name, value) => writeFileSync(join(root, name), `${JSON.stringify(value, null, 2)}\n`);
  let before = {};
  try {
    before = read('package.nls.json');
  } catch {
    // The first time.
  }
  const { manifest, words } = localise(read('package.json'), before);
  write('package.json', manifest);
  write('package.nls.json', words);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
