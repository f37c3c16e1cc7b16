// Files in memory for tests in the browser host, where there is no disk.
import * as vscode from 'vscode';

/** A file system of texts by path; folders are what paths imply. */
export class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, { readonly bytes: Uint8Array; readonly time: number }>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #time = 0;

  write(path: string, text: string): void {
    this.#files.set(path, { bytes: new TextEncoder().encode(text), time: ++this.#time });
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const file = this.#files.get(path);
    if (file) return { type: vscode.FileType.File, ctime: 0, mtime: file.time, size: file.bytes.length };
    if ([...this.#files.keys()].some((one) => one.startsWith(path === '/' ? path : `${path}/`)))
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    throw vscode.FileSystemError.FileNotFound(path);
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const file = this.#files.get(path);
    if (!file) throw vscode.FileSystemError.FileNotFound(path);
    return file.bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    this.#files.set(uri.path, { bytes, time: ++this.#time });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const names = [...this.#files.keys()].flatMap((one) =>
      one.startsWith(`${path}/`) ? [one.slice(path.length + 1).split('/')[0] ?? ''] : [],
    );
    return [...new Set(names)].map((name) => [
      name,
      this.stat(vscode.Uri.from({ scheme: 'memory', path: `${path}/${name}` })).type,
    ]);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  createDirectory(): void {
    // Folders are what paths imply.
  }

  delete({ path }: vscode.Uri): void {
    this.#files.delete(path);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.writeFile(to, this.readFile(from));
    this.#files.delete(from.path);
  }
}
