// The process that the chaos test kills. Arguments: journal, diary, seed. It says `begun` when only the run is left to do.
import { chaosRun } from './chaos-run.ts';

const [journal = '', diary = '', seed = '0'] = process.argv.slice(2);
process.stdout.write('begun\n');
await chaosRun(journal, diary, Number(seed));
