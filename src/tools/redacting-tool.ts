// Wraps a tool so that no secret value leaves it: configured secrets it was given and secret parameters of the call
// are replaced by `***` in results, failures, explanations and notes, in every form in which tools echo them.
import { redactor, type RenderedAction, type Tool } from '../run/index.ts';
import type { SecretVault } from './secret-vault.ts';
import { wrapTool } from './wrap-tool.ts';

/** Values shorter than this would blot out ordinary words; they are still never shown by `render`. */
const shortestRedacted = 4;

/** Whether a secret is looked for in what is written: a short one stands in ordinary words. */
export function isLongEnough(secret: string): boolean {
  return secret.length >= shortestRedacted;
}

/** The same tool, with secret values replaced in everything it gives back. */
export function redactingTool(tool: Tool, vault: SecretVault): Tool {
  const schema = tool.schema?.bind(tool);
  const clean = <T>(value: T, rendered?: RenderedAction): T => {
    const secrets = [
      ...vault.values(),
      ...(rendered?.bindings ?? []).filter((binding) => binding.secret).map((binding) => String(binding.value)),
    ].filter(isLongEnough);
    return redactor(secrets)(value);
  };
  return wrapTool(tool, {
    explain: async (rendered, signal) => clean(await tool.explain(rendered, signal), rendered),
    check: async (signal, turn) => clean(await tool.check(signal, turn)),
    ...(tool.offers && { offers: async (signal) => clean((await tool.offers?.(signal)) ?? '') }),
    perform: async (rendered, options) => clean(await tool.perform(rendered, options), rendered),
    ...(schema && { schema: async (signal) => clean(await schema(signal)) }),
  });
}
