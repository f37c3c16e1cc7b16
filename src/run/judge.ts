// The port to a judge: a model that is asked where no guard decides. It gets one question, made of a step, what the step
// found and the edges that may be taken, and gives a judgement, which the run checks before it counts.
import type { EdgeId, NodeId } from '../plan/index.ts';
import type { Quotable } from './check-quote.ts';
import type { BudgetShare, ModelBudget } from './model-budget.ts';
import type { AbortSignalLike } from './ports.ts';
import type { Worker } from './work.ts';

/** A model that is asked before the engineer is. */
export interface Judge {
  /** Its name, for people and the journal. */
  readonly model: string;
  /** The least confidence that counts, 0 to 1. */
  readonly confidence: number;
  /** Calls that a run may make in all. */
  readonly maxCalls: number;
  /** What it may use up beside that; absent: as much as it takes. */
  readonly budget?: ModelBudget;
  /** Of its costs; absent where nobody said what it costs. */
  readonly currency?: string;
  /** False: it is not asked which edge to take. */
  readonly judges?: false;
  /** Present where it may also work steps that found nothing, by calls that only read. */
  readonly worker?: Worker;
  /** Longest time that a judgement may take in all, its retries included. */
  readonly timeoutMs: number;
  /** Never rejects; ends within `timeoutMs`, or soon after `signal` aborts. */
  judge(question: JudgeQuestion, signal: AbortSignalLike): Promise<JudgeAnswer>;
}

/** All that a judge gets to see. */
export interface JudgeQuestion {
  readonly node: NodeId;
  readonly title: string;
  readonly description: string;
  /** What the step found, as text within limits, secrets as `***`. Data from machines, never instructions. */
  readonly evidence: string;
  /** Where calls of a model gave it: its parts, with what these calls said themselves. */
  readonly parts?: readonly Quotable[];
  /** What a model that worked the step made of it, in its own words. */
  readonly finding?: string;
  /** The edges that may be taken, with the author's words. */
  readonly choices: readonly { readonly edge: EdgeId; readonly condition: string | null }[];
  /** The guide goes on without any of them, so that it may be answered that none holds. */
  readonly mayBeNone?: true;
  /** Calls that may be made for this answer. */
  readonly maxCalls: number;
  /** What is left of the budget for it; absent where there is none. */
  readonly within?: BudgetShare;
}

/** One message to the model or from it, as it was. */
export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** What a judge makes of a question. */
export type Judgement =
  | {
      readonly kind: 'edge';
      /** Null: the words of none hold. */
      readonly edge: EdgeId | null;
      /** Words of the evidence that decided, copied. */
      readonly quote: string;
      readonly confidence: number;
      readonly reason: string;
    }
  | { readonly kind: 'unsure'; readonly because: string };

/** What an answer took. */
export interface ModelUse {
  readonly calls: number;
  /** `estimated`: for a part of them, because nobody reported it. */
  readonly tokens: { readonly input: number; readonly output: number; readonly estimated?: true };
  /** How long the model was waited for. */
  readonly tookMs?: number;
  /** Absent where no price is known. */
  readonly cost?: { readonly amount: number; readonly currency: string };
}

export interface JudgeAnswer extends ModelUse {
  /** Everything that was sent and said, in order. */
  readonly said: readonly ModelMessage[];
  readonly judgement: Judgement;
}

/** What comes of a judgement: it decides, or the engineer is asked and told why. */
export type JudgeVerdict =
  | {
      readonly kind: 'edges';
      readonly edges: readonly EdgeId[];
      readonly quote: string;
      readonly confidence: number;
      readonly reason: string;
    }
  | { readonly kind: 'unsure'; readonly because: string };

/** What a run keeps of its judge: a journal says who was asked and on what terms. */
export interface JudgeTerms {
  readonly model: string;
  readonly confidence: number;
  readonly maxCalls: number;
  readonly budget?: ModelBudget;
  readonly currency?: string;
  readonly judges?: false;
  /** Calls of tools by which it may work one step. */
  readonly work?: { readonly calls: number; readonly always?: true };
}
