// What tests of the debugger share: sessions are watched and ended, breakpoints taken away, and frames asked for.
import * as assert from 'node:assert';
import * as vscode from 'vscode';
import { until } from './editor.ts';

export interface Stopped {
  readonly reason: string;
  readonly threadId: number;
  readonly description?: string;
}

export interface Frame {
  readonly id: number;
  readonly name: string;
  readonly line: number;
  readonly source: { readonly path: string };
}

/** The stops of this test's session, which a test of several may empty, and what its console says. */
export interface DebugWatch {
  readonly stops: Stopped[];
  readonly said: readonly string[];
}

/** To be called in `describe`: every test of it begins without breakpoints and sessions, and leaves none. */
export function watchDebugging(): DebugWatch {
  const stops: Stopped[] = [];
  const said: string[] = [];
  let tracker: vscode.Disposable;
  before(() => {
    tracker = vscode.debug.registerDebugAdapterTrackerFactory('tsg', {
      createDebugAdapterTracker: () => ({
        onDidSendMessage: ({ event, body }: { event?: string; body?: Record<string, unknown> }) => {
          if (event === 'stopped') stops.push(body as unknown as Stopped);
          if (event === 'output') said.push(String(body?.['output']));
        },
      }),
    });
  });
  after(() => tracker.dispose());
  beforeEach(() => {
    stops.length = 0;
    said.length = 0;
  });
  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    // A session that ends by itself meanwhile cancels this; that there is none left is what counts.
    await vscode.debug.stopDebugging().then(undefined, () => undefined);
    await until('has no session', () => vscode.debug.activeDebugSession === undefined);
  });
  return { stops, said };
}

/** Starts to debug a guide. */
export async function debug(
  document: vscode.TextDocument,
  more: Readonly<Record<string, unknown>> = {},
): Promise<vscode.DebugSession> {
  const configuration = { type: 'tsg', request: 'launch', name: 'a test', program: document.uri.fsPath, ...more };
  assert.ok(await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], configuration));
  return until('is debugged', () => vscode.debug.activeDebugSession);
}

/** The frames of a stop, the innermost first. */
export async function framesOf(session: vscode.DebugSession, { threadId }: Stopped): Promise<readonly Frame[]> {
  const { stackFrames } = (await session.customRequest('stackTrace', { threadId })) as { stackFrames: Frame[] };
  return stackFrames;
}

/** What an expression is in a frame. */
export async function evaluate(
  session: vscode.DebugSession,
  frame: Frame | undefined,
  expression: string,
): Promise<string> {
  const { result } = (await session.customRequest('evaluate', { expression, frameId: frame?.id })) as {
    result: string;
  };
  return result;
}

/** The line of a text in a document, from 1. */
export function lineOf(document: vscode.TextDocument, text: string): number {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `${text} is not there`);
  return document.positionAt(at).line + 1;
}

/**
 * Moves the session by one of the editor's own commands (`stepOver`, `continue`, …). They move the thread that the editor shows,
 * and the adapter tells of a stop before the editor has seen it: right after that they would move nothing.
 */
export async function move(command: string): Promise<void> {
  await until('shows where it stands', () => vscode.debug.activeStackItem !== undefined);
  await vscode.commands.executeCommand(`workbench.action.debug.${command}`);
}

export const goOn = (): Promise<void> => move('continue');
