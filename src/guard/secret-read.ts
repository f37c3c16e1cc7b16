// Finds a secret parameter that an expression reads. A guard is given no secret: what it decides, and the values that it read, are
// written down and shown.
import { childrenOf, type GuardNode } from './guard-syntax.ts';

/** The first such parameter, as `params.api_key` or `params['api_key']`; null when there is none. */
export function secretRead(node: GuardNode, secrets: ReadonlySet<string> | undefined): string | null {
  if (!secrets || secrets.size === 0) return null;
  const name = parameterRead(node);
  if (name !== null && secrets.has(name)) return name;
  for (const child of childrenOf(node)) {
    const found = secretRead(child, secrets);
    if (found !== null) return found;
  }
  return null;
}

/** Whether an expression reads the parameter, as `params.region` or `params['region']`. */
export function readsParameter(node: GuardNode, name: string): boolean {
  return parameterRead(node) === name || childrenOf(node).some((child) => readsParameter(child, name));
}

function parameterRead(node: GuardNode): string | null {
  if ((node.kind !== 'member' && node.kind !== 'index') || node.of.kind !== 'name' || node.of.name !== 'params')
    return null;
  if (node.kind === 'member') return node.name;
  return node.index.kind === 'string' ? node.index.value : null;
}

/** Why nothing can be decided on it. */
export function secretWords(name: string): string {
  return `\`${name}\` is a secret, and conditions are given no secrets`;
}
