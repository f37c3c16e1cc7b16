// The port to a language model, whoever provides it: messages go in, one answer in a schema comes out.
import type { AbortSignalLike, ModelMessage } from '../run/index.ts';

export interface ModelRequest {
  readonly messages: readonly ModelMessage[];
  /** The JSON Schema of the answer. A provider that cannot enforce it asks for JSON; the caller checks either way. */
  readonly schema: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  /** Told the answer as far as it has come, where the provider sends it in pieces. */
  readonly onText?: (soFar: string) => void;
  /** Longest time that it may take, when that is less than the model's own. */
  readonly withinMs?: number;
}

export interface TokenCount {
  readonly input: number;
  readonly output: number;
  /** A part of them is estimated, because the provider did not report it. */
  readonly estimated?: true;
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
  /** No answer; `sent` is false when nothing left this machine, `tokens` are those of tries that broke off. */
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly sent: boolean;
      readonly timedOut?: true;
      readonly tokens?: TokenCount;
    };

export interface Model {
  /** Its name, for people and journals. */
  readonly name: string;
  /** Longest time one request may take, its retries included. */
  readonly timeoutMs: number;
  /** Absent where nobody said what it costs. */
  readonly price?: TokenPrice;
  /** Never rejects. `tookMs` is the time from the call to the reply. */
  ask(request: ModelRequest, signal: AbortSignalLike): Promise<ModelReply & { readonly tookMs: number }>;
  /** A text without the key that the last request was sent with. */
  clean(text: string): string;
}
