// Properties run with one seed, so that a run can be had again: `TSG_SEED=7 npm test` takes another one, and `TSG_SEED=new`
// takes a new one each time and tells it when a property fails.
import fc from 'fast-check';

const { TSG_SEED: seed = '20261129' } = process.env;

if (seed !== 'new') fc.configureGlobal({ seed: Number(seed) });
