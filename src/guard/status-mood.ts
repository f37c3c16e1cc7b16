// Tells whether a status word means that something is wrong or that all is well: one row that is wrong answers "the pods are
// FAILED", one row that is well does not answer "the pods are RUNNING". A word that is in neither list is neither.

const wrong = new Set(
  `critical warning warn error errors failed failing failure fail down degraded degrading degradation unhealthy unavailable
  high regression detected breach breached exceeded overloaded saturated timeout crashed crashing crashloopbackoff oomkilled
  evicted stuck stale blocked lost missing offline unreachable red alert emergency fatal severe bad broken corrupt corrupted
  lagging slow spike spiking anomaly anomalous outage suspicious expired invalid inactive notready unstable disconnected
  diverged throttled abnormal unbound unsynced deadlock leak exhausted full violated violation problem`
    .trim()
    .split(/\s+/),
);
const well = new Set(
  `ok okay healthy normal running ready up active success succeeded successful pass passed passing good fine stable
  available online complete completed green none clean valid connected synced live alive mounted bound low`
    .trim()
    .split(/\s+/),
);

/** What a status says: `REGRESSION_DETECTED` and `NOT_READY` are wrong, `NO_REGRESSION` and `Running` are well. */
export function moodOf(status: string): 'wrong' | 'well' | null {
  const words = status
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const denied = words[0] === 'no' || words[0] === 'not' || words[0] === 'non';
  const told = denied ? words.slice(1) : words;
  const isWrong = told.some((word) => wrong.has(word)) || wrong.has(words.join(''));
  const isWell = told.some((word) => well.has(word));
  if (isWrong === isWell) return null;
  return isWrong === denied ? 'well' : 'wrong';
}
