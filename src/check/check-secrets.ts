// secret.in-text: a password, key or token in the guide. Formats that only secrets have are errors; a password after its name
// is a warning, because it may be an example. What looks like a placeholder is left alone. The secret is never repeated.
import { sift, allMatches } from '../base/index.ts';
import { makeDiagnostic, type Diagnostic } from '../diagnostics/index.ts';
import { matchLines } from './line-patterns.ts';
import { perSectionText } from './scope.ts';

/** What it is, what such a text has in any case, which is found sooner, and the whole of it. */
const certain: readonly (readonly [string, RegExp, RegExp])[] = [
  ['an AWS access key', /A[KS]IA/, /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  [
    'an AWS secret key',
    /aws_secret_access_key/i,
    /(?<=\baws_secret_access_key["']?\s{0,3}[:=]\s{0,3}["']?)[A-Za-z0-9/+]{38,44}(?![A-Za-z0-9/+])/gi,
  ],
  ['a GitHub token', /gh[pousr]_|github_pat_/, /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})\b/g],
  ['a GitLab token', /glpat-/, /\bglpat-[\w-]{20}\b/g],
  ['a Slack token', /xox/, /\bxox[abeprs]-\d{8,}-[\w-]{10,}\b/g],
  [
    'an address that posts to Slack',
    /hooks\.slack/,
    /\bhooks\.slack\.com\/(?:services|workflows)\/T\w{6,}\/\w{6,}\/\w{16,}/g,
  ],
  ['an npm token', /npm_/, /\bnpm_[A-Za-z0-9]{36}\b/g],
  ['a SendGrid key', /SG\./, /\bSG\.[\w-]{16,}\.[\w-]{30,}/g],
  ['the key of a storage account', /AccountKey=/, /(?<=\bAccountKey=)[A-Za-z0-9+/]{60,}={0,2}/g],
  ['a key of a model service', /sk-/, /\bsk-(?:proj|ant|svcacct|live)-[\w-]{24,}/g],
  ['a Grafana token', /gl(?:sa|c)_/, /\b(?:glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/]{32,}={0,2})/g],
  ['a Vault token', /hv[sb]\./, /\bhv[sb]\.[\w-]{24,}/g],
  ['a Databricks token', /dapi/, /\bdapi[0-9a-f]{32}\b/g],
  ['a New Relic key', /NRAK-/, /\bNRAK-[A-Z0-9]{27}\b/g],
  ['a Docker Hub token', /dckr_/, /\bdckr_pat_[\w-]{27}\b/g],
  ['the token of a Telegram bot', /:AA/, /\b\d{8,10}:AA[\w-]{33}\b/g],
  ['a Shopify token', /shp/, /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/g],
  ['a Hugging Face token', /hf_/, /\bhf_[A-Za-z0-9]{30,}\b/g],
  ['a PyPI token', /pypi-/, /\bpypi-[\w-]{40,}/g],
  ['a DigitalOcean token', /_v1_/, /\bdo[opr]_v1_[0-9a-f]{60,}\b/g],
  ['a Google API key', /AIza/, /\bAIza[0-9A-Za-z_-]{35}\b/g],
  ['a Stripe key', /sk_live_/, /\bsk_live_[0-9A-Za-z]{20,}\b/g],
  [
    'a private key',
    /PRIVATE KEY/,
    /-----BEGIN (?:RSA |EC |OPENSSH |DSA |PGP )?PRIVATE KEY(?: BLOCK)?-----(?=\s+[A-Za-z0-9+/=]{40})/g,
  ],
  ['a signed token', /eyJ/, /\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{20,}/g],
];
/** One of the marks, in whatever case: most sections have none. */
const anyMark = sift(new RegExp(certain.map(([, mark]) => mark.source).join('|'), 'i'));
const named =
  /\b(?:\w*(?:password|passwd|secret|api[_-]?key|(?:auth|access|admin|root|bot|bearer|service|deploy|refresh|client|personal|registration)[_-]?token)\w*)["']?(?:\s*[:=]\s*|\s+)(["']?)([^\s"'`,;)<>{}$*|\\]{8,80})\1/gi;
/** What `named` cannot do without, found sooner than by trying every word. */
const name = sift(
  /pass(?:word|wd|phrase|code)|(?:shared|master|encryption|licen[sc]e|recovery)[ -]key|\bpsk\b|community string|\b(?:pw|pwd|pass)(?:\s?[:=]|\s+(?:is|was)\b)|credentials|log ?in|secret|api[ _-]?key|authorization|(?:auth|access|admin|root|bot|bearer|service|deploy|refresh|client|personal|registration)[ _-]?token|vault-token/i,
);
const tools = sift(
  /\b(?:curl|mysql\w*|mariadb|sshpass|redis-cli|login|ldap\w+|sqlcmd|sqlplus|mongosh?|ipmitool|openssl|keytool|wget|smbclient|htpasswd|add_user|snmp[a-z]+|net[ \t]+use|ConvertTo-SecureString)\b|-(?:password|passwd|passphrase|secret|secret-key|api-?key|token)[ \t]/i,
);
/** What a tool takes as a password after its name or a switch: `curl -u name:value`, `mysql -pvalue`, `sshpass -p value`. */
const handed: readonly RegExp[] = [
  /\bcurl\b[^\n]*?[ \t](?:-u|--user)[= ]?["']?[\w.@-]{1,60}:([^\s"':<>{}$]{6,80})/g,
  /\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n]*?[ \t]-p([^\s"'<>{}$]{6,80})/g,
  /\bsshpass[ \t]+-p[ \t]*["']?([^\s"'<>{}$]{6,80})/g,
  /\bredis-cli\b[^\n]*?[ \t](?:-a|--pass)[ \t]+["']?([^\s"'<>{}$]{6,80})/g,
  /\b(?:docker|podman|helm[ \t]+registry|az|cf|oc)[ \t]+login\b[^\n]*?[ \t](?:-p|--password|--token)[= ]["']?([^\s"'<>{}$]{6,80})/g,
  /\bConvertTo-SecureString\b[^\n]{0,60}?[ \t]["']([^\s"'<>{}$]{6,80})["']/gi,
  /\bldap(?:search|modify|add|delete|whoami|passwd)\b[^\n]*?[ \t]-w[ \t]*["']?([^\s"'<>{}$]{6,80})/g,
  /\b(?:sqlcmd|ipmitool)\b[^\n]*?[ \t]-P[ \t]*["']?([^\s"'<>{}$]{6,80})/g,
  /\bsqlplus\b[^\n]*?[ \t]\w{1,40}\/([^\s"'<>{}$@/]{6,80})@/g,
  /\bmongosh?\b[^\n]*?[ \t](?:-p|--password)[= \t]["']?([^\s"'<>{}$]{6,80})/g,
  /\b(?:openssl|keytool|wget|smbclient)\b[^\n]*?(?:pass:|-storepass[ \t]|--(?:http-)?password=)["']?([^\s"'<>{}$]{6,80})/g,
  /\bsmbclient\b[^\n]*?[ \t]-U[ \t]*["']?[\w.\\-]{1,60}%([^\s"'<>{}$]{6,80})/g,
  /\b(?:rabbitmqctl[ \t]+(?:add_user|change_password)|htpasswd[ \t]+-\w*b\w*[ \t]+\S+)[ \t]+\S+[ \t]+["']?([^\s"'<>{}$]{6,80})/g,
  /\bsnmp[a-z]+\b[^\n]*?[ \t]-[AXac][ \t]*["']?([^\s"'<>{}$]{6,80})/g,
  /(?<=[ \t])--?(?:[a-z]+-){0,3}(?:password|passwd|passphrase|secret|secret-key|api-?key|token)[ \t]+["']?([^\s"'<>{}$]{6,80})/gi,
  /\bnet[ \t]+use\b[^\n]*?[ \t]\/user:\S+[ \t]+([^\s"'<>{}$/]{6,80})/g,
];
/** A header that lets somebody in. */
const header =
  /\b(?:Authorization["']?\s*[:=]\s*["']?(?:Bearer|Basic|Token|ApiKey)\s+|(?:X-)?(?:Api-?Key|Auth-?Token|Vault-Token)["']?\s*[:=]\s*["']?)([A-Za-z0-9+/_.~=-]{16,400})/gi;
/** A sentence that tells a password: "the password is `…`", "log in as admin with password …". */
const told =
  /\b(?:(?:pw|pwd|pass|passcode)(?=\s?[:=]|\s+(?:is|was)\b)|password|passphrase|passwd|secret|(?:pre-?shared|shared|master|encryption|license|licence|recovery)[ -](?:key|secret)|psk|community string|api[ _-]?key|(?:access|auth)[ _-]?token)\b(?:[ \t]+(?:for|of|on|to)(?:[ \t]+[\w'’.-]{1,30}){1,6}?(?=[ \t]+(?:is|was)\b|[ \t]*[:=])|[ \t]+(?:for|of)(?:[ \t]+(?:the|a|an|all|our))?[ \t]+[\w-]{1,40})?(?:[ \t]+(?:is|was|being))?[ \t]*[:=]?[ \t]*(["'`*]{0,2})([^\s"'`,;)<>{}$*|\\]{8,80})\1/gi;
/** "PIN of the safe: 483921": figures alone, which only their name makes a secret. */
const pin =
  /\bPIN\b(?:[ \t]+(?:of|for)[ \t]+(?:the[ \t]+)?[\w-]{1,40}(?:[ \t]+(?!is\b)[\w-]{1,40}){0,2})?(?:[ \t]+is\b[ \t]*[:=]?|[ \t]*[:=])[ \t]*[`*"']{0,2}(\d{4,10})\b/g;
/** "Log in as admin / Sup3rS3cret!", "credentials: root/calvin7". */
const asPair =
  /\b(?:log(?:in|on| in| on) (?:as|with)|sign in (?:as|with)|credentials(?: are| is)?:?(?: are)?|logins?:)\s+[`"'*]{0,2}[\w.@-]{2,40}[`"'*]{0,2}\s?(?:\/|and)\s?[`"'*]{0,2}([^\s"'`,;)<>{}$*|\\/]{6,60})/gi;
const inAddress = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[\w.-]{1,60}:([^\s@/:<>{}$*]{4,80})@[\w.{<$-]+/g;

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
  for (const [what, mark, pattern] of anyMark.test(text) ? certain : []) {
    if (!mark.test(text)) continue;
    for (const { 0: secret, index } of allMatches(text, pattern)) {
      if (!/EXAMPLE|XXXX|0{8}/i.test(secret)) report(what, index, secret.length, !/1234567/.test(secret));
    }
  }
  const isNamed = name.test(text);
  for (const match of isNamed ? allMatches(text, named) : []) {
    const [whole, quote = '', value = ''] = match;
    const assigned = /[:=]/.test(whole.slice(0, whole.length - value.length));
    const isKey = /key|token|secret/i.test(whole) && /^[0-9a-f]{24,}$/i.test(value) && isRandom(value);
    const isWord = /pass(?:word|wd)/i.test(whole) && /[=:]\s?["']?[\w!#%&+.-]+["']?$/.test(whole) && isMixed(value);
    if (assigned && (isSecretLike(value) || isKey || isWord))
      report('a password or key', match.index + whole.length - value.length - quote.length, value.length, false);
  }
  for (const match of isNamed ? allMatches(text, header) : []) {
    const [whole, value = ''] = match;
    if (isRandom(value)) report('a token', match.index + whole.length - value.length, value.length, false);
  }
  for (const match of isNamed ? allMatches(text, told) : []) {
    const [whole, quote = '', found = ''] = match;
    const value = found.replace(/[.:!?]+$/, '');
    if (isSecretLike(value) || (/key|token|secret/i.test(whole) && isRandom(value)))
      report('a password or key', match.index + whole.length - found.length - quote.length, value.length, false);
  }
  for (const { 0: whole, 1: found = '', index } of isNamed ? allMatches(text, asPair) : []) {
    const value = found.replace(/[.:!?]+$/, '');
    if (isSecretLike(value)) report('a password', index + whole.length - found.length, value.length, false);
  }
  for (const { 0: whole, 1: value = '', index } of text.includes('PIN') ? allMatches(text, pin) : [])
    if (!isExample(value) && !/^(\d)\1+$/.test(value))
      report('a PIN', index + whole.length - value.length, value.length, false);
  for (const pattern of tools.test(text) ? handed : []) {
    for (const { match, index } of matchLines(text, pattern)) {
      const [whole, value = ''] = match;
      if (isSecretLike(value) || isNumberedName(value))
        report('a password', index + whole.length - value.length, value.length, false);
    }
  }
  for (const match of text.includes('://') && text.includes('@') ? allMatches(text, inAddress) : []) {
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
  return /\d/.test(value) && kinds >= 3 && !/^[A-Za-z_]+-\d+$/.test(value);
}

/** `Zeppelin-4471`, which elsewhere may be the name of anything. */
function isNumberedName(value: string): boolean {
  return !isExample(value) && /^[A-Z][a-z]{3,}-?\d{2,}$/.test(value);
}

/** Figures among the letters of a word, as in `tr0ub4dor`. */
function isMixed(value: string): boolean {
  return !isExample(value) && /^[\w!#%&+-]+$/.test(value) && /[a-z]\d+[a-z]/i.test(value) && !/^v?\d|_\d/.test(value);
}

/** Many letters and digits without an order, as machines make them. */
function isRandom(value: string): boolean {
  return (
    value.length >= 16 && /\d/.test(value) && /[a-z]/i.test(value) && !isExample(value) && !/^[\w-]*-\d+$/.test(value)
  );
}

function isExample(value: string): boolean {
  return /example|change|your|x{3,}|\.{3}|placeholder|redacted|dummy|sample|secret|password|passw|token|key|foo|bar|test|1234|name|value|mask/i.test(
    value,
  );
}
