// A micromark extension for `<PLUGIN_n>` … `</PLUGIN_n>`, which CommonMark does not take for HTML because of the
// underscore. The block opens and closes on lines of its own; what stands between is one opaque token, so that blank
// lines, indentation and asterisks in a query stay what they are. An opening without its closing is left to markdown.
interface Effects {
  enter(type: string): unknown;
  exit(type: string): unknown;
  consume(code: number | null): void;
}
type State = (code: number | null) => State | undefined;
interface TokenizeContext {
  now(): { offset: number };
  parser: { lazy: Record<number, boolean | undefined> };
}

const lessThan = 60;

/** The extension for one text. `base` is the offset in `text` of the first character that micromark is given. */
export function pluginBlock(text: string, base: number): { flow: Record<number, unknown> } {
  const lastClosings = new Map<string, number>();
  const opens = /<(PLUGIN_\w{1,40})>[ \t]*(?=\r|\n|$)/y;

  /** Offset just after the closing tag that ends the block opened at `offset`, or -1. */
  function blockEnd(offset: number): number {
    opens.lastIndex = offset;
    const name = opens.exec(text)?.[1];
    if (name === undefined) return -1;
    const closing = `</${name}>`;
    let last = lastClosings.get(name);
    if (last === undefined) lastClosings.set(name, (last = text.lastIndexOf(closing)));
    if (last < offset) return -1;
    return text.indexOf(closing, offset) + closing.length;
  }

  function tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const now = (): number => this.now().offset + base;
    let end = -1;

    const start: State = (code) => {
      end = code === lessThan ? blockEnd(now()) : -1;
      if (end < 0) return nok(code);
      effects.enter('pluginBlock');
      effects.enter('pluginBlockText');
      return inside(code);
    };
    const inside: State = (code) => {
      if (code === null || (now() >= end && (code < -2 || code === 10 || code === 13))) {
        effects.exit('pluginBlockText');
        effects.exit('pluginBlock');
        return ok(code);
      }
      if (code === -3 || code === -4 || code === -5) {
        effects.exit('pluginBlockText');
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return lineStart;
      }
      effects.consume(code);
      return inside;
    };
    const lineStart: State = (code) => {
      effects.enter('pluginBlockText');
      return inside(code);
    };
    return start;
  }

  return { flow: { [lessThan]: { name: 'pluginBlock', tokenize, concrete: true } } };
}
