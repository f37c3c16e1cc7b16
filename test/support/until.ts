// Waiting for what another process or the system does. A wait without an end would keep the whole suite from ending.

/** Resolves once it holds. Throws when it does not within the time that a test has. */
export async function until(holds: () => boolean, what = holds.toString(), withinMs = 50_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It did not come to hold within ${String(withinMs / 1000)} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
