// Answers that one process leaves for the one that has a run: taken once, taken back, and never trusted as they are.
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { answerCountsMs, leaveAnswer, takeAnswers, type LeftAnswer, type TakenAnswer } from '../src/adapters/index.ts';
import { temporaryFolder } from './cli/tsg.ts';
import { until } from './support/until.ts';

const said = { kind: 'approval-given', action: 'Step1.1', hash: 'abc', by: 'ann' } as const;
/** The same, left at this moment: all files of tests are loaded long before. */
const yes = (): LeftAnswer => ({ ...said, time: Date.now() });

describe('an answer left beside a journal', () => {
  const folder = temporaryFolder();
  after(() => {
    folder.remove();
  });

  const leftIn = (journal: string): readonly string[] =>
    readdirSync(folder.path).filter((name) => name.startsWith(`${basename(journal)}.`));

  it('is taken once', async () => {
    const journal = join(folder.path, 'one.jsonl');
    const taken: TakenAnswer[] = [];
    const stop = takeAnswers(journal, (answer) => taken.push(answer));
    try {
      const way = leaveAnswer(journal, yes());
      await until(() => way.isTaken() && taken.length === 1);
      assert.deepEqual(taken, [said]);
      assert.equal(way.withdraw(), false);
      const no = { kind: 'approval-refused', action: 'Step1.1', by: 'ben', note: 'not at noon' } as const;
      leaveAnswer(journal, { ...no, time: Date.now() });
      await until(() => taken.length === 2);
      assert.deepEqual(taken[1], no);
      leaveAnswer(journal, { ...yes(), note: 'as INC-7 says' });
      await until(() => taken.length === 3);
      assert.deepEqual(taken[2], { ...said, note: 'as INC-7 says' });
    } finally {
      stop();
    }
  });

  it('is taken by one of all who see it', async () => {
    const journal = join(folder.path, 'many.jsonl');
    const count = 200;
    const taken: TakenAnswer[] = [];
    const take = (answer: TakenAnswer): void => void taken.push(answer);
    const stops = Array.from({ length: 4 }, () => takeAnswers(journal, take));
    try {
      const ways = Array.from({ length: count }, () => leaveAnswer(journal, yes()));
      await until(() => ways.every((way) => way.isTaken()) && taken.length >= count);
      // Who came second would have read it by now.
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.equal(taken.length, count);
    } finally {
      for (const stop of stops) stop();
    }
  });

  it('can be taken back while nobody has it', () => {
    const journal = join(folder.path, 'two.jsonl');
    const way = leaveAnswer(journal, yes());
    assert.equal(way.isTaken(), false);
    assert.equal(way.withdraw(), true);
    assert.deepEqual(leftIn(journal), []);
  });

  it('is nothing but an answer: what else lies there is thrown away', async () => {
    const journal = join(folder.path, 'three.jsonl');
    const write = (name: string, value: unknown): void =>
      writeFileSync(`${journal}.answer-${name}`, typeof value === 'string' ? value : JSON.stringify(value));
    write('a', 'no json');
    write('b', { kind: 'stop-requested', by: 'ann' });
    write('c', { ...yes(), hash: undefined });
    write('d', { ...yes(), later: true });
    write('e', yes());
    write('f', { ...yes(), by: 'somebody who left it long ago', time: Date.now() - answerCountsMs - 1 });
    const taken: TakenAnswer[] = [];
    const stop = takeAnswers(journal, (answer) => taken.push(answer));
    await until(() => leftIn(journal).length === 0 && taken.length > 0);
    stop();
    assert.deepEqual(taken, [said]);
  });
});
