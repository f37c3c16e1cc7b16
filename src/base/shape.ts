// A drawing as a tree of SVG elements without a page: one host turns it into text, another into elements.
// Only classes and geometry stand here; colours come from the style sheet of the host.

export interface Shape {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly (Shape | string)[];
}

/** Makes one element. */
export function shape(tag: string, attributes: Shape['attributes'], ...children: (Shape | string | null)[]): Shape {
  return { tag, attributes, children: children.filter((child) => child !== null) };
}

/** The element and everything in it as SVG text, with all texts escaped. */
export function shapeToText(root: Shape | string): string {
  if (typeof root === 'string') return escapeText(root);
  const attributes = Object.entries(root.attributes)
    .map(([name, value]) => ` ${name}="${escapeText(String(value))}"`)
    .join('');
  if (root.children.length === 0) return `<${root.tag}${attributes}/>`;
  return `<${root.tag}${attributes}>${root.children.map(shapeToText).join('')}</${root.tag}>`;
}

/** Escapes for text and attributes; characters that XML 1.0 does not allow become the replacement character. */
export function escapeText(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/gu, (character: string) => `&#${character.charCodeAt(0)};`);
}
