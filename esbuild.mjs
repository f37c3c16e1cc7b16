// Builds everything that is run from dist/: the command line, the extension, its workers and the webview.
// `node esbuild.mjs` once, `--watch` to follow changes, `--production` to minify.
import { build, context } from 'esbuild';
import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';

const watch = process.argv.includes('--watch');
const loadModule = createRequire(import.meta.url);
const production = process.argv.includes('--production');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  target: 'node20',
  // Node and browsers know \p{…}: written as `new RegExp(…)` a pattern would be made at each call of its function.
  supported: { 'regexp-unicode-property-escapes': true },
  logOverride: { 'import-is-undefined': 'error' },
};
// Native or wasm packages stay outside the bundles and are resolved from node_modules when first used.
const external = ['@duckdb/node-api', 'node-sqlite3-wasm', 'vscode'];
const nodeEsm = {
  ...shared,
  platform: 'node',
  format: 'esm',
  external,
  // CommonJS packages inside an ES module bundle look for these names.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

// `import.meta.url` has no meaning in CommonJS: the define gives the file's own URL.
const nodeCjs = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  external,
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': '__bundleUrl' },
  banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** Of the languages that zod tells its problems in, ours are told in one; the others would be two thirds of it. */
const oneLanguage = {
  name: 'one-language',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

/** Keeps a package out of a CommonJS bundle: the functions named load it, from a file of its own, when first called. */
function loadedLater(name, functions) {
  return {
    name: `${name}-later`,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: `${name}-later` }));
      build.onResolve({ filter: /\.cjs$/, namespace: `${name}-later` }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /.*/, namespace: `${name}-later` }, () => ({
        contents: [
          `let loaded; const load = () => (loaded ??= require('./${name}.cjs'));`,
          ...functions.map((name) => `export const ${name} = (...given) => load().${name}(...given);`),
        ].join('\n'),
      }));
    },
  };
}

/** Keeps the grammars of PromQL and LogQL out of the main file: their tables are built when the first query is checked. */
const grammarsLater = {
  name: 'grammars-later',
  setup(build) {
    const files = { '@prometheus-io/lezer-promql': 'promql', '@grafana/lezer-logql': 'logql' };
    build.onResolve({ filter: /^@[\w-]+\/lezer-\w+$/ }, ({ path }) => ({ path, namespace: 'grammars-later' }));
    build.onResolve({ filter: /\.cjs$/, namespace: 'grammars-later' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /.*/, namespace: 'grammars-later' }, ({ path }) => ({
      contents: `let loaded; export const parser = { parse: (...given) => (loaded ??= require('./${files[path]}.cjs')).parser.parse(...given) };`,
    }));
  },
};

/** Keeps the effect room out of the extension's main file: it is loaded with the first guide that holds an action. */
const effectLater = {
  name: 'effect-later',
  setup(build) {
    build.onResolve({ filter: /\/effect\/index\.ts$/ }, () => ({ path: 'effect', namespace: 'effect-later' }));
    build.onResolve({ filter: /\.cjs$/, namespace: 'effect-later' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /.*/, namespace: 'effect-later' }, () => ({
      contents: [
        `let loaded; const load = () => (loaded ??= require('./effect.cjs'));`,
        ...[
          'classifyEffect',
          'expandedInPowershell',
          'expandedVariables',
          'objectsInPowershell',
          'significant',
          'tokenizeSql',
        ].map((name) => `export const ${name} = (...given) => load().${name}(...given);`),
      ].join('\n'),
    }));
  },
};

/** The rooms that know guides. They are one file, which the extension's main file loads when the first of them is asked something. */
const languageRooms = ['check', 'compile', 'diagnostics', 'editing', 'guard', 'guide', 'plan'];
/** Those of them that the main file may ask; the others serve these. */
const askedRooms = ['check', 'editing', 'guide', 'plan'];

/**
 * Keeps those rooms out of the extension's main file: what it imports of a room is looked up in language.cjs at each use, so that
 * there is one of everything - each memory, each class - and none of it is loaded to register who answers.
 */
const languageLater = {
  name: 'language-later',
  setup(build) {
    build.onResolve({ filter: /\/index\.ts$/ }, ({ path, resolveDir, namespace }) => {
      const room = relative('src', dirname(resolve(resolveDir, path)));
      return namespace === 'file' && languageRooms.includes(room)
        ? { path: room, namespace: 'language-later', sideEffects: false }
        : undefined;
    });
    build.onResolve({ filter: /\.cjs$/, namespace: 'language-later' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /.*/, namespace: 'language-later' }, async ({ path: room }) => ({
      contents: [
        `const room = () => require('./language.cjs').${room};`,
        'module.exports = {',
        ...(await exportsOf(room)).map((name) => `  get ${name}() { return room().${name}; },`),
        '};',
      ].join('\n'),
    }));
  },
};

