// How charts look in this window.
import * as vscode from 'vscode';
import type { ChartTheme, DrawOptions } from '../chart/index.ts';

/** Charts as the window's theme has them, on its own ground, in the zone of whoever looks. */
export function chartStyle(): DrawOptions {
  const themes: Readonly<Record<vscode.ColorThemeKind, ChartTheme>> = {
    [vscode.ColorThemeKind.Light]: 'light',
    [vscode.ColorThemeKind.Dark]: 'dark',
    [vscode.ColorThemeKind.HighContrast]: 'high-contrast',
    [vscode.ColorThemeKind.HighContrastLight]: 'high-contrast-light',
  };
  return {
    theme: themes[vscode.window.activeColorTheme.kind],
    zone: (time) => -new Date(time).getTimezoneOffset(),
    ground: false,
  };
}
