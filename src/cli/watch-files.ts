// Runs something again whenever files of some kind change in folders: `tsg test --watch`. Nothing is polled.
import { watch, type FSWatcher } from 'node:fs';
import { resolve } from 'node:path';

/** Changes that come together count as one. */
const calm = 100;

/**
 * Runs `work` now and after each change of a file whose name matches, in the folders that it gives; never resolves.
 * `waiting` is called each time when the folders are watched and nothing is left to do.
 */
export function watchFiles(name: RegExp, work: () => Promise<readonly string[]>, waiting: () => void): Promise<never> {
  const watchers = new Map<string, FSWatcher>();
  let running = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const follow = (folder: string): void => {
    const path = resolve(folder);
    if (watchers.has(path)) return;
    const watcher = watch(path, (_, changed) => {
      if (changed !== null && !name.test(changed)) return;
      clearTimeout(timer);
      timer = setTimeout(run, calm);
    });
    // A folder that is taken away ends its own watching; the others go on.
    watcher.on('error', () => {
      watcher.close();
      watchers.delete(path);
    });
    watchers.set(path, watcher);
  };
  let fail: (error: unknown) => void = () => undefined;
  const run = (): void => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    work()
      .then((folders) => {
        folders.forEach(follow);
        running = false;
        if (again) {
          again = false;
          run();
        } else waiting();
      })
      .catch((error: unknown) => fail(error));
  };
  return new Promise<never>((_, reject) => {
    fail = reject;
    run();
  });
}
