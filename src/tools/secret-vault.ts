// Looks configured secrets up when they are needed and remembers the values, so that they can be blotted out of
// everything a tool gives back. Values live in memory only.
import { allMatches } from '../base/index.ts';
import type { SecretReference, ToolHost } from './tool-host.ts';
import type { SecretSource } from './tool-kind.ts';

/** A source of secrets that knows which values it has handed out. */
export interface SecretVault extends SecretSource {
  /** Values handed out so far; what tools return is searched for them. */
  values(): readonly string[];
  /** What is missing for `${secret:NAME}` in these texts, in sentences; complete once `lookUpAll` has ended. */
  missing(texts: string): readonly string[];
  /** Asks the host's store for every secret that the settings name, so that `values` is whole before a run begins. */
  lookUpAll(): Promise<void>;
}

const mention = /\$\{secret:([A-Za-z_][A-Za-z0-9_.-]*)\}/g;

/** The secrets of one toolbox. */
export function secretVault(references: Readonly<Record<string, SecretReference>>, host: ToolHost): SecretVault {
  // The environment is at hand: what stands there is known before anything is asked for.
  const found = new Set<string>();
  const known = new Set<string>();
  const keep = (name: string, value: string | undefined): string | undefined => {
    if (value === undefined || value === '') return undefined;
    known.add(value);
    found.add(name);
    return value;
  };
  for (const [name, one] of Object.entries(references)) if ('env' in one) keep(name, host.env[one.env]);
  const lookUp = async (name: string): Promise<string | undefined> => {
    const reference = Object.hasOwn(references, name) ? references[name] : undefined;
    if (!reference) return undefined;
    return keep(name, 'env' in reference ? host.env[reference.env] : await host.secret?.(reference.store));
  };
  return {
    async fill(text) {
      let filled = '';
      let from = 0;
      for (const match of allMatches(text, mention)) {
        const name = match[1] ?? '';
        const value = await lookUp(name);
        if (value === undefined) return { missing: whatIsMissing(name, references[name]) };
        filled += text.slice(from, match.index) + value;
        from = match.index + match[0].length;
      }
      return { text: filled + text.slice(from) };
    },
    missing: (text) =>
      [...new Set(allMatches(text, mention).map(([, name = '']) => name))]
        .filter((name) => !found.has(name))
        .map((name) => whatIsMissing(name, references[name])),
    isVariable: (name) => Object.values(references).some((one) => 'env' in one && one.env === name),
    hide: (value) => void known.add(value),
    values: () => [...known],
    async lookUpAll() {
      // One that cannot be had is told to whoever needs it.
      await Promise.allSettled(Object.keys(references).map((name) => lookUp(name)));
    },
  };
}

function whatIsMissing(name: string, reference: SecretReference | undefined): string {
  if (!reference) return `The secret \`${name}\` is not listed under \`secrets\` in the settings.`;
  if ('env' in reference)
    return `The secret \`${name}\` is empty: set the environment variable \`${reference.env}\` and try again.`;
  return `The secret \`${name}\` is not stored: store \`${reference.store}\` in the editor and try again.`;
}
