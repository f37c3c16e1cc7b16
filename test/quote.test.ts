// What of a model's quote counts: it stands in the result, it says something of it, and cuts no number and no word short.
import { strict as assert } from 'node:assert';
import { quoteFault } from '../src/run/check-quote.ts';

const evidence = [
  'Step1.1:\nexit code: 137\nHTTP status: 503\nrows: 120, the first 50 of them:\n{"id":1,"share":0.65,"state":"läuft"}',
  'Step1.2:\nrows: 3\nerrors:\nerrors: disk is full\n[812 characters are left out here]\n数据库 98%, was 3.5\nunhealthy, isRunning, not_ready',
];

describe('a quote of the evidence', () => {
  for (const quote of [
    'exit code: 137',
    '137',
    '503',
    'rows: 120',
    'rows: 3\nerrors:\nerrors: disk',
    'disk',
    'läuft',
    '据',
    'ready',
    '98%',
    '0.65',
    '"id":1',
    '3',
  ])
    it(`counts: ${JSON.stringify(quote)}`, () => assert.equal(quoteFault(quote, evidence), null));

  for (const [quote, fault] of [
    ['', 'empty'],
    [' \n', 'empty'],
    ['Disk', 'absent'],
    ['disk is full\n{"id"', 'absent'],
    ['exit code', 'nothing-said'],
    ['exit code: ', 'nothing-said'],
    ['HTTP status:', 'nothing-said'],
    [', the first 50 of them:', 'nothing-said'],
    ['Step1.2:\nrows:', 'nothing-said'],
    ['812 characters are left out', 'nothing-said'],
    ['{', 'nothing-said'],
    ['":', 'nothing-said'],
    ['13', 'cut-number'],
    ['0.6', 'cut-number'],
    ['65', 'cut-number'],
    ['5', 'cut-number'],
    ['exit code: 1', 'cut-number'],
    ['healthy', 'cut-word'],
    ['Running', 'cut-word'],
    ['äu', 'cut-word'],
    ['e', 'cut-word'],
    ['disk is fu', 'cut-word'],
  ] as const)
    it(`does not count: ${JSON.stringify(quote)} is ${fault}`, () => assert.equal(quoteFault(quote, evidence), fault));
});
