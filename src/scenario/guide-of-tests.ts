// Which guide a tests file is about: the one it names, else the one of its own name beside it.

/** A path that ends so is a tests file. */
export const testsEnding = /\.tests\.ya?ml$/i;

/** Paths, relative to the tests file's folder, of which the first that exists is the guide; `file` is its name alone. */
export function guideCandidates(file: string, named: string | undefined): readonly string[] {
  if (named !== undefined) return [named];
  const stem = file.replace(testsEnding, '');
  return ['.tsg.md', '.md', '.markdown'].map((ending) => stem + ending);
}
