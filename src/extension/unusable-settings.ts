// A settings file that a command needs and cannot use.
import * as vscode from 'vscode';

/** Its Problems tell why; `uri` is the file to open. */
export class UnusableSettings extends Error {
  readonly uri: vscode.Uri;
  constructor(uri: vscode.Uri, first: string) {
    super(vscode.l10n.t('The tools file cannot be used: {0}', first));
    this.uri = uri;
  }
}
