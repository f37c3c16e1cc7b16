// The digest by which a plan knows the text that it was made of. The browser build has another file in this one's place.
import { createHash } from 'node:crypto';

/** Hex SHA-256 of the text's UTF-8 bytes. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
