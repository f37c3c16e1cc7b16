// Keeps secret values out of settings files: finds values that look like secrets and references that lead nowhere.
// Its messages never repeat the value. Also the tool host for a plain Node process.
import { isMap, isScalar, visit, type Document } from 'yaml';
import { allMatches, nearName } from '../base/index.ts';
import type { SecretReference, ToolHost } from '../tools/index.ts';
import { type RawProblem } from './settings-issues.ts';

const secretNames =
  /^(authorization|proxy-authorization|cookie|x-api-key|.*(password|passwd|secret|token|api[-_]?key|credential).*)$/i;

/** Shapes that only secrets have: keys of well-known services, JSON web tokens, private keys. */
export const secretShapes: readonly RegExp[] = [
  /\b(gh[pousr]_|github_pat_)[A-Za-z0-9_]{20,}/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** A text without what only secrets look like, for what is sent to a model or kept of it. */
export function hideSecrets(text: string): string {
  return secretShapes.reduce((clean, shape) => clean.replace(new RegExp(shape.source, `${shape.flags}g`), '***'), text);
}

const reference = /\$\{secret:([^}]*)\}/g;

let environment: Readonly<Record<string, string | undefined>> | undefined;

/** A host for tools in a plain Node process, with the editor's secret storage when there is one. */
export function processToolHost(secret?: (name: string) => Promise<string | undefined>): ToolHost {
  // Names of variables differ by case alone on Windows, which only `process.env` itself knows.
  environment ??= process.platform === 'win32' ? process.env : { ...process.env };
  return { env: environment, ...(secret && { secret }) };
}

/**
 * Takes variables that hold secrets out of the environment of this process, but not of its tool host: Node writes the whole
 * environment into the report of a crash. Variables that every program needs stay.
 */
export function keepOutOfReports(references: readonly SecretReference[]): void {
  if (processToolHost().env === process.env) return;
  for (const reference of references)
    if ('env' in reference && !/^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|LANG|TZ|NODE_\w+)$/.test(reference.env))
      Reflect.deleteProperty(process.env, reference.env);
}

/** Literal secrets and unknown references in a settings file. */
export function secretProblems(document: Document, text: string): readonly RawProblem[] {
  const listed: unknown = document.get('secrets');
  const names = isMap(listed) ? listed.items.map((pair) => String(isScalar(pair.key) ? pair.key.value : '')) : [];
  const problems: RawProblem[] = [];
  visit(document, {
    Pair(_, pair, ancestors) {
      const { key, value } = pair;
      if (!isScalar(key) || !isScalar(value) || typeof value.value !== 'string' || !value.range) return;
      const place = { start: value.range[0], end: value.range[1] };
      const literal = value.value.replace(reference, '');
      const owner = ancestors.at(-2);
      const section = ownerKey(owner);
      if (section === 'secrets' && ancestors.length <= 4)
        problems.push({
          ...place,
          message: `The secret \`${String(key.value)}\` holds its value; expected only where to find it.`,
          hint: keepOut(String(key.value)),
        });
      else if (section === 'model' && key.value === 'apiKey')
        problems.push({
          ...place,
          message: '`apiKey` holds its value; expected only where to find it.',
          hint: 'put the key in an environment variable and name it: `apiKey: { env: MODEL_API_KEY }`.',
        });
      else if (
        (((section === 'headers' || section === 'secretEnv') && secretNames.test(String(key.value))) ||
          (key.value === 'password' && value.value !== '')) &&
        !/\$\{secret:/.test(value.value)
      )
        problems.push({
          ...place,
          message: `\`${String(key.value)}\` holds a secret in plain text; expected a reference such as \`\${secret:API_TOKEN}\`.`,
          hint: keepOut('API_TOKEN'),
        });
      else if (secretShapes.some((shape) => shape.test(literal)))
        problems.push({
          ...place,
          message: `\`${String(key.value)}\` looks like a secret in plain text; expected a reference such as \`\${secret:API_TOKEN}\`.`,
          hint: keepOut('API_TOKEN'),
        });
      else if (/^[a-z]+:\/\/[^/\s@]*:[^/\s@]+@/i.test(value.value))
        problems.push({
          ...place,
          message: `The address in \`${String(key.value)}\` holds a password; expected an address without one.`,
          hint: 'send it in a header, by reference: `Authorization: Basic ${secret:API_LOGIN}`.',
        });
    },
    Scalar(_, node) {
      if (typeof node.value !== 'string' || !node.range) return;
      for (const match of allMatches(node.value, reference)) {
        const name = match[1] ?? '';
        if (names.includes(name)) continue;
        const close = nearName(name, names);
        const at = text.indexOf(match[0], node.range[0]);
        const start = at < 0 ? node.range[0] : at;
        problems.push({
          start,
          end: at < 0 ? node.range[1] : at + match[0].length,
          message: `\`${match[0]}\` names a secret that is not listed under \`secrets\`.`,
          hint:
            close === undefined ? `add \`${name}: { env: ${name} }\` under \`secrets\`.` : `did you mean \`${close}\`?`,
        });
      }
    },
  });
  return problems;
}

function keepOut(name: string): string {
  return `put the value in an environment variable and list it under \`secrets\`: \`${name}: { env: ${name} }\`.`;
}

/** The key under which a map stands, from the pair above it. */
function ownerKey(owner: unknown): string | undefined {
  const key = (owner as { key?: unknown } | undefined)?.key;
  return isScalar(key) ? String(key.value) : undefined;
}
