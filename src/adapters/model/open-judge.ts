// A model as the judge of a run: puts the question, and leaves the decision to the engineer when no answer that can be used
// comes of it.
import { converse, mostCalls, type Model } from '../../model/index.ts';
import { checkJudgement, type Judge, type Judgement } from '../../run/index.ts';
import type { ToolHost } from '../../tools/index.ts';
import { judgePrompt, judgeSchema } from './judge-prompt.ts';
import type { ModelSettings } from './model-settings.ts';
import { openModel } from './open-model.ts';

/** The judge that the settings ask for; undefined where there is no model, or it is not to judge. */
export function openJudge(settings: ModelSettings | undefined, host: ToolHost): Judge | undefined {
  const model = settings?.judge === 'ask' ? openModel(settings, host) : undefined;
  return settings && model ? judgeBy(model, settings) : undefined;
}

/** What a judge needs to know of the settings. */
type JudgeSettings = Pick<ModelSettings, 'confidence' | 'maxCalls' | 'budget'>;

/** Any model as a judge. */
export function judgeBy(model: Model, terms: JudgeSettings): Judge {
  return {
    model: model.name,
    confidence: terms.confidence,
    maxCalls: terms.maxCalls,
    ...(terms.budget && { budget: terms.budget }),
    ...(model.price && { currency: model.price.currency }),
    timeoutMs: mostCalls * model.timeoutMs,
    async judge(question, signal) {
      const { said, calls, tokens, tookMs, cost, end } = await converse<Judgement>(
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
      const unsure = (because: string): Judgement => ({ kind: 'unsure', because });
      const judgement =
        end.kind === 'answer'
          ? end.value
          : end.kind === 'refused'
            ? unsure(`It refuses to judge: ${end.message}`)
            : end.kind === 'failed'
              ? unsure(`It gave no answer: ${end.message}`)
              : unsure(`Its answer cannot be used: ${end.problem}`);
      return { said, calls, tokens, tookMs, ...(cost && { cost }), judgement };
    },
  };
}