/** The names of the values that a room exports. */
async function exportsOf(room) {
  const entryPoints = [`src/${room}/index.ts`];
  const { metafile } = await build({ entryPoints, format: 'esm', outdir: 'dist', write: false, metafile: true });
  return Object.values(metafile.outputs).flatMap(({ exports }) => exports);
}

/** Names of the editor's API that are younger than its types here; undefined in an editor that does not have them. */
const youngerNames = ['McpStdioServerDefinition'];

/**
 * The editor's API as a module of its names. Without it each of our files that imports `vscode` would copy all of its properties
 * when it is loaded, and that cost a third of loading the extension.
 */
const editorNames = {
  name: 'editor-names',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'editor-names' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'editor-names' },
    );
    build.onLoad({ filter: /.*/, namespace: 'editor-names' }, () => {
      const types = readFileSync('node_modules/@types/vscode/index.d.ts', 'utf8');
      const names = types.matchAll(/^\t(?:export )?(?:abstract )?(?:class|enum|namespace|const|function) (\w+)/gm);
      const values = [...new Set([...names].map(([, name]) => name)), ...youngerNames].join(', ');
      return { contents: `const editor = require('vscode'); export const { ${values} } = editor;` };
    });
  },
};

/**
 * Those modules of Node that are dear to load are loaded when something of them is first used: they bring streams and ciphers with
 * them, which cost a fifth of loading the extension where nothing else has asked for them yet.
 */
const nodeLater = {
  name: 'node-later',
  setup(build) {
    build.onResolve({ filter: /^node:(?:crypto|fs\/promises|worker_threads)$/ }, ({ path, namespace }) =>
      namespace === 'file' ? { path, namespace: 'node-later' } : { path, external: true },
    );
    build.onLoad({ filter: /.*/, namespace: 'node-later' }, ({ path }) => ({
      contents: [
        `const dear = () => require('${path}');`,
        'module.exports = {',
        ...Object.keys(loadModule(path)).map((name) => `  get ${name}() { return dear().${name}; },`),
        '};',
      ].join('\n'),
    }));
  },
};

/** The parser of patterns says nothing of what it does when it is loaded, which is nothing: who asks for no pattern goes without it. */
const patternsWhereAsked = {
  name: 'patterns-where-asked',
  setup(build) {
    build.onResolve({ filter: /^@eslint-community\/regexpp$/ }, async ({ path, pluginData, ...rest }) =>
      pluginData === 'found'
        ? undefined
        : { ...(await build.resolve(path, { ...rest, pluginData: 'found' })), sideEffects: false },
    );
  },
};

/** In the browser build a file of `src/extension/browser` stands for the one of its name that needs Node. */
const browserFiles = {
  name: 'browser-files',
  setup(build) {
    build.onResolve({ filter: /\/(?:digest|layout-service|text-checker)\.ts$/ }, ({ path, kind, importer }) =>
      kind === 'import-statement' && importer.startsWith(resolve('src/extension'))
        ? { path: resolve('src/extension/browser', path.split('/').at(-1)) }
        : undefined,
    );
  },
};

