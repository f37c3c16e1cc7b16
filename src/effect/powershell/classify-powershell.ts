// Judges what PowerShell may do. Only pipelines of cmdlets that are known to read count as a read, with plain arguments,
// simple conditions and tables of values, kept in variables of the script's own, behind `if` and in `foreach`; calls of
// methods, script blocks elsewhere, aliases and unknown commands do not.
import { onlyWords } from '../only-words.ts';
import type { Classification } from '../../plan/index.ts';
import { aliases, meaningOf, reaching, reads, shaping, writingVerbs } from './known-cmdlets.ts';
import { isKnownProgram, judgeProgram } from './known-programs.ts';
import { tokenizePowershell, type PowershellToken } from './tokenize-powershell.ts';

const unknown = (because: string): Classification => ({ effect: 'unknown', because });

const notKnown = (token: PowershellToken | undefined): Classification =>
  unknown(token ? `\`${token.text.trim()}\` is not known to only read` : 'it ends unfinished');

/** The effect of a PowerShell script. */
export function classifyPowershell(code: string): Classification {
  const tokens = tokenizePowershell(code);
  if (typeof tokens === 'string') return unknown(tokens);
  const reader = new Reader(tokens);
  const verdict = reader.script();
  if (verdict) return verdict;
  if (reader.names.size === 0) return unknown('there is no command');
  return {
    effect: 'read',
    because: onlyWords([...reader.names]),
  };
}

/** Methods of dates and texts that change nothing. */
const harmlessMethods =
  /^\.(Add(Milliseconds|Seconds|Minutes|Hours|Days|Months|Years)|ToString|ToUniversalTime|ToLocalTime|Trim|ToUpper|ToLower|Split|Substring)$/i;

/** Asking for some classes does more than to read; see `placeOf`. */
const asksForClass = /^get-(wmiobject|ciminstance|cimclass)$/;

const comparison =
  /^-(i|c)?(eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains|notcontains|in|notin|and|or|not|is|isnot)$/i;

/** `5`, `1.5GB`, and with a sign before it as in `$_.Length/1MB`. */
const number = /^[-+*/%]?\d+(\.\d+)?(kb|mb|gb|tb|pb)?$/i;

/** Variables that PowerShell itself reads or fills; setting one changes what follows. */
const itsOwn =
  /^\$(_|ps\w*|\w*preference|maximum\w*|args|consolefilename|enabledexperimentalfeatures|error|event\w*|executioncontext|false|foreach|home|host|input|is\w+|lastexitcode|matches|myinvocation|nestedpromptlevel|null|ofs|output\w*|pid|profile|pwd|sender|shellid|stacktrace|switch|this|true)$/i;

/** Reads pipelines from the tokens; every method gives null where all only reads. */
class Reader {
  readonly names = new Set<string>();
  /** The script keeps something in a variable: what a variable holds is its own choice. */
  private keeps = false;
  private at = 0;
  /** How many parentheses and assignments are around: what a pipeline gives there goes on to others. */
  private within = 0;
  /** The pipeline at hand has made values of its own: a name, put together, may be one on another machine. */
  private made = false;
  private readonly tokens: readonly PowershellToken[];

  constructor(tokens: readonly PowershellToken[]) {
    this.tokens = tokens;
  }

  /** Statements to the end, or to the `}` of their block. */
  script(inBlock = false): Classification | null {
    while (this.at < this.tokens.length) {
      if (this.peek()?.kind === 'end') this.at++;
      else if (inBlock && this.is('}')) return null;
      else {
        const verdict = this.statement();
        if (verdict) return verdict;
        if (this.peek() && this.peek()?.kind !== 'end' && !(inBlock && this.is('}'))) return notKnown(this.peek());
      }
    }
    return inBlock ? unknown('a block is not closed') : null;
  }

  private statement(): Classification | null {
    const token = this.peek();
    const next = this.tokens[this.at + 1];
    const word = token?.kind === 'word' ? token.text.toLowerCase() : '';
    if (word === 'if' && next?.text === '(') return this.choice();
    if (word === 'foreach' && next?.text === '(') return this.loop();
    if (token?.kind === 'variable' && next?.kind === 'symbol' && next.text === '=') return this.assignment();
    return this.pipeline();
  }

