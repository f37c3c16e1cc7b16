// Durations (`30s`), sizes (`512MB`) and the zod pieces that read them, shared by the settings of every kind of tool.
import { z } from 'zod';

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const sizeUnits: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1000,
  mb: 1_000_000,
  gb: 1_000_000_000,
  kib: 1024,
  mib: 1_048_576,
  gib: 1_073_741_824,
};

/** `250ms`, `30s`, `5m`, `1h` in milliseconds. */
export const durationSchema = z
  .string('expected a duration such as `30s`, `250ms`, `5m` or `1h`')
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, 'expected a duration such as `30s`, `250ms`, `5m` or `1h`')
  .transform((text) => Math.round(amount(text, durationUnits)))
  .refine((ms) => ms > 0 && ms <= 86_400_000, 'expected a duration above zero and at most `24h`');

/** `64KB`, `512MB`, `2GB`, `512MiB` in bytes. */
export const sizeSchema = z
  .string('expected a size such as `512MB` or `2GB`')
  .regex(/^\d+(\.\d+)?\s?([KMG]i?)?B$/i, 'expected a size such as `512MB` or `2GB`')
  .transform((text) => Math.round(amount(text, sizeUnits)))
  .refine((bytes) => bytes > 0, 'expected a size above zero');

/** A size in the shortest words people use: `1.5 MB`. */
export function describeSize(bytes: number): string {
  if (bytes >= 1_000_000_000) return `${trimmed(bytes / 1_000_000_000)} GB`;
  if (bytes >= 1_000_000) return `${trimmed(bytes / 1_000_000)} MB`;
  if (bytes >= 1000) return `${trimmed(bytes / 1000)} KB`;
  return `${bytes} bytes`;
}

/** A duration in the shortest words people use: `30 s`. */
export function describeDuration(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${trimmed(ms / 1000)} s`;
}

function amount(text: string, units: Readonly<Record<string, number>>): number {
  const match = /^([\d.]+)\s?([a-z]+)$/i.exec(text);
  return Number(match?.[1] ?? 0) * (units[(match?.[2] ?? '').toLowerCase()] ?? 0);
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(1)));
}
