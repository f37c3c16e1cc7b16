// Wraps a tool so that no secret value leaves it: configured secrets it was given and secret parameters of the call
// are replaced by `***` in results, failures, explanations and notes, wherever they appear.
import type { Json } from '../base/index.ts';
import type { RenderedAction, Tool } from '../run/index.ts';
import type { SecretVault } from './secret-vault.ts';

/** Values shorter than this would blot out ordinary words; they are still never shown by `render`. */
const shortestRedacted = 4;

/** The same tool, with secret values replaced in everything it gives back. */
export function redactingTool(tool: Tool, vault: SecretVault): Tool {
  const clean = <T>(value: T, rendered?: RenderedAction): T => {
    const secrets = [
      ...vault.values(),
      ...(rendered?.bindings ?? []).filter((binding) => binding.secret).map((binding) => String(binding.value)),
    ].filter((secret) => secret.length >= shortestRedacted);
    return secrets.length === 0 ? value : (redact(value as Json, forms(secrets)) as T);
  };
  return {
    name: tool.name,
    kind: tool.kind,
    languages: tool.languages,
    ...(tool.connection !== undefined && { connection: tool.connection }),
    describe: () => tool.describe(),
    render: (action, bindings) => tool.render(action, bindings),
    classify: (rendered) => tool.classify(rendered),
    explain: async (rendered, signal) => clean(await tool.explain(rendered, signal), rendered),
    check: async (signal) => clean(await tool.check(signal)),
    perform: async (rendered, options) => clean(await tool.perform(rendered, options), rendered),
    close: () => tool.close(),
  };
}

/** A secret may come back as it is, in a JSON string, or in a URL; the longest form is replaced first. */
function forms(secrets: readonly string[]): readonly string[] {
  const all = secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

function redact(value: Json, secrets: readonly string[]): Json {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value);
  if (Array.isArray(value)) return value.map((item: Json) => redact(item, secrets));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key, secrets), redact(item, secrets)]));
}
