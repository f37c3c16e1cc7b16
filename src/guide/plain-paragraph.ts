// A micromark extension that takes a paragraph as a run of lines and looks no further. Micromark would cut its words into
// inline tokens, which we do not use and which costs the square of the number of lines.
interface Effects {
  enter(type: string): unknown;
  exit(type: string): unknown;
  consume(code: number | null): void;
  check(construct: object, ok: State, nok: State): State;
  interrupt(constructs: object, ok: State, nok: State): State;
}
type State = (code: number | null) => State | undefined;
interface TokenizeContext {
  interrupt?: boolean;
  parser: { constructs: { flow: object } };
}

const isEnding = (code: number | null): boolean => code === null || (code < -2 && code > -6);
const isBlank = (code: number | null): boolean => code === -2 || code === -1 || code === 32;

/** Tried after every other block construct; never interrupts another paragraph. */
export function plainParagraph(): { flow: { null: object } } {
  return { flow: { null: { name: 'plainParagraph', tokenize } } };
}

function tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const start: State = (code) => {
    if (isEnding(code) || this.interrupt === true) return nok(code);
    effects.enter('paragraph');
    effects.enter('paragraphLine');
    return line(code);
  };
  const line: State = (code) => {
    if (!isEnding(code)) {
      effects.consume(code);
      return line;
    }
    effects.exit('paragraphLine');
    return code === null
      ? end(code)
      : effects.check({ tokenize: tokenizeContinuation, partial: true }, goOn, end)(code);
  };
  const goOn: State = (code) => {
    effects.enter('lineEnding');
    effects.consume(code);
    effects.exit('lineEnding');
    return nextLine;
  };
  const nextLine: State = (code) => {
    effects.enter('paragraphLine');
    return line(code);
  };
  const end: State = (code) => {
    effects.exit('paragraph');
    return ok(code);
  };
  return start;
}

/** Succeeds when the next line goes on with the paragraph: it is not blank, and no other block may begin there. */
function tokenizeContinuation(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  let width = 0;
  const start: State = (code) => {
    effects.enter('lineEnding');
    effects.consume(code);
    effects.exit('lineEnding');
    return prefix;
  };
  const prefix: State = (code) => {
    if (!isBlank(code)) return begin(code);
    effects.enter('linePrefix');
    return blanks(code);
  };
  const blanks: State = (code) => {
    if (isBlank(code)) {
      width++;
      effects.consume(code);
      return blanks;
    }
    effects.exit('linePrefix');
    return begin(code);
  };
  const begin: State = (code) => {
    if (isEnding(code)) return nok(code);
    return width >= 4 ? ok(code) : effects.interrupt(this.parser.constructs.flow, nok, ok)(code);
  };
  return start;
}
