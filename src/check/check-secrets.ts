// secret.in-text: a password, key or token in the guide. Formats that only secrets have are errors; a password after its name
// is a warning, because it may be an example. What looks like a placeholder is left alone. The secret is never repeated.
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { perSectionText } from './scope.ts';

const certain: readonly (readonly [string, RegExp])[] = [
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})\b/g],
  ['a GitLab token', /\bglpat-[\w-]{20}\b/g],
  ['a Slack token', /\bxox[abprs]-\d{8,}-[\w-]{10,}\b/g],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}\b/g],
  ['a Stripe key', /\bsk_live_[0-9A-Za-z]{20,}\b/g],
  ['a private key', /-----BEGIN (?:RSA |EC |OPENSSH |DSA |PGP )?PRIVATE KEY(?: BLOCK)?-----(?=\s+[A-Za-z0-9+/=]{40})/g],
  ['a signed token', /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/g],
];
const named =
  /\b(?:\w*(?:password|passwd|secret|api[_-]?key|auth[_-]?token|access[_-]?token)\w*)["']?(?:\s*[:=]\s*|\s+)(["']?)([^\s"'`,;)<>{}$*|\\]{8,80})\1/gi;
/** What `named` cannot do without, found sooner than by trying every word. */
const name = /password|passwd|secret|api[_-]?key|auth[_-]?token|access[_-]?token/i;
const inAddress = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[\w.-]{1,60}:([^\s@/:<>{}$*]{4,80})@[\w.-]+/g;

export const checkSecrets = perSectionText((text, from): readonly Diagnostic[] => {
  const findings: Diagnostic[] = [];
  const report = (what: string, start: number, length: number, isCertain: boolean): void => {
    const span = { start: from + start, end: from + start + length };
    if (findings.some((other) => other.span.start < span.end && span.start < other.span.end)) return;
    findings.push(
      makeDiagnostic('secret.in-text', span, `This looks like ${what}; whoever can read the guide can use it.`, {
        ...(!isCertain && { severity: 'warning' }),
        hint: 'Withdraw it, and write a secret parameter such as `{api_key}` instead.',
      }),
    );
  };
  for (const [what, pattern] of certain) {
    for (const { 0: secret, index } of text.matchAll(pattern)) {
      if (!/EXAMPLE|XXXX|0{8}|1234567/i.test(secret)) report(what, index, secret.length, true);
    }
  }
  for (const match of name.test(text) ? text.matchAll(named) : []) {
    const [whole, quote = '', value = ''] = match;
    const assigned = /[:=]/.test(whole.slice(0, whole.length - value.length));
    if (assigned && isSecretLike(value))
      report('a password or key', match.index + whole.length - value.length - quote.length, value.length, false);
  }
  for (const match of text.includes('://') && text.includes('@') ? text.matchAll(inAddress) : []) {
    const [whole, value = ''] = match;
    const at = whole.lastIndexOf(`:${value}@`) + 1;
    if (isSecretLike(value) || (value.length >= 6 && /\d/.test(value) && !isExample(value)))
      report('a password in an address', match.index + at, value.length, false);
  }
  return findings;
});

/** Letters and digits mixed, no path, name, address or example. */
function isSecretLike(value: string): boolean {
  if (isExample(value) || /[/()[\]]|\.\w+\.|^\w+\.\w+$|^[\w.]+@|^-/.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^\w-]/].filter((kind) => kind.test(value)).length;
  return /\d/.test(value) && kinds >= 3 && !/^[\w]+-\d+$/.test(value);
}

function isExample(value: string): boolean {
  return /example|change|your|x{3,}|\.{3}|placeholder|redacted|dummy|sample|secret|password|passw|token|key|foo|bar|test|1234|name|value|mask/i.test(
    value,
  );
}
