// Makes what a tool prints safe to show: terminal escapes, control characters and text-direction tricks are taken out,
// and bytes that are no text become a note. Everything a tool prints passes here before anyone sees or stores it.

export interface SafeText {
  readonly text: string;
  readonly notes: readonly string[];
}

/** Bytes as text for people. `what` names them in notes: "standard output"; `charset` is what their sender calls them. */
export function safeText(bytes: Uint8Array, what: string, charset?: string): SafeText {
  const decoder = decoderOf(charset);
  if (isBinary(bytes, decoder))
    return {
      text: '',
      notes: [`The ${what} is binary (${bytes.length.toLocaleString('en-US')} bytes) and is not shown.`],
    };
  const decoded = decoder.decode(bytes);
  const text = withoutEscapes(decoded);
  const notes: string[] = [];
  if (decoded.includes('\uFFFD'))
    notes.push(`Some bytes of the ${what} are not ${decoder.encoding.toUpperCase()} and are shown as \uFFFD.`);
  return { text, notes };
}

/** Text without terminal escapes, control characters and direction overrides; tabs and line ends stay. */
export function withoutEscapes(text: string): string {
  return text
    .replace(/\u001B[\]PX^_][\s\S]*?(?:\u0007|\u001B\\|$)/g, '')
    .replace(/(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]/g, '')
    .replace(/\u001B[ -/]*[0-~]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '');
}

type Decoder = InstanceType<typeof TextDecoder>;

/** UTF-8 unless the sender says otherwise in a word that is known. */
function decoderOf(charset: string | undefined): Decoder {
  try {
    return new TextDecoder(charset ?? 'utf-8');
  } catch {
    return new TextDecoder();
  }
}

/** NUL bytes, or many bytes that are no text, in the first 8 KB. */
function isBinary(bytes: Uint8Array, decoder: Decoder): boolean {
  const head = bytes.subarray(0, 8192);
  if (head.includes(0) && !decoder.encoding.startsWith('utf-16')) return true;
  let strange = 0;
  for (const byte of head)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 && byte !== 12 && byte !== 8) strange++;
  const decoded = decoder.decode(head);
  for (const character of decoded) if (character === '\uFFFD') strange++;
  return strange > 8 && strange > head.length / 10;
}
