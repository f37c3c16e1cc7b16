// Where a path leads when links are followed. The editor may have opened a guide through a link, or be spelt otherwise than the
// disk; runs and journals know guides by their real paths.
import { realpathSync } from 'node:fs';

/** The path with its links followed; itself when there is no such file. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
