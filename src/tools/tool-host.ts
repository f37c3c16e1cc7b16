// What a host gives the tools: the folder that settings stand in, the environment, and a way to look secrets up.
// Tools never read `process.env` themselves, so a host decides what a tool can see.
import type { TurnKeeper } from './turn-keeper.ts';

/** Where the value of a secret is found. The value itself never stands in settings. */
export type SecretReference = { readonly env: string } | { readonly store: string };

/** The host's half of every tool. */
export interface ToolHost {
  /** The environment that references and allow-lists read from; usually `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Looks up a `{ store: name }` secret (the editor's SecretStorage); absent where the host has no store. */
  readonly secret?: (name: string) => Promise<string | undefined>;
  /** The lines before tools with limits; those of this process when absent. */
  readonly turns?: TurnKeeper;
}

/** The part of the settings that tools are opened from. `Settings` of the adapters room has this shape. */
export interface ToolboxSettings {
  /** Absolute folder that relative paths in the settings start from. */
  readonly folder: string;
  /** By name, in the author's order; each checked against its kind's schema. */
  readonly tools: Readonly<Record<string, ToolSettings>>;
  readonly secrets: Readonly<Record<string, SecretReference>>;
}

/** One tool's entry as it stands in the file; the kind's schema gives the rest its types. */
export interface ToolSettings {
  readonly kind: string;
  readonly [setting: string]: unknown;
}
