// Mutants of guides for fuzzing: a window of a guide whose lines are inserted, deleted, duplicated, swapped, cut or indented, the same
// mutant for the same seed. Inserted lines come from other guides, or from a list of lines that have been hard to read.

const hard = [
  '```',
  '~~~sql',
  '    ',
  '\t- item',
  '> quote',
  '>>> 1. If it fails:',
  '| a | b |',
  '|---|---|',
  '| x |',
  '<details>',
  '</details>',
  '<ol><li>If it fails, go to Step 2.',
  '<tr><td>slow</td><td><pre>ls &lt;x&gt;</pre>',
  '</table></ol>',
  '=== "Linux"',
  '    !!! note',
  ':::{tab-item} A',
  ':::',
  '[^1]: If it fails, restart it.',
  '<!--',
  '-->',
  '---',
  '===',
  '# ',
  '## Step 1: again',
  '1. Go to Step 99.',
  '9999999999. If not, go to step 1',
  '* [ ] If `rows.exists(r, r.a == 1)`, go to Step 2.',
  'If X, If Y, otherwise if Z, go to Step 1, Step 2 or Step 3.',
  'Otherwise, return to Step 1 and repeat 3 times.',
  '- Yes: go to Step 2',
  '- No: continue',
  '<PLUGIN_1>',
  '</PLUGIN_1>',
  '```mermaid\ngraph TD; A --> B{x}; B -->|yes| A',
  '[a]: #b',
  '[x](#step-1) {y} ${Z} <w>',
  '\u202eright to left\u202c \u05d0\u05dd \u05dc\u05d0, \u05e2\u05d1\u05d5\u05e8 \u05dc\u05e9\u05dc\u05d1 2',
  '\u{1f680} \u{1f468}\u200d\u{1f469}\u200d\u{1f467} if \u{1f525}, go to Step 2 \ud83d',
  'Wenn die Abfrage nichts liefert, weiter mit Schritt 4.',
  '\u0000\ufeff\u200b',
  '\\',
  '**If** __not__, `go to`',
];

/** A generator of numbers in [0, below), the same for the same seed (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The mutant of a seed. One in 50 is a whole guide, the others a window of at most 60 lines. */
export function mutant(guides: readonly string[], seed: number): string {
  const pick = seeded(seed);
  const one = <T>(list: readonly T[]): T => list[pick(list.length)] as T;
  const all = one(guides).split('\n');
  const size = pick(50) === 0 ? all.length : 1 + pick(60);
  const from = pick(Math.max(1, all.length - size + 1));
  const lines = all.slice(from, from + size);
  for (let count = 1 + pick(8); count > 0; count--) {
    const at = pick(lines.length + 1);
    const line = lines[at] ?? '';
    switch (pick(8)) {
      case 0:
      case 1:
        lines.splice(at, 0, pick(2) === 0 ? one(hard) : one(one(guides).split('\n')));
        break;
      case 2:
        lines.splice(at, 1 + pick(3));
        break;
      case 3:
        lines.splice(at, 0, ...lines.slice(at, at + 1 + pick(5)));
        break;
      case 4: {
        const other = pick(Math.max(1, lines.length));
        if (at < lines.length) [lines[at], lines[other]] = [lines[other] ?? '', line];
        break;
      }
      case 5:
        lines.splice(at, 1, line.slice(0, pick(line.length + 1)));
        break;
      case 6:
        lines.splice(at, 1, `${' '.repeat(pick(9))}${line}`);
        break;
      default:
        lines.splice(at, 1, `${one(['- ', '1. ', '> ', '\t', '## ', '| '])}${line}`);
    }
  }
  return lines.join(one(['\n', '\n', '\n', '\r\n', '\r']));
}
