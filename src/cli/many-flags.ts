// The flags of commands that go through many guides.
import { positiveInteger } from './positive-integer.ts';

/** `--jobs N`, as commander's `option` takes it. */
export const jobsFlag = [
  '-j, --jobs <n>',
  'guides worked on at one time (default: as many as the machine has cores; few guides need no threads)',
  positiveInteger,
] as const;

/** `--quiet`. */
export const quietFlag = ['-q, --quiet', 'show no progress', false] as const;
