// The plan as one HTML file that needs no network: the diagram to pan, zoom and walk with the keyboard, and the guide's text
// beside it. The page's policy allows its own script and style by their hashes and nothing else; every text of an author goes
// in escaped. The script and style sheet come from the host, which has them as files.
import type { NodeId } from '../plan/index.ts';
import { diagramStyle } from './diagram-style.ts';
import type { Diagram } from './diagram.ts';
import { escapeText } from '../base/index.ts';
import { themeColour, themeVariables } from './svg-themes.ts';

/** First and last line, counted from 1. */
export type LineRange = readonly [number, number];

/** What the page shows. */
export interface HtmlPage {
  readonly diagram: Diagram;
  /** The name above the text, such as the guide's file. */
  readonly file: string;
  readonly lines: readonly PageLine[];
  /** Lines of each step and of each arrow's sentence. */
  readonly nodes: Readonly<Record<NodeId, LineRange>>;
  readonly edges: Readonly<Record<string, LineRange>>;
}

export interface PageLine {
  readonly text: string;
  readonly kind: 'heading' | 'code' | 'text';
}

export interface HtmlParts {
  readonly script: string;
  readonly style: string;
  /** SHA-256 of a text's UTF-8 bytes in base64. */
  readonly hash: (text: string) => string;
}

/** The whole file. The same page and parts give the same bytes. */
export function renderHtmlPage(page: HtmlPage, parts: HtmlParts): string {
  const style = `${parts.style}\n${themeRules()}\n${diagramStyle(themeColour)}`;
  // Nothing in a script or style element may look like the element's end.
  for (const [name, text] of Object.entries({ script: parts.script, style }))
    if (/<\/|<!--/.test(text)) throw new Error(`Internal error: the page's ${name} cannot stand inside HTML`);
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${parts.hash(parts.script)}'`,
    `style-src 'sha256-${parts.hash(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const title = escapeText(page.diagram.title);
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body class="page">',
    '<header class="toolbar">',
    `<div class="names"><h1 class="plan-title">${title}</h1></div>`,
    '<div class="buttons" role="toolbar" aria-label="Diagram"></div>',
    '</header>',
    '<div class="halves">',
    '<main class="stage"><noscript><p class="empty">The diagram needs scripts; the text does not.</p></noscript></main>',
    `<section class="guide" tabindex="0" aria-label="${escapeText(page.file)}">`,
    `<h2 class="guide-file">${escapeText(page.file)}</h2>`,
    `<ol class="lines">${linesToHtml(page)}</ol>`,
    '</section>',
    '</div>',
    `<script type="application/json" id="plan">${toScriptJson({ diagram: page.diagram, nodes: page.nodes, edges: page.edges })}</script>`,
    `<script>${parts.script}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** One item a line: its number is the list's, so that selecting text selects only text. */
function linesToHtml({ lines, nodes }: HtmlPage): string {
  const firstLines = new Map<number, NodeId>();
  for (const [node, [first]] of Object.entries(nodes)) if (!firstLines.has(first)) firstLines.set(first, node);
  return lines
    .map(({ text, kind }, index) => {
      const number = index + 1;
      const node = firstLines.get(number);
      const chosen = node === undefined ? '' : ` tabindex="0" role="button" data-step="${escapeText(node)}"`;
      return `<li id="L${number}" class="line-${kind}"${chosen}><bdi>${escapeText(text)}</bdi></li>`;
    })
    .join('\n');
}

/** JSON that cannot end its script element, whatever the texts in it. */
function toScriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The palettes of exported pictures, chosen by what the reader's system asks for. */
function themeRules(): string {
  return [
    `:root{${themeVariables('light')}}`,
    `@media (prefers-color-scheme: dark){:root{${themeVariables('dark')}}}`,
    `@media (prefers-color-scheme: dark) and (prefers-contrast: more){:root{${themeVariables('high-contrast')}}}`,
  ].join('\n');
}
