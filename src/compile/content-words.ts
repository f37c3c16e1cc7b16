// The words of a text that say what it is about.

const empty = new Set(
  (
    'a an the this that these those it its they them their you your we our i my me and or but nor so if then else when while where ' +
    'whether as than of to in on for with by from at into onto over about is are was were be been being am do does did done has have ' +
    'had having can could may might must shall should will would not no any all each every some such there here now also only just ' +
    'please first next step steps case need needs'
  ).split(' '),
);

/** The words of a text in lower case, without those that any sentence has. */
export function contentWords(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? []).filter((word) => !empty.has(word)));
}

/** How many of `words` the other text has too, also in another form: "increase", "increased". */
export function sharedWords(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  const stems = new Set([...others].map(stem));
  return [...words].filter((word) => stems.has(stem(word))).length;
}

/** Without the endings of plurals and of the forms of verbs; no word of a dictionary. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ies|es|s|ed|ing|e|y)$/, '') : word;
}
