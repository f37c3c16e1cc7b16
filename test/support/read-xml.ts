// A reader of XML for tests, as strict as the recommendation in what our own documents may hold: what is not well-formed, or no
// character of XML 1.0, is an error. Declarations of types, namespaces and CDATA sections are not read, for we write none.

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, between and around its children. */
  readonly text: string;
}

/** The root element. Throws an Error that says what is wrong, and where. */
export function readXml(document: string): XmlElement {
  const illegal = /[^\u{9}\u{a}\u{d}\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.exec(document);
  if (illegal) fail(`U+${illegal[0].codePointAt(0)?.toString(16)} is no character of XML`, illegal.index);
  const start = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(document);
  if (!start) fail('the declaration is missing', 0);
  let at = start?.[0].length ?? 0;
  const root = element();
  if (document.slice(at).trim() !== '') fail('something stands behind the root', at);
  return root;

  function element(): XmlElement {
    const open = /<([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.-]*="[^"<]*")*)\s*(\/?)>/y;
    open.lastIndex = at;
    const found = open.exec(document);
    if (!found) return fail('a tag is not well-formed', at);
    const [tag, name = '', list = '', empty] = found;
    at += tag.length;
    const attributes: Record<string, string> = {};
    for (const [, key = '', value = ''] of list.matchAll(/([A-Za-z][\w.-]*)="([^"]*)"/g)) {
      if (Object.hasOwn(attributes, key)) fail(`the attribute ${key} stands there twice`, at);
      // A reader makes a blank of each white space that is not written by its number.
      attributes[key] = filled(value.replace(/\r\n|[\r\n\t]/g, ' '));
    }
    const children: XmlElement[] = [];
    let text = '';
    if (empty === '/') return { name, attributes, children, text };
    for (;;) {
      const next = document.indexOf('<', at);
      if (next < 0) return fail(`<${name}> is not closed`, at);
      const raw = document.slice(at, next);
      if (raw.includes(']]>')) fail('`]]>` stands in a text', at);
      text += filled(raw.replace(/\r\n?/g, '\n'));
      at = next;
      if (!document.startsWith('</', at)) {
        children.push(element());
        continue;
      }
      if (!document.startsWith(`</${name}>`, at)) fail(`<${name}> is closed by another name`, at);
      at += name.length + 3;
      return { name, attributes, children, text };
    }
  }

  function filled(raw: string): string {
    return raw.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([0-9a-fA-F]+));|&/g, (whole, named, decimal, hex) => {
      if (whole === '&') fail('`&` names nothing', at);
      if (typeof named === 'string') return marks[named] ?? '';
      return String.fromCodePoint(typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16));
    });
  }

  function fail(what: string, where: number): never {
    throw new Error(`${what}: …${document.slice(Math.max(0, where - 40), where + 40)}…`);
  }
}

const marks: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
