// Puts data between marks that do not occur in it, so that nothing in it can end it.

/** `<evidence-1>`, the text, `</evidence-1>`: the first number whose mark the text does not have. */
export function fenceData(name: string, text: string): string {
  for (let n = 1; ; n++) {
    const mark = `${name}-${n}`;
    if (!text.includes(mark)) return `<${mark}>\n${text}\n</${mark}>`;
  }
}