/** Every output, by its entry. An entry whose file does not exist is an error, never skipped silently. */
export const outputs = [
  {
    ...nodeEsm,
    entryPoints: { tsg: 'src/cli/main.ts', 'guide-worker': 'src/cli/guide-worker.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    splitting: true,
    chunkNames: 'cli/[name]-[hash]',
    plugins: [oneLanguage],
  },
  {
    ...nodeEsm,
    entryPoints: { 'sql-worker': 'src/tools/sql/sql-worker.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
  },
  {
    ...nodeEsm,
    entryPoints: { 'layout-worker': 'src/extension/preview/layout-worker.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
  },
  // The extension's main file stays small: what knows guides is a file of its own, loaded with the first guide, and so is what only
  // runs need, loaded by the first run.
  {
    ...nodeCjs,
    entryPoints: { extension: 'src/extension/extension.ts' },
    plugins: [
      editorNames,
      languageLater,
      nodeLater,
      patternsWhereAsked,
      {
        name: 'engine-apart',
        setup(build) {
          build.onResolve({ filter: /\/engine\.ts$/ }, ({ kind }) =>
            kind === 'dynamic-import' ? { path: './engine.cjs', external: true } : undefined,
          );
        },
      },
    ],
  },
  // The thread that checks guides which are not open; it asks the same file of the rooms that know guides.
  { ...nodeCjs, entryPoints: { 'check-worker': 'src/extension/check-worker.ts' }, plugins: [languageLater] },
  {
    ...nodeCjs,
    stdin: {
      contents: askedRooms.map((room) => `export * as ${room} from './src/${room}/index.ts';`).join('\n'),
      resolveDir: resolve('.'),
      sourcefile: 'language.ts',
    },
    outdir: undefined,
    outExtension: undefined,
    outfile: 'dist/language.cjs',
    plugins: [
      effectLater,
      grammarsLater,
      loadedLater('unbash', ['parse']),
      loadedLater('yaml', ['isMap', 'isScalar', 'isSeq', 'parseAllDocuments', 'parseDocument']),
    ],
  },
  // The browser build. Modules of Node do not resolve for a browser, so one that slips in fails the build.
  {
    ...shared,
    platform: 'browser',
    format: 'cjs',
    target: 'es2022',
    external: ['vscode'],
    // A web worker has no document.
    conditions: ['worker'],
    entryPoints: { 'browser-extension': 'src/extension/browser-extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    plugins: [browserFiles, editorNames],
  },
  {
    ...nodeCjs,
    entryPoints: { promql: '@prometheus-io/lezer-promql', logql: '@grafana/lezer-logql' },
  },
  {
    ...nodeCjs,
    entryPoints: { engine: 'src/extension/engine.ts', unbash: 'unbash', yaml: 'yaml' },
    plugins: [oneLanguage],
  },
  {
    ...nodeCjs,
    entryPoints: { effect: 'src/effect/index.ts' },
    plugins: [loadedLater('unbash', ['forEachChild', 'parse'])],
  },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: { main: 'webview/main.ts', style: 'webview/style.css' },
    outdir: 'dist/webview',
  },
  // The script and style that an exported HTML page carries inside it.
  {
    ...shared,
    minify: true,
    sourcemap: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: { page: 'webview/page.ts', 'page-style': 'webview/page.css' },
    outdir: 'dist/webview',
  },
];

async function main() {
  if (watch) {
    for (const options of outputs) await (await context(options)).watch();
    console.log('watching');
    return;
  }
  const results = await Promise.all(outputs.map((options) => build({ ...options, metafile: true })));
  keepMainFileSmall(results.flatMap(({ metafile }) => Object.entries(metafile.outputs)));
  const fresh = results.flatMap(({ metafile }) => Object.keys(metafile.outputs).map((path) => resolve(path)));
  removeStale(new Set([...fresh, copyForOlderHosts()]));
}

/** What is not needed to register who answers must not be loaded with the editor: each file has only what its time asks for. */
function keepMainFileSmall(made) {
  const heavy =
    /^node_modules\/(elkjs|@viz-js|@dagrejs|openai|pg|mysql2|minisearch|@modelcontextprotocol|liquidjs|uplot)\//;
  const ofGuides = new RegExp(
    `^(?:src/(?:${languageRooms.join('|')})/|node_modules/(?:remark|mdast|micromark|unified|yaml|unbash|@bufbuild)\\b)|^language-later:(?!${askedRooms.join('|')})`,
  );
  for (const [file, refused, door] of [
    ['dist/extension.cjs', heavy, 'load it through load-engine.ts'],
    ['dist/extension.cjs', ofGuides, 'it belongs into language.cjs, see languageRooms'],
    ['dist/extension.cjs', /^node_modules\/@eslint-community\//, 'patterns are read where guides are'],
    ['dist/language.cjs', heavy, 'load it through load-engine.ts'],
  ]) {
    const [, output] = made.find(([path]) => path === file) ?? [];
    if (!output) throw new Error(`${file} was not built.`);
    const found = Object.entries(output.inputs).filter(
      ([path, { bytesInOutput }]) => bytesInOutput > 0 && refused.test(path),
    );
    if (found.length > 0) throw new Error(`${file} has ${found.map(([path]) => path).join(', ')} in it; ${door}.`);
  }
}

/** VS Code's browser host takes `.cjs` for CommonJS; older versions put `.js` behind it when they load the file. */
function copyForOlderHosts() {
  const copy = 'dist/browser-extension.cjs.js';
  copyFileSync('dist/browser-extension.cjs', copy);
  return resolve(copy);
}

/** Removes what an earlier build left; never the whole folder, so that a running editor or test keeps its files. */
function removeStale(fresh) {
  for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
    const path = resolve(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !fresh.has(path)) rmSync(path);
  }
}
await main();
