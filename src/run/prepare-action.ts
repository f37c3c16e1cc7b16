// Puts an action into the words that will run: finds its tool, fills in the values, asks for the effect, and makes the
// hash that an approval is bound to. Shared by the live and the dry driver; performs nothing.
import { whyByHand, type Action } from '../plan/index.ts';
import type { Binding, Classification, DryTool, ParameterValue, RenderedAction, Toolbox } from './ports.ts';
import { redacted } from './redact.ts';
import type { ActionFailure } from './result.ts';

export type Prepared<T extends DryTool> =
  | {
      readonly kind: 'prepared';
      readonly tool: T;
      readonly rendered: RenderedAction;
      readonly classification: Classification;
    }
  | { readonly kind: 'not-prepared'; readonly text: string; readonly failure: ActionFailure };

/** Values by name, secret ones included. */
export interface Values {
  valueOf(name: string): ParameterValue | undefined;
  isSecret(name: string): boolean;
}

/** Finds the tool and fills in the values; each of the action's parameters must have one. */
export function prepareAction<T extends DryTool>(action: Action, toolbox: Toolbox<T>, values: Values): Prepared<T> {
  const bindings: Binding[] = [];
  for (const name of action.parameters) {
    const value = values.valueOf(name);
    if (value === undefined) {
      const message = `\`${name}\` has no value.`;
      return notPrepared(action, bindings, { reason: 'missing-parameter', message, transient: false });
    }
    bindings.push({ name, value, secret: values.isSecret(name) });
  }
  const tool = toolbox.find(action);
  if (!tool) {
    const asked = action.tool === undefined ? `speaks \`${action.language}\`` : `is named \`${action.tool}\``;
    return notPrepared(action, bindings, {
      reason: 'no-tool',
      message: whyByHand(action) ?? `No configured tool ${asked}.`,
      transient: false,
    });
  }
  try {
    const rendered = tool.render(action, bindings);
    if ('reason' in rendered) return notPrepared(action, bindings, rendered);
    return { kind: 'prepared', tool, rendered, classification: tool.classify(rendered) };
  } catch (error) {
    const message = `Internal error in tool \`${tool.name}\`: ${error instanceof Error ? error.message : String(error)}`;
    return notPrepared(action, bindings, { reason: 'crashed', message, transient: false });
  }
}

/**
 * What an approval's hash is made of: run, action, round, tool, connection, text, the environment where there is one, and the
 * values that the text shows as `***`, sealed. A change of any part asks again.
 */
export function approvalText(
  { run, environment }: { readonly run: string; readonly environment: string | null | undefined },
  round: number,
  tool: DryTool,
  rendered: RenderedAction,
  seal: (text: string) => string,
): string {
  const connection = tool.connection ?? tool.describe();
  const { action, text, bindings } = rendered;
  const exact = [run, action.id, round, tool.name, tool.kind, connection, text];
  const secrets = bindings.filter(({ secret }) => secret);
  if (secrets.length > 0) {
    const sealed = secrets.map(({ name, value }) => seal(JSON.stringify(['tsg-secret', run, name, value])));
    return JSON.stringify(['tsg-approval', 4, ...exact, environment ?? null, ...sealed]);
  }
  if (typeof environment !== 'string') return JSON.stringify(['tsg-approval', 2, ...exact]);
  return JSON.stringify(['tsg-approval', 3, ...exact, environment]);
}

function notPrepared(action: Action, bindings: readonly Binding[], failure: ActionFailure): Prepared<never> {
  return { kind: 'not-prepared', text: filledIn(action, bindings), failure };
}

/** The code for a person to perform by hand, with values in the place of `{name}`. */
function filledIn(action: Action, bindings: readonly Binding[]): string {
  let text = action.code;
  for (const { name, value, secret } of bindings)
    text = text.replaceAll(`{${name}}`, secret ? redacted : String(value));
  return text;
}
