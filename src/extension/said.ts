// What the core said, in the editor's language; its words are English, and so are these while the editor speaks English.
import * as vscode from 'vscode';
import { translator } from './translate-said.ts';

let translate: ((text: string) => string) | undefined;

/** A finding's message, the title of a fix, a line of a hover, as this editor's reader reads it. */
export function said(text: string): string {
  return (translate ??= translator(vscode.l10n.bundle))(text);
}
