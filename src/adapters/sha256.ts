// SHA-256 for guides' identities and approvals.
import { createHash } from 'node:crypto';

/** Hex digest of bytes, or of a text's UTF-8 bytes. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
