// Texts at one byte a character. An engine keeps a text in two bytes where one of its characters needs them, and whatever is cut
// out of it too: a guide with one dash or arrow is twice as long everywhere, and each pattern is compiled a second time for it.

/** The same text, which holds on to no other, at one byte a character where its own characters allow it. */
export function narrow(text: string): string {
  // Text that is parsed is made of its characters, not of where it comes from.
  return JSON.parse(JSON.stringify(text)) as string;
}
