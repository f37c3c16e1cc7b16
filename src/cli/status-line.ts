// One line at the foot of a terminal that says how far a command is; the next takes its place, and what is printed scrolls by
// above it.

export interface StatusLine {
  /** Shows a line, cut to the terminal's width; null takes it away. */
  show(line: string | null): void;
  /** Prints something while the line is out of the way. */
  aside(print: () => void): void;
}

const clear = '\r\u001b[2K';

/** A status line on a terminal. */
export function statusLine(stream: { write(text: string): unknown; readonly columns?: number }): StatusLine {
  let shown: string | null = null;
  const show = (line: string | null): void => {
    const next = line?.slice(0, Math.max(1, (stream.columns ?? 80) - 1)) ?? null;
    if (next === shown) return;
    stream.write(next === null ? clear : `${clear}${next}`);
    shown = next;
  };
  return {
    show,
    aside(print) {
      const before = shown;
      show(null);
      print();
      show(before);
    },
  };
}

const cells = 20;

/** `Checking  [######--------------] 612 of 2000, 214 a second`. */
export function progressText(doing: string, done: number, all: number, seconds: number): string {
  const full = all === 0 ? cells : Math.floor((cells * done) / all);
  const rate = seconds < 1 ? '' : `, ${Math.round(done / seconds)} a second`;
  return `${doing} [${'#'.repeat(full)}${'-'.repeat(cells - full)}] ${done} of ${all}${rate}`;
}
