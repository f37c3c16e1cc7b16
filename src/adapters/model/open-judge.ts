// A model as the judge of a run: puts the question, checks the answer, sends a wrong one back with what is wrong with it, and
// leaves the decision to the engineer when that does not help.
import { checkJudgement, type Judge, type JudgeAnswer, type Judgement, type ModelMessage } from '../../run/index.ts';
import type { ToolHost } from '../../tools/index.ts';
import { correction, judgePrompt, judgeSchema } from './judge-prompt.ts';
import type { ModelSettings } from './model-settings.ts';
import type { Model } from './model.ts';
import { openModel } from './open-model.ts';
import { readJsonAnswer } from './read-json-answer.ts';

/** One answer, sent back twice at most. */
const mostCalls = 3;

/** The judge that the settings ask for; undefined where there is no model, or it is not to judge. */
export function openJudge(settings: ModelSettings | undefined, host: ToolHost): Judge | undefined {
  return settings?.judge === 'ask' ? judgeBy(openModel(settings, host), settings) : undefined;
}

/** Any model as a judge. */
export function judgeBy(model: Model, terms: { readonly confidence: number; readonly maxCalls: number }): Judge {
  return {
    model: model.name,
    confidence: terms.confidence,
    maxCalls: terms.maxCalls,
    timeoutMs: mostCalls * model.timeoutMs,
    async judge(question, signal) {
      const said: ModelMessage[] = [...judgePrompt(question)];
      const tokens = { input: 0, output: 0 };
      const schema = { name: 'judgement', schema: judgeSchema(question) };
      let calls = 0;
      const end = (judgement: Judgement): JudgeAnswer => ({ said, calls, tokens, judgement });
      for (;;) {
        const reply = await model.ask({ messages: said, schema }, signal);
        if (reply.kind === 'failed') {
          if (reply.sent) calls++;
          return end({ kind: 'unsure', because: `It gave no answer: ${reply.message}` });
        }
        calls++;
        tokens.input += reply.tokens.input;
        tokens.output += reply.tokens.output;
        const text = reply.kind === 'refused' ? reply.message : reply.text;
        said.push({ role: 'assistant', text });
        if (reply.kind === 'refused') return end({ kind: 'unsure', because: `It refuses to judge: ${text}` });
        const checked = checkJudgement(question, readJsonAnswer(text));
        if (checked.kind === 'judgement') return end(checked.judgement);
        if (calls >= Math.min(mostCalls, question.maxCalls))
          return end({ kind: 'unsure', because: `Its answer cannot be used: ${checked.problem}` });
        said.push(correction(checked.problem));
      }
    },
  };
}
