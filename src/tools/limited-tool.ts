// Wraps a tool so that its calls keep to its limits, whoever makes them: live runs, resumed ones, checks and, where the tool
// must be asked to explain, dry runs. The wait ends at once when the call is cancelled, and is no part of its timeout.
import type { AbortSignalLike, Tool, TurnPort } from '../run/index.ts';
import { cancelledFailure } from './failure.ts';
import type { Turns } from './turns.ts';
import { wrapTool } from './wrap-tool.ts';

/** The same tool behind its line. `asks`: explaining an action is a call too. */
export function limitedTool(tool: Tool, turns: Turns, asks: boolean): Tool {
  /** Makes the call when its turn has come; null when it was cancelled before. */
  const inTurn = async <T>(
    signal: AbortSignalLike,
    turn: TurnPort | undefined,
    call: () => Promise<T>,
  ): Promise<T | null> => {
    let waited = false;
    const end = await turns.take(signal, (because) => {
      waited = true;
      turn?.waits(`\`${tool.name}\` ${because}`);
    });
    if (!end) return null;
    try {
      if (waited && turn) await Promise.race([turn.comes(), raised(signal)]);
      return signal.aborted && waited ? null : await call();
    } finally {
      // Whoever called hears first how it went: what follows from it may be that the next call is not wanted any more.
      setImmediate(end);
    }
  };
  const cancelled = cancelledFailure('The call waited for its turn and');
  return wrapTool(tool, {
    explain: async (rendered, signal) =>
      asks
        ? ((await inTurn(signal, undefined, () => tool.explain(rendered, signal))) ?? {
            kind: 'cannot-explain',
            because: cancelled.message,
          })
        : tool.explain(rendered, signal),
    check: (signal, turn) =>
      inTurn(signal, turn, async () => ({ problem: await tool.check(signal) })).then((checked) =>
        checked ? checked.problem : cancelled,
      ),
    ...(tool.offers && {
      offers: async (signal) => (await inTurn(signal, undefined, async () => tool.offers?.(signal))) ?? '',
    }),
    perform: async (rendered, options) =>
      (await inTurn(options.signal, options.turn, () => tool.perform(rendered, options))) ?? {
        kind: 'failure',
        failure: cancelled,
      },
    ...(tool.schema && {
      schema: async (signal) => (await inTurn(signal, undefined, async () => tool.schema?.(signal))) ?? cancelled,
    }),
  });
}

/** Resolves when the signal is raised. */
function raised(signal: AbortSignalLike): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });
}
