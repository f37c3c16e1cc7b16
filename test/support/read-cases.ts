// Reads text cases: folders that hold a case's files, one folder a case. With UPDATE_SNAPSHOTS=1 expectations are written
// instead of compared.
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One case: its name is a sentence with dashes. */
export interface TextCase {
  readonly name: string;
  /** Text of a file of the case; throws when it is missing. */
  read(file: string): string;
  has(file: string): boolean;
  /** Compares with the file, or writes it when snapshots are being updated. */
  expect(file: string, actual: string): void;
}

/** The cases of a folder, by name. */
export function readCases(folder: string): TextCase[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }): TextCase => {
      const path = (file: string): string => join(folder, name, file);
      return {
        name,
        read: (file) => readFileSync(path(file), 'utf8'),
        has: (file) => existsSync(path(file)),
        expect: (file, actual) => {
          if (process.env['UPDATE_SNAPSHOTS'] === '1') {
            writeFileSync(path(file), actual);
            return;
          }
          assert.equal(actual, readFileSync(path(file), 'utf8'), `${name}/${file}; UPDATE_SNAPSHOTS=1 rewrites it`);
        },
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
