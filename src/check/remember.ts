// Remembers what a slow pure function said of the last few texts, because a guide is checked at every keystroke and its code
// blocks seldom change.

/** The function with a memory for `size` texts. */
export function remember<T>(read: (text: string) => T, size = 300): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = read(text);
    if (known.size >= size) known.clear();
    known.set(text, made);
    return made;
  };
}
