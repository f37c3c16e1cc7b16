// What loading the extension's main file costs over loading an empty one: a fresh Node process each time, medians.
// The file is only loaded, not activated; `vscode` is a stand-in module because no editor is running.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from './median.ts';

const root = resolve(import.meta.dirname, '..');

/** Milliseconds to `require` dist/extension.cjs minus those for an empty file; the build must be there. */
export function benchActivation(rounds = 15): { extensionMs: number; emptyMs: number; overMs: number } {
  const folder = mkdtempSync(join(tmpdir(), 'tsg-bench-'));
  try {
    const empty = join(folder, 'empty.cjs');
    writeFileSync(empty, '');
    const probe = join(folder, 'probe.cjs');
    writeFileSync(
      probe,
      `const Module = require('node:module');
       const any = () => new Proxy(function () {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => '' : any()), construct: () => any(), apply: () => any() });
       const editor = Object.fromEntries(process.argv[3].split(' ').map((name) => [name, any()]));
       const load = Module._load;
       Module._load = function (name, ...rest) {
         if (name === './language.cjs') throw new Error('loading the extension asks what knows guides, which has a file of its own');
         return name === 'vscode' ? editor : load.call(this, name, ...rest);
       };
       const start = process.hrtime.bigint();
       require(process.argv[2]);
       process.stdout.write(String(Number(process.hrtime.bigint() - start) / 1e6));
       process.exit(0);`,
    );
    const types = readFileSync(join(root, 'node_modules', '@types', 'vscode', 'index.d.ts'), 'utf8');
    const names = [...types.matchAll(/^\t(?:export )?(?:abstract )?(?:class|enum|namespace|const|function) (\w+)/gm)];
    const editor = [...new Set(names.map(([, name]) => name ?? ''))].join(' ');
    const time = (file: string): number =>
      Number(execFileSync(process.execPath, [probe, file, editor], { encoding: 'utf8' }));
    const extension = join(root, 'dist', 'extension.cjs');
    const runs = Array.from({ length: rounds }, () => ({ extension: time(extension), empty: time(empty) }));
    const extensionMs = median(runs.map((run) => run.extension));
    const emptyMs = median(runs.map((run) => run.empty));
    return { extensionMs, emptyMs, overMs: extensionMs - emptyMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
