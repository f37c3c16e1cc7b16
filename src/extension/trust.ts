// Workspace trust: without it guides are read, checked and drawn, and nothing is run. VS Code greys the commands out; this
// refuses them as well, because a command can be called from anywhere.
import * as vscode from 'vscode';

/** A command that an untrusted workspace, or one without a disk, does not get. */
export class NotAllowed extends Error {}

/** Where a run would take place. */
export interface Place {
  readonly trusted: boolean;
  /** The guide's URI scheme; only `file` has tools and a journal beside it. */
  readonly scheme: string;
}

/** Throws `NotAllowed` with a sentence for people when nothing may run there. */
export function requireRunnable(place: Place): void {
  if (!place.trusted) {
    throw new NotAllowed(
      vscode.l10n.t(
        'This workspace is not trusted: guides are read, checked and drawn, but nothing runs. Trust the workspace to run guides.',
      ),
    );
  }
  if (place.scheme === 'untitled')
    throw new NotAllowed(vscode.l10n.t('Save the guide first: its tools and its journal belong beside it.'));
  if (place.scheme !== 'file')
    throw new NotAllowed(vscode.l10n.t('Runs need tools and a journal on a real disk; this guide is not on one.'));
}
