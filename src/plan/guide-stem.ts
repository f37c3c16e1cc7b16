// What a guide's file is called without its ending: the one place that knows which endings guides and plans have.

/** `db/disk-full` for `db/disk-full.tsg.md`, `.md`, `.markdown`, `.plandag.json` and `.json`; other names stay as they are. */
export function guideStem(path: string): string {
  return path.replace(/(?:\.tsg)?\.(?:md|markdown)$|(?:\.(?:plandag|sop))?\.json$/i, '');
}
