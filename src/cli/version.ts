// The version that `tsg --version` tells: that of the product's package.json, found above this file wherever it is run from.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** For example `0.1.0`; `unknown` when the file was taken out of its package. */
export function readVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)), last = ''; folder !== last; folder = dirname(folder)) {
    last = folder;
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
        string,
        unknown
      >;
      if (name === 'tsg-studio' && typeof version === 'string') return version;
    } catch {
      // No package.json here, or not a readable one: look further up.
    }
  }
  return 'unknown';
}
