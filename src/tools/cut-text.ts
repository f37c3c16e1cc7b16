// Cuts texts of tools to what is kept of them, and puts `…` where something is missing: redaction looks there for the half of
// a secret that the cut may have left.

/** The beginning of a text: at most `most` characters and, where more is missing, a `…` behind them. */
export function firstOf(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The end of a text: at most `most` characters, behind a `…` where more is missing. What comes of it may be cut again. */
export function lastOf(text: string, most: number): string {
  return text.length <= most ? text : `…${text.slice(-most).replace(/^[\udc00-\udfff]/, '')}`;
}
