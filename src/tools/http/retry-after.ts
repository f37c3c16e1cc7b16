// How long a service asks to be left alone, by the header `Retry-After` of an answer with status 429 or 503.

/** Milliseconds; undefined where it does not say, or says a moment that has passed. */
export function retryAfterMs(
  status: number,
  headers: Readonly<Record<string, string>>,
  now: number,
): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const asked = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,6}$/.test(asked)) return Number(asked) * 1000;
  // `Wed, 21 Oct 2026 07:28:00 GMT`: a number alone would be read as a year.
  const at = /[a-z]{3}/i.test(asked) ? Date.parse(asked) : NaN;
  return at > now ? Math.ceil((at - now) / 1000) * 1000 : undefined;
}
