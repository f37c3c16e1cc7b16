// Holds the house rules that types cannot: who imports whom, one opening comment a file, sizes, names, no forbidden words.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** What each room may import: other rooms, and packages (a trailing `*` is a prefix). `node:` stands for any built-in module. */
const rooms: Record<string, { rooms: string[]; packages: string[] }> = {
  'src/base': { rooms: [], packages: ['@eslint-community/regexpp'] },
  'src/diagnostics': { rooms: ['base'], packages: [] },
  'src/guide': { rooms: ['base', 'diagnostics'], packages: ['yaml'] },
  'src/plan': { rooms: ['base'], packages: ['zod', 'yaml'] },
  'src/effect': { rooms: ['base', 'plan'], packages: ['unbash'] },
  'src/guard': { rooms: ['base', 'diagnostics'], packages: ['@bufbuild/cel', '@bufbuild/cel-spec', 'unbash', 're2js'] },
  'src/compile': { rooms: ['base', 'diagnostics', 'guide', 'plan', 'effect', 'guard'], packages: [] },
  'src/check': {
    rooms: ['base', 'diagnostics', 'guide', 'plan', 'guard'],
    packages: ['yaml', 'unbash', '@prometheus-io/lezer-promql', '@grafana/lezer-logql'],
  },
  'src/run': { rooms: ['base', 'plan', 'guard'], packages: ['zod', '@bufbuild/re2'] },
  'src/model': { rooms: ['base', 'run'], packages: [] },
  'src/editing': {
    rooms: ['base', 'diagnostics', 'guide', 'plan', 'effect', 'guard', 'compile', 'check'],
    packages: [],
  },
  'src/propose': {
    rooms: ['base', 'diagnostics', 'guide', 'plan', 'guard', 'run', 'model', 'editing'],
    packages: ['minisearch'],
  },
  'src/diagram': { rooms: ['base', 'plan', 'run'], packages: ['@dagrejs/dagre', 'elkjs*', '@viz-js/viz'] },
  'src/chart': { rooms: ['base', 'run'], packages: [] },
  'src/scenario': { rooms: ['base', 'plan', 'guard', 'run'], packages: ['zod', 'yaml'] },
  'src/report': { rooms: ['base', 'plan', 'guard', 'run', 'diagram', 'chart'], packages: [] },
  'src/protocol': { rooms: ['base', 'diagram'], packages: ['zod'] },
  'src/tools': {
    rooms: ['base', 'plan', 'effect', 'run'],
    packages: [
      'node:',
      'zod',
      'yaml',
      'unbash',
      '@duckdb/node-api',
      'node-sqlite3-wasm',
      'pg',
      'mysql2',
      '@modelcontextprotocol/client*',
    ],
  },
  'src/adapters': {
    rooms: ['base', 'plan', 'run', 'model', 'tools'],
    packages: ['node:', 'zod', 'yaml', 'openai'],
  },
  'src/cli': {
    rooms: [
      'base',
      'diagnostics',
      'guide',
      'plan',
      'guard',
      'compile',
      'check',
      'run',
      'editing',
      'diagram',
      'chart',
      'scenario',
      'report',
      'model',
      'propose',
      'tools',
      'adapters',
    ],
    packages: ['node:', 'commander', 'zod', '@modelcontextprotocol/server*'],
  },
  'src/extension': {
    rooms: [
      'base',
      'diagnostics',
      'guide',
      'plan',
      'guard',
      'compile',
      'check',
      'run',
      'editing',
      'diagram',
      'chart',
      'scenario',
      'report',
      'model',
      'propose',
      'protocol',
      'tools',
      'adapters',
    ],
    packages: ['node:', 'vscode', '@vscode/debugadapter', '@vscode/debugprotocol', '@noble/hashes', 'yaml'],
  },
  webview: { rooms: ['base', 'diagram', 'protocol'], packages: ['@vscode/webview-ui-toolkit'] },
};

/** Files above 600 lines need a reason here. */
const longFiles: Record<string, string> = {};

const forbiddenNames = /^(utils|helpers|common|misc|types|constants)\.ts$|Manager/;

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'node_modules' ? [] : sources(path);
    return /\.(ts|mts|mjs)$/.test(name) ? [path] : [];
  });
}

