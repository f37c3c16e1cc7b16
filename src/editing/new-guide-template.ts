// The text of a new guide: short, complete, and free of findings, so that its author starts from something that runs.

/** `title` may be any text; only its first line counts. */
export function newGuideTemplate(title: string): string {
  const line =
    title
      .trim()
      .split(/[\r\n\u2028\u2029]/)[0]
      ?.trim() ?? '';
  const name = line === '' ? 'New troubleshooting guide' : line;
  return `---
title: ${JSON.stringify(name)}
parameters:
  - name: service
    description: The service that the alert names
  - name: start_time
    type: timestamp
    description: When the incident began
---

Use this guide when the error rate of a service is above its limit.

## Step 1 - Measure the error rate

\`\`\`sql as=errors
SELECT COUNT(*) AS requests,
       AVG(CASE WHEN status_code >= 500 THEN 100.0 ELSE 0 END) AS error_rate
FROM requests
WHERE service = '{service}' AND timestamp >= '{start_time}'
\`\`\`

If the error rate is above 5 percent (\`rows.exists(r, r.error_rate > 5)\`), go to Step 2.

Otherwise, go to Step 3.

## Step 2 - Hand over

Tell the owners of the service what you found.

Escalate to the owners of the service.

## Step 3 - Nothing to repair

The errors have stopped. This resolves the incident.
`;
}
