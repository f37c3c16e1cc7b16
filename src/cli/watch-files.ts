// Runs something again whenever files of some kind change in folders, or a folder comes into them: `tsg test --watch`. Nothing is polled.
import { statSync, watch, type FSWatcher } from 'node:fs';
import { join, resolve } from 'node:path';

/** Changes that come together count as one. */
const calm = 100;

/**
 * Runs `work` now and after each change of a file whose name matches, or of a folder, in the folders that it gives; never resolves.
 * `waiting` is called each time when the folders are watched and nothing is left to do.
 */
export function watchFiles(name: RegExp, work: () => Promise<readonly string[]>, waiting: () => void): Promise<never> {
  const watchers = new Map<string, { readonly watcher: FSWatcher; readonly inode: number }>();
  let running = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const follow = (folder: string): void => {
    const path = resolve(folder);
    const inode = statSync(path, { throwIfNoEntry: false })?.ino;
    const known = watchers.get(path);
    if (inode === undefined || known?.inode === inode) return;
    // Another folder of the same name: what watched the old one hears nothing of it.
    known?.watcher.close();
    const watcher = watch(path, (_, changed) => {
      if (changed !== null && !name.test(changed) && !isFolder(join(path, changed))) return;
      clearTimeout(timer);
      timer = setTimeout(run, calm);
    });
    // A folder that is taken away ends its own watching; the others go on.
    watcher.on('error', () => {
      watcher.close();
      watchers.delete(path);
    });
    watchers.set(path, { watcher, inode });
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

/** A folder that tools keep things in is none that anybody edits. */
function isFolder(path: string): boolean {
  return (
    !/[\\/](\.[^\\/]*|node_modules)$/.test(path) && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  );
}
