// The last part of an address, as people call the file.
import type * as vscode from 'vscode';

/** `guide.tsg.md` of any address. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
