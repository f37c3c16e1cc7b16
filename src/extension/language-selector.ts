// The documents that our language features look at; whether one is a guide is asked of `Guides`.
import type * as vscode from 'vscode';

export const guideSelector: vscode.DocumentSelector = [{ language: 'markdown' }, { pattern: '**/*.tsg.md' }];
