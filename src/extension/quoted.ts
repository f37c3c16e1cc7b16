// Dialogs, notifications and Problems show plain text: the back-ticks that mark somebody's words become quotation marks.

/** `Step 9` in back-ticks as \u2018Step 9\u2019. */
export function quoted(message: string): string {
  return message.replace(/`([^`\n]*)`/g, '\u2018$1\u2019');
}
