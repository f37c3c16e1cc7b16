// The colours of charts. Lines differ by their dashes too, so that no meaning rests on colour alone; every line and text has a
// contrast of at least 4.5 to 1 on its ground.

export type ChartTheme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

export interface ChartColours {
  readonly ground: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  /** One for each line; there are as many as lines are drawn. */
  readonly lines: readonly string[];
}

export const chartThemes: Readonly<Record<ChartTheme, ChartColours>> = {
  light: {
    ground: '#ffffff',
    text: '#1f2328',
    muted: '#57606a',
    grid: '#d8dee4',
    lines: ['#0550ae', '#b33f00', '#116329', '#8250df', '#7d5200', '#a8286f'],
  },
  dark: {
    ground: '#1f1f1f',
    text: '#e6e6e6',
    muted: '#a8adb4',
    grid: '#3d4046',
    lines: ['#6cb6ff', '#f69d50', '#6bc46d', '#dcbdfb', '#e3b341', '#fc8dc7'],
  },
  'high-contrast': {
    ground: '#000000',
    text: '#ffffff',
    muted: '#ffffff',
    grid: '#4d565e',
    lines: ['#6fc3df', '#ffd700', '#89d185', '#ff9d94', '#d7a3ff', '#ffffff'],
  },
  'high-contrast-light': {
    ground: '#ffffff',
    text: '#000000',
    muted: '#000000',
    grid: '#aeb6bf',
    lines: ['#003e8a', '#8a2f00', '#0b4a1e', '#5b2fa8', '#5c3c00', '#7f1b52'],
  },
};

/** Colours by their names, for a page that says by `chartVariables` what they are. */
export const namedColours: ChartColours = {
  ground: 'var(--chart-ground)',
  text: 'var(--chart-text)',
  muted: 'var(--chart-muted)',
  grid: 'var(--chart-grid)',
  lines: chartThemes.light.lines.map((_, index) => `var(--chart-line-${index})`),
};

/** A palette as declarations of a style sheet. */
export function chartVariables(theme: ChartTheme): string {
  const { lines, ...others } = chartThemes[theme];
  const named = [...Object.entries(others), ...lines.map((colour, index) => [`line-${index}`, colour] as const)];
  return named.map(([name, colour]) => `--chart-${name}:${colour}`).join(';');
}

export const dashes = ['', '7 3', '2 2.5', '9 3 2 3', '4 2', '1 4'] as const;
