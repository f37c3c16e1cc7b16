// Reads DuckDB's errors, which the worker asks for as JSON because only that form tells the exact place.

export interface DatabaseMessage {
  /** `Binder Error: Ambiguous reference …`, as the database words it. */
  readonly message: string;
  /** UTF-8 byte offset into the statement. */
  readonly byteOffset?: number;
}

/** The message and place of whatever DuckDB threw. */
export function databaseMessage(error: unknown): DatabaseMessage {
  const text = error instanceof Error ? error.message : String(error);
  const from = text.indexOf('{"exception_type"');
  if (from < 0) return { message: text };
  try {
    const parsed = JSON.parse(text.slice(from, text.lastIndexOf('}') + 1)) as Record<string, unknown>;
    const kind = String(parsed['exception_type']);
    const position = Number(parsed['position'] ?? Number.NaN);
    return {
      message: `${kind} Error: ${String(parsed['exception_message'])}`,
      ...(Number.isInteger(position) && { byteOffset: position }),
    };
  } catch {
    return { message: text };
  }
}

/** A UTF-8 byte offset as a UTF-16 offset of the same text. */
export function toTextOffset(text: string, byteOffset: number): number {
  return Buffer.from(text, 'utf8').subarray(0, byteOffset).toString('utf8').length;
}
