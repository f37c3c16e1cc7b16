// A model as the judge of a run, and as one that works its steps: puts the question, and leaves the decision to the engineer when
// no answer that can be used comes of it.
import { converse, mostCalls, type Conversation, type ConversationEnd, type Model } from '../../model/index.ts';
import {
  checkJudgement,
  checkWork,
  type Judge,
  type JudgeAnswer,
  type Judgement,
  type Worker,
  type WorkStep,
} from '../../run/index.ts';
import type { ToolHost } from '../../tools/index.ts';
import { judgePrompt, judgeSchema } from './judge-prompt.ts';
import type { ModelSettings } from './model-settings.ts';
import { openModel } from './open-model.ts';
import { workPrompt, workSchema } from './work-prompt.ts';

/** The judge that the settings ask for; undefined where there is no model, or it is to do nothing in runs. */
export function openJudge(settings: ModelSettings | undefined, host: ToolHost): Judge | undefined {
  const model = settings && openModel(settings, host);
  return model && judgeBy(model, settings);
}

/** What a judge needs to know of the settings. */
type JudgeSettings = Pick<ModelSettings, 'confidence' | 'maxCalls' | 'budget' | 'judge' | 'steps' | 'stepCalls'>;

/** Any model as a judge, as far as the settings allow it to be one. */
export function judgeBy(model: Model, terms: JudgeSettings): Judge | undefined {
  if (terms.judge === 'off' && terms.steps === 'off') return undefined;
  return {
    model: model.name,
    confidence: terms.confidence,
    maxCalls: terms.maxCalls,
    ...(terms.budget && { budget: terms.budget }),
    ...(model.price && { currency: model.price.currency }),
    ...(terms.judge === 'off' && { judges: false as const }),
    ...(terms.steps !== 'off' && { worker: workerBy(model, terms) }),
    timeoutMs: mostCalls * model.timeoutMs,
    async judge(question, signal) {
      const conversation = await converse<Judgement>(
        model,
        {
          messages: judgePrompt(question),
          schema: { name: 'judgement', schema: judgeSchema(question) },
          maxCalls: question.maxCalls,
          within: question.within,
          check: (answer) => {
            const checked = checkJudgement(question, answer);
            return checked.kind === 'judgement' ? { kind: 'value', value: checked.judgement } : checked;
          },
        },
        signal,
      );
      return { ...usedBy(conversation), judgement: valueOf(conversation.end, 'judge') };
    },
  };
}

function workerBy(model: Model, { steps, stepCalls }: JudgeSettings): Worker {
  return {
    calls: stepCalls,
    ...(steps === 'all-reads' && { always: true as const }),
    async next(question, signal) {
      const conversation = await converse<WorkStep>(
        model,
        {
          messages: workPrompt(question),
          schema: { name: 'next_step', schema: workSchema(question) },
          maxCalls: question.maxCalls,
          within: question.within,
          check: (answer) => {
            const checked = checkWork(question, answer);
            return checked.kind === 'step' ? { kind: 'value', value: checked.step } : checked;
          },
        },
        signal,
      );
      return { ...usedBy(conversation), step: valueOf(conversation.end, 'work') };
    },
  };
}

function usedBy({ said, calls, tokens, tookMs, cost }: Conversation<unknown>): Omit<JudgeAnswer, 'judgement'> {
  return { said, calls, tokens, tookMs, ...(cost && { cost }) };
}

function valueOf<T>(end: ConversationEnd<T>, verb: string): T | { readonly kind: 'unsure'; readonly because: string } {
  switch (end.kind) {
    case 'answer':
      return end.value;
    case 'refused':
      return { kind: 'unsure', because: `It refuses to ${verb}: ${end.message}` };
    case 'failed':
      return { kind: 'unsure', because: `It gave no answer: ${end.message}` };
    case 'unusable':
      return { kind: 'unsure', because: `Its answer cannot be used: ${end.problem}` };
  }
}
