// The style sheet of a report as an HTML document: light or dark by what its reader's system asks for, and by the theme of the editor
// where that shows it. Pictures and charts take their colours from the same palettes as everywhere.
import { chartVariables, type ChartTheme } from '../chart/index.ts';
import { themeVariables, type SvgTheme } from '../diagram/index.ts';

/** What a document has besides its pictures. Every text colour has a contrast of at least 4.5 to 1 on each of the grounds. */
const own = {
  light: {
    panel: '#f6f8fa',
    rule: '#d0d7de',
    link: '#0550ae',
    good: '#1a7f37',
    fair: '#0550ae',
    open: '#8a4600',
    bad: '#a40e26',
  },
  dark: {
    panel: '#2a2a2b',
    rule: '#4a4f57',
    link: '#6cb6ff',
    good: '#56d364',
    fair: '#6cb6ff',
    open: '#e3b341',
    bad: '#ff8b84',
  },
  'high-contrast': {
    panel: '#000000',
    rule: '#ffffff',
    link: '#6fc3df',
    good: '#89d185',
    fair: '#6fc3df',
    open: '#ffd700',
    bad: '#ff8b84',
  },
} as const satisfies Record<SvgTheme, Readonly<Record<string, string>>>;

const variables = (theme: SvgTheme, chart: ChartTheme = theme): string =>
  [
    ...Object.entries(own[theme]).map(([name, colour]) => `--${name}:${colour}`),
    themeVariables(theme),
    chartVariables(chart),
  ].join(';');

/** The whole sheet. */
export const htmlStyle = `
:root { ${variables('light')} }
@media (prefers-color-scheme: dark) { :root { ${variables('dark')} } }
@media (prefers-color-scheme: dark) and (prefers-contrast: more) { :root { ${variables('high-contrast')} } }
body.vscode-light { ${variables('light')} }
body.vscode-dark { ${variables('dark')} }
body.vscode-high-contrast { ${variables('high-contrast')} }
body.vscode-high-contrast-light { ${variables('light', 'high-contrast-light')} }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--tsg-text); background: var(--tsg-page); margin: 0 }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: break-word }
h1 { line-height: 1.25; margin: .5rem 0 1rem }
h2 { border-bottom: 1px solid var(--rule); padding-bottom: .2rem; margin-top: 2.25rem }
h3 { margin: 1.5rem 0 .5rem }
a { color: var(--link) }
a:focus-visible, pre:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
h3:target { outline: 2px solid var(--link); outline-offset: 4px }
li { margin: .15rem 0 }
table { border-collapse: collapse; display: block; overflow-x: auto; margin: .5rem 0 }
th, td { border: 1px solid var(--rule); padding: .25rem .6rem; text-align: left; vertical-align: top; overflow-wrap: normal }
th { background: var(--panel) }
pre { background: var(--panel); border: 1px solid var(--rule); border-radius: 4px; padding: .6rem; margin: .5rem 0; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere }
code { font-family: ui-monospace, monospace; font-size: .93em; background: var(--panel); border-radius: 3px; padding: .05em .25em; color: inherit; overflow-wrap: anywhere }
figure { margin: .5rem 0; overflow-x: auto }
figure svg { max-width: max(100%, 42rem); height: auto }
.evidence { color: var(--tsg-muted); font-size: .85em }
.time { white-space: nowrap; font-variant-numeric: tabular-nums }
.outcome { font-size: 1.2em }
.good { color: var(--good) } .fair { color: var(--fair) } .open { color: var(--open) } .bad { color: var(--bad) }
@media (max-width: 40rem) { main { padding: 1rem } .time { white-space: normal } th, td { padding: .25rem .4rem } }
@media print {
  :root { ${variables('light')} }
  pre, table, figure { overflow: visible }
  h2, h3 { break-after: avoid }
}
`;