function imports(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"`]*?from\s+['"]([^'"]+)['"]/g))
    found.push(match[1] ?? '');
  for (const match of text.matchAll(/(?:^|\n)\s*import\s+['"]([^'"]+)['"]/g)) found.push(match[1] ?? '');
  for (const match of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) found.push(match[1] ?? '');
  return found;
}

const roomOf = (path: string): string | undefined =>
  Object.keys(rooms).find((room) => path === join(root, room) || path.startsWith(join(root, room) + sep));

describe('architecture', () => {
  const all = Object.keys(rooms).flatMap((room) => sources(join(root, room)));

  it('finds the sources', () => assert.ok(all.length > 20, `only ${all.length} files`));

  it('imports follow the table of rooms', () => {
    const faults: string[] = [];
    for (const file of all) {
      const room = roomOf(file);
      const rule = room && rooms[room];
      if (!room || !rule) continue;
      for (const specifier of imports(readFileSync(file, 'utf8'))) {
        const where = `${relative(root, file)} imports ${specifier}`;
        if (specifier.startsWith('.')) {
          const target = resolve(dirname(file), specifier);
          const targetRoom = roomOf(target);
          if (targetRoom === room) continue;
          if (!targetRoom) faults.push(`${where}: outside the rooms`);
          else if (!rule.rooms.includes(targetRoom.replace('src/', '')))
            faults.push(`${where}: ${room} may not import ${targetRoom}`);
          else if (basename(target) !== 'index.ts') faults.push(`${where}: import the room through its index.ts`);
        } else {
          const bare = specifier.replace(/^node:/, '');
          const builtin = specifier.startsWith('node:') || builtinModules.includes(bare);
          const allowed = builtin
            ? rule.packages.includes('node:')
            : rule.packages.some((name) =>
                name.endsWith('*')
                  ? specifier.startsWith(name.slice(0, -1))
                  : specifier === name || specifier.startsWith(`${name}/`),
              );
          if (!allowed) faults.push(`${where}: ${room} may not import it`);
        }
      }
    }
    assert.deepEqual(faults, []);
  });

  it('compile and run never import each other, and no index re-exports everything', () => {
    const faults = all
      .filter((file) => /export\s+\*\s+from/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(root, file));
    assert.deepEqual(faults, []);
  });

  it('every file opens by saying what it is for', () => {
    const faults = all
      .filter((file) => {
        const text = readFileSync(file, 'utf8').replace(/^#!.*\n/, '');
        return !/^(\/\/ .{20,}|\/\*\*?[\s\S]{20,}?\*\/)/.test(text);
      })
      .map((file) => relative(root, file));
    assert.deepEqual(faults, []);
  });

  it('files stay below 600 lines unless excepted, and names say what they hold', () => {
    const faults: string[] = [];
    for (const file of all) {
      const name = relative(root, file);
      const lines = readFileSync(file, 'utf8').split('\n').length;
      if (lines > 600 && !longFiles[name]) faults.push(`${name}: ${lines} lines`);
      if (forbiddenNames.test(basename(file))) faults.push(`${name}: say what it holds`);
      if (!/^[a-z0-9-]+(\.d)?\.(ts|mts|mjs)$/.test(basename(file))) faults.push(`${name}: kebab-case`);
    }
    assert.deepEqual(faults, []);
  });

  it('the core has no clock, randomness, process or promise of one', () => {
    const core = [
      'base',
      'diagnostics',
      'guide',
      'plan',
      'guard',
      'compile',
      'check',
      'run',
      'model',
      'propose',
      'editing',
      'diagram',
      'chart',
      'scenario',
      'report',
      'protocol',
    ];
    const faults: string[] = [];
    for (const room of core)
      for (const file of sources(join(root, 'src', room))) {
        const text = readFileSync(file, 'utf8').replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '');
        if (
          /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\s*\)|\bprocess\.(env|cwd|exit)|\bsetTimeout\(|\bsetInterval\(/.test(
            text,
          )
        )
          faults.push(relative(root, file));
        if (room === 'run' && basename(file) !== 'drive.ts' && /\basync\b|\bawait\b|\.then\(/.test(text))
          faults.push(`${relative(root, file)}: only drive.ts is asynchronous in run`);
      }
    assert.deepEqual(faults, []);
  });

  it('nothing waits by polling', () => {
    // A period longer than a week polls nothing: it only keeps a process alive.
    const faults = all
      .filter((file) => /\bsetInterval\(/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(root, file));
    assert.deepEqual(faults, []);
  });

  it('the lock file records no download addresses', () => {
    assert.ok(!/"resolved":\s*"http/.test(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  });
});
