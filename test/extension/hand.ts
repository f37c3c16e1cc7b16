// A person's hand and eye in the window, lent by scripts/vscode-host/hand.mjs: keys, words typed into whatever has the focus, and
// what stands in the page. Desktop VS Code lends none, and tests that need it are skipped there.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './editor.ts';

export interface Hand {
  /** Presses a key as Playwright names it (`Control+F5`). */
  press(key: string): Promise<void>;
  type(words: string): Promise<void>;
  /** Of everything visible that a selector finds: its `text`, an attribute, or a style (`style:background-color`). */
  look(selector: string, of?: string): Promise<readonly string[]>;
  /** Picks a command in the palette by its title. */
  command(title: string): Promise<void>;
}

let requests = 0;

/** The hand of this window; undefined where there is none. */
export function hand(): Hand | undefined {
  const folder = process.env.TSG_TEST_HAND;
  if (folder === undefined) return undefined;
  const ask = async (request: object): Promise<unknown> => {
    const name = join(folder, String(++requests));
    writeFileSync(`${name}.part`, JSON.stringify(request));
    renameSync(`${name}.part`, `${name}.json`);
    await until('has an answer', () => existsSync(`${name}.done`));
    const { value, error } = JSON.parse(readFileSync(`${name}.done`, 'utf8')) as { value?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  };
  const made: Hand = {
    press: async (press) => void (await ask({ press })),
    type: async (type) => void (await ask({ type })),
    look: async (look, of = 'text') => (await ask({ look, of })) as readonly string[],
    command: async (title) => {
      await made.press('F1');
      await until('opens the palette', async () => (await made.look('.quick-input-widget input')).length > 0);
      await made.type(title);
      await until(`finds ${title}`, async () => {
        const rows = await made.look('.quick-input-list .monaco-list-row.focused', 'aria-label');
        return rows.some((row) => row.startsWith(title));
      });
      await made.press('Enter');
    },
  };
  return made;
}
