// Guards in words for people.

/** The guard as a phrase: "some row has assessment equal to REGRESSION_DETECTED". */
export function describeGuard(cel: string): string {
  return cel;
}
