// CRC-32 (the polynomial of zip and PNG) over a text's UTF-8 bytes, computed without making the bytes. It finds torn
// and damaged lines; it is no protection against people.

const table = new Int32Array(256);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  table[n] = c;
}

const hex = Array.from(table, (_, n) => n.toString(16).padStart(2, '0'));

/** Eight lower-case hex digits over `text[0, end)`. Lone surrogates count as U+FFFD, as an encoder writes them. */
export function crc32(text: string, end: number = text.length): string {
  let crc = -1;
  for (let i = 0; i < end; i++) {
    let unit = text.charCodeAt(i);
    if (unit < 0x80) {
      crc = (table[(crc ^ unit) & 255] as number) ^ (crc >>> 8);
      continue;
    }
    if (unit >= 0xd800 && unit < 0xe000) {
      const low = i + 1 < end ? text.charCodeAt(i + 1) : 0;
      if (unit < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        i++;
      } else unit = 0xfffd;
    }
    crc = multiByte(crc, unit);
  }
  return sumText(~crc);
}

/** A sum as the eight hex digits that stand in a line. */
export function sumText(crc: number): string {
  return hexOf(crc >>> 24) + hexOf(crc >>> 16) + hexOf(crc >>> 8) + hexOf(crc);
}

function hexOf(byte: number): string {
  return hex[byte & 255] as string;
}

function multiByte(crc: number, code: number): number {
  const step = (byte: number): void => {
    crc = (table[(crc ^ byte) & 255] as number) ^ (crc >>> 8);
  };
  if (code < 0x800) step(0xc0 | (code >> 6));
  else {
    if (code < 0x10000) step(0xe0 | (code >> 12));
    else {
      step(0xf0 | (code >> 18));
      step(0x80 | ((code >> 12) & 63));
    }
    step(0x80 | ((code >> 6) & 63));
  }
  step(0x80 | (code & 63));
  return crc;
}
