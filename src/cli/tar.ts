// A tar archive (ustar) of a few small files, so that a bundle opens everywhere without a tool of ours.

export interface ArchivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The archive. Names are plain file names of at most 99 bytes; the time of every file is the one given. */
export function tar(files: readonly ArchivedFile[], seconds: number): Buffer {
  const parts = files.flatMap(({ name, bytes }) => [
    header(name, bytes.length, seconds),
    Buffer.from(bytes),
    Buffer.alloc((512 - (bytes.length % 512)) % 512),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

function header(name: string, size: number, seconds: number): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(name, 0, 99, 'utf8');
  block.write(octal(0o644, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(Math.trunc(seconds), 12), 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\u000000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
