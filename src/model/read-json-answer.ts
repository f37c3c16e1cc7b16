// Reads the JSON object in a model's answer, also where it stands in a code fence or between sentences, as models write it that
// no schema binds.

/** The value, or undefined when there is none that can be read. */
export function readJsonAnswer(text: string): unknown {
  const first = text.indexOf('{');
  const last = text.lastIndexOf('}');
  for (const candidate of [text, first >= 0 && last > first ? text.slice(first, last + 1) : '']) {
    try {
      return JSON.parse(candidate);
    } catch {
      // Not by itself: the next candidate may be.
    }
  }
  return undefined;
}
