// Reads the number that an author puts before a heading or a bold label: `Step 3 - Title`, `3.1 Title`, `2) Title`, `Step Two: Title`,
// and what other languages have for it: `Schritt 3: …`, `Étape 3 : …`, `Шаг 3`, `步骤 3：…`, `第3步`.

/** What stands before the words of a heading; `titleStart` is an offset in the text that was given. */
export interface Numbering {
  readonly number: string | null;
  readonly word: string | null;
  readonly title: string;
  readonly titleStart: number;
}

/** What a step is called; words that begin other headings with a number in their language are left out. */
const words = [
  'step|phase|stage|task|schritt|étape|etape|paso|passo|passaggio|stap|steg|trin|trinn|vaihe|krok|pas|lépés|adım|bước|langkah',
  'шаг|крок|этап|етап|стъпка|βήμα|שלב|الخطوة|خطوة|단계|步骤|步驟|手順|ステップ|चरण|ขั้นตอนที่',
].join('|');
const numerals = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const separator = '(?:\\s*[-–—:.)：、．）]+\\s*|\\s+|$)';
const worded = new RegExp(
  `^[^\\p{L}\\p{N}]{0,4}(${words})\\s*#?\\s*(\\d{1,6}(?:\\.\\d{1,6}){0,5}[a-z]?)${separator}`,
  'iu',
);
const spelt = new RegExp(`^[^\\p{L}\\p{N}]{0,4}(step|phase|stage)\\s+(${numerals.join('|')})${separator}`, 'iu');
/** `第3步：…`, `第二步 …`, `3단계: …`. */
const counted = new RegExp(
  `^[^\\p{L}\\p{N}]{0,4}(?:第\\s*(\\d{1,6}|[一二三四五六七八九十]{1,2})\\s*(步骤|步驟|步|阶段|段階)|(\\d{1,6})\\s*(단계))${separator}`,
  'u',
);
const ideographs = '一二三四五六七八九';
const bare = /^(\d{1,4}(?:\.\d{1,4}){0,5}[a-z]?)(?:\s*[.):]\s+|\s+[-–—:]+\s+|[.)]$)|^(\d{1,4}(?:\.\d{1,4}){1,5})\s+/i;

/** `Section 3: Ask the server` is numbered as `3. Ask the server` is: where headings say "Step", sections are what holds them. */
const section = /^[^\p{L}\p{N}]{0,4}section\s+(\d{1,3})\s*[-–—:.]+\s+(?=\S)/iu;

/** Never fails: a text without a number is its own title. */
export function readNumbering(text: string): Numbering {
  const named = worded.exec(text);
  if (named?.[1] && named[2]) {
    return finish(text, named[0].length, named[2], named[1].toLowerCase());
  }
  const inWords = spelt.exec(text);
  if (inWords?.[1] && inWords[2])
    return finish(text, inWords[0].length, numeralOf(inWords[2]), inWords[1].toLowerCase());
  const count = counted.exec(text);
  if (count) return finish(text, count[0].length, numeralOf(count[1] ?? count[3] ?? ''), count[2] ?? count[4] ?? null);
  const part = section.exec(text);
  if (part?.[1] !== undefined) return finish(text, part[0].length, part[1], null);
  const plain = bare.exec(text);
  const number = plain?.[1] ?? plain?.[2];
  if (plain && number !== undefined) return finish(text, plain[0].length, number, null);
  return { number: null, word: null, title: text.trim(), titleStart: 0 };
}

/** `two` and `二` as `2`; what is written in figures stays. */
export function numeralOf(word: string): string {
  const at = numerals.indexOf(word.toLowerCase());
  if (at >= 0) return String(at + 1);
  if (!/^[一二三四五六七八九十]+$/.test(word)) return word;
  const [tens = '', ones = ''] = word.includes('十') ? word.split('十') : ['0', word];
  const digit = (sign: string): number => ideographs.indexOf(sign) + 1;
  return String((tens === '' ? 1 : tens === '0' ? 0 : digit(tens)) * 10 + (ones === '' ? 0 : digit(ones)));
}

function finish(text: string, length: number, number: string, word: string | null): Numbering {
  return { number, word, title: text.slice(length).trim(), titleStart: length };
}
