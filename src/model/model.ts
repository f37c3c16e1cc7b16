// The port to a language model, whoever provides it: messages go in, one answer in a schema comes out.
import type { AbortSignalLike, ModelMessage } from '../run/index.ts';

export interface ModelRequest {
  readonly messages: readonly ModelMessage[];
  /** The JSON Schema of the answer. A provider that cannot enforce it asks for JSON; the caller checks either way. */
  readonly schema: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  /** Told the answer as far as it has come, where the provider sends it in pieces. */
  readonly onText?: (soFar: string) => void;
}

export interface TokenCount {
  readonly input: number;
  readonly output: number;
}

/** What a million tokens cost, in the currency named. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
  readonly currency: string;
}

/** What came of a request. Texts hold no key. */
export type ModelReply =
  | { readonly kind: 'answer'; readonly text: string; readonly tokens: TokenCount }
  /** The model, or a filter before it, will not answer. */
  | { readonly kind: 'refused'; readonly message: string; readonly tokens: TokenCount }
  /** No answer; `sent` is false when nothing left this machine. */
  | { readonly kind: 'failed'; readonly message: string; readonly sent: boolean };

export interface Model {
  /** Its name, for people and journals. */
  readonly name: string;
  /** Longest time one request may take, its retries included. */
  readonly timeoutMs: number;
  /** Absent where nobody said what it costs. */
  readonly price?: TokenPrice;
  /** Never rejects. */
  ask(request: ModelRequest, signal: AbortSignalLike): Promise<ModelReply>;
  /** A text without the key that the last request was sent with. */
  clean(text: string): string;
}