  /** `$name = pipeline`, a text or a number. */
  private assignment(): Classification | null {
    const name = this.peek()?.text ?? '';
    if (!/^\$[a-z]\w*$/i.test(name) || itsOwn.test(name)) return unknown(`it sets \`${name}\``);
    this.keeps = true;
    this.at += 2;
    this.names.add(name);
    const value = this.peek();
    if (!this.isNumber() && value?.kind !== 'text') return this.pipelineWithin();
    this.at++;
    // Pieces of a path may be put together later.
    return /[\\/]/.test(value?.text ?? '') && !/^['"]([a-z]:\\(?!\\)|https?:\/\/)/i.test(value?.text ?? '')
      ? unknown(`\`${value?.text ?? ''}\` may become a part of another path`)
      : placeOf(value?.text ?? '');
  }

  /** `if (…) { … } elseif (…) { … } else { … }`. */
  private choice(): Classification | null {
    for (;;) {
      this.at++;
      if (!this.is('(')) return notKnown(this.peek());
      const verdict = (this.asksCommand() ? this.inner() : this.block(')')) ?? this.body();
      if (verdict) return verdict;
      if (!this.goesOnWith(/^else(if)?$/i)) return null;
      if (/^else$/i.test(this.peek()?.text ?? '')) {
        this.at++;
        return this.body();
      }
    }
  }

  /** `(Test-Path x)`: behind the parenthesis stands a command. */
  private asksCommand(): boolean {
    const next = this.tokens[this.at + 1];
    return next?.kind === 'word' && !this.isOperator(this.at + 1) && !next.text.startsWith('-');
  }

  /** `foreach ($name in pipeline) { … }`. */
  private loop(): Classification | null {
    this.at += 2;
    const variable = this.peek();
    const word = this.tokens[this.at + 1];
    if (variable?.kind !== 'variable' || word?.kind !== 'word' || !/^in$/i.test(word.text)) return notKnown(variable);
    if (!/^\$[a-z]\w*$/i.test(variable.text) || itsOwn.test(variable.text))
      return unknown(`it sets \`${variable.text}\``);
    this.keeps = true;
    this.at += 2;
    const verdict = this.list() ?? (this.is(')') ? null : this.pipelineWithin());
    if (verdict) return verdict;
    if (!this.is(')')) return notKnown(this.peek());
    this.at++;
    return this.body();
  }

  /** Texts and numbers with commas between them are taken in; null too where there are none. */
  private list(): Classification | null {
    if (this.peek()?.kind !== 'text' && !this.isNumber()) return null;
    for (;;) {
      const value = this.peek()?.text ?? '';
      if (this.peek()?.kind !== 'text' && !this.isNumber()) return notKnown(this.peek());
      if (/[\\/]/.test(value)) return unknown(`\`${value}\` may become a part of another path`);
      this.at++;
      if (!this.is(',')) return null;
      this.at++;
    }
  }

  private body(): Classification | null {
    while (this.peek()?.kind === 'end' && this.peek()?.text !== ';') this.at++;
    if (!this.is('{')) return notKnown(this.peek());
    this.at++;
    const verdict = this.script(true);
    if (verdict) return verdict;
    this.at++;
    return null;
  }

  /** True when, over line ends, a word follows that carries a statement on; it is the next token then. */
  private goesOnWith(words: RegExp): boolean {
    let at = this.at;
    while (this.tokens[at]?.kind === 'end' && this.tokens[at]?.text !== ';') at++;
    const token = this.tokens[at];
    if (token?.kind !== 'word' || !words.test(token.text)) return false;
    this.at = at;
    return true;
  }

  private peek(): PowershellToken | undefined {
    return this.tokens[this.at];
  }

  private is(symbol: string): boolean {
    const token = this.peek();
    return token?.kind === 'symbol' && token.text === symbol;
  }

  /** A pipeline whose result is kept, or given to something. */
  private pipelineWithin(): Classification | null {
    const { made } = this;
    this.within++;
    const verdict = this.pipeline();
    this.within--;
    this.made = made;
    return verdict;
  }

  private pipeline(): Classification | null {
    this.made = false;
    let worst: Classification | null = null;
    for (let first = true; ; first = false) {
      const verdict = first && this.peek()?.kind !== 'word' ? this.value() : this.command(first);
      if (verdict?.effect === 'write') return verdict;
      worst ??= verdict;
      // After what is not understood, only a command that surely writes is still of interest.
      while (worst && this.peek() && !this.is('|')) this.at++;
      if (!this.is('|')) return worst;
      this.at++;
      while (this.peek()?.kind === 'end' && this.peek()?.text !== ';') this.at++;
    }
  }

  /** What a pipeline may begin with instead of a command: `$env:NAME`, `(Get-Process x).Count`, a difference of such. */
  private value(): Classification | null {
    if (this.peek()?.kind === 'text') {
      this.names.add('a text');
      const verdict = placeOf(this.peek()?.text ?? '');
      this.at++;
      return verdict;
    }
    for (;;) {
      const token = this.peek();
      if (token?.kind === 'variable') {
        const verdict = this.variable();
        if (verdict) return verdict;
        this.names.add(token.text);
      } else if (this.is('(')) {
        const verdict = this.inner();
        if (verdict) return verdict;
      } else return unknown('it does not begin with a command');
      const sign = this.peek();
      if (sign?.kind !== 'word' || !/^[-+]$/.test(sign.text)) return null;
      this.at++;
    }
  }

  private command(first: boolean): Classification | null {
    const token = this.peek();
    if (token?.kind !== 'word') return unknown('it does not begin with a command');
    this.at++;
    const name = aliases[token.text.toLowerCase()] ?? token.text.toLowerCase();
    if (this.made && !shaping.has(name)) return unknown(`\`${token.text}\` is given what was put together before it`);
    if (name === 'foreach-object') return this.forEach(token.text);
    if (isKnownProgram(name)) return this.program(token.text, !first);
    if (!reads.has(name))
      return /^[a-z]+-[a-z]/.test(name) && writingVerbs.has(name.split('-')[0] ?? '')
        ? { effect: 'write', because: `\`${token.text}\` writes` }
        : unknown(`\`${token.text}\` is not known to only read`);
    this.names.add(token.text);
    let reaches = reaching.has(name);
    let isLiteral = first;
    for (;;) {
      const next = this.peek();
      if (!next || this.atEndOfCommand()) {
        if (asksForClass.test(name) && this.keeps && !isLiteral)
          return unknown('which class it asks for is only known when it runs');
        return reaches && !isLiteral ? unknown(`\`${token.text}\` may send what was read to another machine`) : null;
      }
      let verdict: Classification | null = null;
      if (this.is('{')) {
        if (name !== 'where-object') return unknown('a script block is not known to only read');
        verdict = this.block();
      } else if (this.is('(')) {
        isLiteral = false;
        verdict = this.inner();
      } else if (this.is('@{')) verdict = this.table();
      else if (next.kind === 'variable') {
        isLiteral &&= /^\$(true|false|null)$/i.test(next.text);
        verdict = this.variable();
      } else if (next.kind === 'text' || next.kind === 'word') {
        if (next.text.startsWith('"') && next.text.includes('$')) isLiteral = false;
        const meaning = next.kind === 'word' && next.text.startsWith('-') ? meaningOf(next.text) : 'plain';
        if (meaning === 'keeps') return unknown(`\`${next.text}\` sets a variable`);
        if (meaning === 'acts') return unknown(`the parameter \`${next.text}\` is not known to only read`);
        reaches ||= meaning === 'reaches';
        verdict = placeOf(next.text);
        this.at++;
      } else if (this.is(',')) this.at++;
      else return notKnown(next);
      if (verdict) return verdict;
    }
  }

  /** `ForEach-Object { "{0} {1}" -f $_.Name, $_.Id }`: one value of each, which is only shown. */
  private forEach(name: string): Classification | null {
    if (this.within > 0) return unknown(`what \`${name}\` makes goes on to something else`);
    if (!this.is('{')) return unknown(`\`${name}\` is not known to only read`);
    this.names.add(name);
    this.made = true;
    return this.block('}') ?? (this.atEndOfCommand() ? null : notKnown(this.peek()));
  }

  private atEndOfCommand(): boolean {
    const next = this.peek();
    return !next || next.kind === 'end' || this.is('|') || this.is(')') || this.is('}');
  }

  /** A program or a fetch, whose arguments must all be plain. */
  private program(name: string, piped: boolean): Classification | null {
    const args: (string | null)[] = [];
    for (;;) {
      const next = this.peek();
      if (!next || this.atEndOfCommand()) break;
      if (next.kind !== 'text' && next.kind !== 'word') return notKnown(next);
      const isOpen = next.text.startsWith('"') && next.text.includes('$');
      args.push(isOpen ? null : next.kind === 'text' ? next.text.slice(1, -1) : next.text);
      this.at++;
    }
    const why = judgeProgram(name.toLowerCase(), args, piped);
    if (why !== null) return unknown(`\`${name}\`: ${why}`);
    this.names.add(name);
    return null;
  }

  /** A variable that nothing is done with. */
  private variable(): Classification | null {
    this.at++;
    const next = this.peek();
    return next?.kind === 'word' && !next.apart && next.text.startsWith('.')
      ? unknown(`\`${next.text}\` is not known to only read`)
      : null;
  }

  /** `(pipeline)`, and properties or harmless methods of its result behind it. */
  private inner(): Classification | null {
    this.at++;
    const verdict = this.pipelineWithin();
    if (verdict) return verdict;
    if (!this.is(')')) return unknown('a parenthesis is not understood');
    this.at++;
    for (;;) {
      const member = this.peek();
      // The tokens say `apart` of what stands behind a symbol: a property begins with its point.
      if (member?.kind !== 'word' || !member.text.startsWith('.')) return null;
      this.at++;
      if (!this.is('('))
        return /^(\.[A-Za-z]\w*)+$/.test(member.text) ? null : unknown(`\`${member.text}\` is not known to only read`);
      if (!harmlessMethods.test(member.text)) return unknown(`the method \`${member.text}\` is not known to only read`);
      this.at++;
      while (this.peek()?.kind === 'text' || this.is(',') || this.isNumber()) this.at++;
      if (!this.is(')')) return unknown('what is given to a method is not understood');
      this.at++;
    }
  }

  private isNumber(): boolean {
    const token = this.peek();
    return token?.kind === 'word' && number.test(token.text);
  }

  /** `@{ Name = 'x'; Expression = { … } }`: keys with literals, lists of them, blocks and what `inner` takes. */
  private table(): Classification | null {
    this.at++;
    for (;;) {
      while (this.peek()?.kind === 'end') this.at++;
      if (this.is('}')) {
        this.at++;
        return null;
      }
      const key = this.peek();
      if (key?.kind !== 'text' && !(key?.kind === 'word' && /^[A-Za-z]\w*$/.test(key.text))) return notKnown(key);
      this.at++;
      if (!this.is('=')) return notKnown(this.peek());
      do {
        this.at++;
        const verdict = this.tableValue();
        if (verdict) return verdict;
      } while (this.is(','));
      if (this.peek()?.kind !== 'end' && !this.is('}')) return notKnown(this.peek());
    }
  }

  private tableValue(): Classification | null {
    const token = this.peek();
    if (this.is('{')) {
      this.made = true;
      return this.block('}', this.within > 0);
    }
    if (this.is('(')) return this.inner();
    if (token?.kind === 'variable') return this.variable();
    // A bare word would be a command here.
    if (token?.kind !== 'text' && !this.isNumber()) return notKnown(token);
    this.at++;
    return placeOf(token?.text ?? '');
  }

  /**
   * `{ $_.Status -eq 'Stopped' -and … }`: properties, literals, comparisons, sums, rounding and formats. Where its value goes on, no
   * piece of a path is in it, unless it is only compared with.
   */
  private block(close: '}' | ')' = '}', goesOn = false): Classification | null {
    this.at++;
    let operand = false;
    let depth = 0;
    for (;;) {
      const token = this.peek();
      if (!token || token.kind === 'end') return unknown('a condition is not closed');
      if (close === ')' && this.is(')') && depth === 0) {
        this.at++;
        return null;
      }
      const refused = unknown(`\`${token.text}\` in a condition is not known to only read`);
      if (this.is('}')) {
        this.at++;
        return depth === 0 ? null : unknown('a parenthesis is not understood');
      }
      if (token.kind === 'word' && (comparison.test(token.text) || /^([-+*/%]|-f)$/i.test(token.text))) operand = false;
      else if (this.is('(') && this.tokens[this.at + 1]?.kind === 'word' && !this.isOperator(this.at + 1)) {
        if (operand) return refused;
        const verdict = this.inner();
        if (verdict) return verdict;
        operand = true;
        continue;
      } else if (this.is('(')) {
        if (operand) return refused;
        depth++;
      } else if (this.is(')')) depth--;
      else if (this.is(',')) operand = false;
      else if (token.kind === 'math') operand = false;
      else if (token.kind === 'variable' || token.kind === 'text' || this.isNumber()) {
        // `$_.Length/1GB` holds its sign in the number.
        if (operand && !/^[-+*/%]/.test(token.text)) return unknown('a condition is not understood');
        if (
          goesOn &&
          token.kind === 'text' &&
          /[\\/]/.test(token.text) &&
          !comparison.test(this.tokens[this.at - 1]?.text ?? '')
        )
          return unknown(`\`${token.text}\` may become a part of another path`);
        operand = true;
      } else return refused;
      if (depth < 0) return refused;
      this.at++;
    }
  }

  /** A number or an operator, which no command begins with. */
  private isOperator(at: number): boolean {
    const text = this.tokens[at]?.text ?? '';
    return comparison.test(text) || number.test(text);
  }
}

/** Places that do more than being read when they are asked for. */
function placeOf(text: string): Classification | null {
  const bare = text.replace(/^['"]/, '');
  // Whoever has that machine is given our name and a proof of our password.
  if (/(^|:)[\\/]{2}|\bUNC[\\/]/i.test(bare)) return unknown('a path on another machine is logged in to');
  // Asking for these has Windows check, and repair, every installed program.
  if (/win32_product\b/i.test(bare)) return unknown('asking for `Win32_Product` has installed programs repaired');
  return null;
}
