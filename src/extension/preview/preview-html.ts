// The page of the preview: no content of its own, and a policy that lets nothing in but our script and style sheet, and charts
// as pictures, in which no script runs.
// The nonce counts for styles too, and stands in a meta element, because the component library probes the browser with a
// style element of its own and looks for it there.

export interface PageSources {
  /** What the policy names as our own origin (`webview.cspSource`). */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
  /** Fresh for each page. */
  readonly nonce: string;
}

/** The page's text. Nothing in it comes from a guide. */
export function previewHtml({ cspSource, script, style, nonce }: PageSources): string {
  const policy = `default-src 'none'; img-src data:; script-src 'nonce-${nonce}'; style-src ${cspSource} 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plan preview</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
