// Why an action counts as a read, for people.

/** ``only `df`, `awk`, which read`` of at most four commands. */
export function onlyWords(names: readonly string[]): string {
  const shown = names.slice(0, 4).map((name) => `\`${name}\``);
  const others = names.length > shown.length ? ' and others' : '';
  return `only ${shown.join(', ')}${others}, which ${names.length === 1 ? 'reads' : 'read'}`;
}
