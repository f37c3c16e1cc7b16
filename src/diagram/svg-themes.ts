// The fixed palettes of exported pictures. Every text colour has a contrast of at least 4.5 to 1 on its ground.
import type { ColourName } from './diagram-style.ts';

export type SvgTheme = 'light' | 'dark' | 'high-contrast';

export const svgThemes: Readonly<Record<SvgTheme, Readonly<Record<ColourName, string>>>> = {
  light: {
    page: '#ffffff',
    box: '#f8f8f8',
    border: '#8a8f98',
    text: '#1f2328',
    muted: '#57606a',
    line: '#6e7781',
    label: '#ffffff',
    terminal: '#0550ae',
    badge: '#c4c9cf',
    warning: '#8a4600',
    resolved: '#1a7f37',
    mitigated: '#0550ae',
    escalated: '#a40e26',
    neutral: '#57606a',
    succeeded: '#1a7f37',
    failed: '#b31d28',
    running: '#0550ae',
    waiting: '#8a4600',
    skipped: '#57606a',
    focus: '#0550ae',
    current: '#0550ae',
    'on-status': '#ffffff',
    added: '#1a7f37',
    removed: '#a40e26',
    changed: '#8a4600',
  },
  dark: {
    page: '#1f1f1f',
    box: '#2a2a2b',
    border: '#6e7681',
    text: '#e6e6e6',
    muted: '#a8adb4',
    line: '#8b949e',
    label: '#1f1f1f',
    terminal: '#6cb6ff',
    badge: '#4a4f57',
    warning: '#e3b341',
    resolved: '#56d364',
    mitigated: '#6cb6ff',
    escalated: '#ff8b84',
    neutral: '#a8adb4',
    succeeded: '#56d364',
    failed: '#ff8b84',
    running: '#6cb6ff',
    waiting: '#e3b341',
    skipped: '#a8adb4',
    focus: '#6cb6ff',
    current: '#6cb6ff',
    'on-status': '#1f1f1f',
    added: '#56d364',
    removed: '#ff8b84',
    changed: '#e3b341',
  },
  'high-contrast': {
    page: '#000000',
    box: '#000000',
    border: '#ffffff',
    text: '#ffffff',
    muted: '#ffffff',
    line: '#ffffff',
    label: '#000000',
    terminal: '#6fc3df',
    badge: '#6fc3df',
    warning: '#ffd700',
    resolved: '#89d185',
    mitigated: '#6fc3df',
    escalated: '#ff8b84',
    neutral: '#ffffff',
    succeeded: '#89d185',
    failed: '#ff8b84',
    running: '#6fc3df',
    waiting: '#ffd700',
    skipped: '#ffffff',
    focus: '#f38518',
    current: '#f38518',
    'on-status': '#000000',
    added: '#89d185',
    removed: '#ff8b84',
    changed: '#ffd700',
  },
};

/** A colour by its name, in a document that says by `themeVariables` what the names stand for. */
export function themeColour(name: ColourName): string {
  return `var(--tsg-${name})`;
}

/** A palette as declarations of a style sheet. */
export function themeVariables(theme: SvgTheme): string {
  const colours = Object.entries(svgThemes[theme]);
  return colours.map(([name, colour]) => `--tsg-${name}:${colour}`).join(';');
}
