// What an action may do, by its language and text alone. `read` only where the text leaves no doubt; the tool that performs
// the action parses it and classifies again.
import type { Effect } from '../plan/index.ts';

const sqlWrites =
  /\b(?:insert|update|delete|merge|upsert|create|alter|drop|truncate|grant|revoke|call|exec|execute|do|copy|attach|detach|load|install|vacuum|analyze|refresh|lock|set|reset|begin|commit|rollback|into|pragma|nextval|setval|pg_terminate_backend|pg_cancel_backend|replace\s+into)\b/i;
const shellReads =
  /^(?:ls|cat|head|tail|grep|egrep|zgrep|df|du|ps|pwd|date|uptime|whoami|hostname|uname|free|id|wc|sort|uniq|cut|echo|stat|file|which|nslookup|dig|host|ping|netstat|ss|lsof|vmstat|iostat|journalctl|top|lsblk|mount)$/;
const kubectlReads =
  /^(?:kubectl|oc)\s+(?:-\S+(?:\s+|=)\S+\s+)*(?:get|describe|logs|top|explain|version|cluster-info|api-resources|api-versions)\b/;

/** The effect that the text shows; when in doubt `unknown`. */
export function classifyEffect(language: string, code: string): Effect {
  switch (language) {
    case 'sql':
      return sqlEffect(code);
    case 'promql':
    case 'logql':
      return 'read';
    case 'kusto':
      return /^\s*\.(?!show\b)/m.test(code) ? 'unknown' : 'read';
    case 'http': {
      const method = /^\s*(?:#[^\n]*\n\s*)*([A-Za-z]+)\s/.exec(code)?.[1]?.toUpperCase();
      if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return 'read';
      return method !== undefined && /^(?:POST|PUT|PATCH|DELETE)$/.test(method) ? 'write' : 'unknown';
    }
    case 'bash':
    case 'sh':
    case 'shell':
    case 'console':
    case 'zsh':
      return shellEffect(code);
    case 'powershell':
      return powershellEffect(code);
    default:
      return 'unknown';
  }
}

function sqlEffect(code: string): Effect {
  const bare = code
    .replace(/--[^\n]*|\/\*[^]*?(?:\*\/|$)/g, ' ')
    .replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "''")
    .trim();
  const first = /^\(*\s*(\w+)/.exec(bare)?.[1]?.toLowerCase();
  if (first === undefined) return 'unknown';
  if (/^(?:insert|update|delete|merge|create|alter|drop|truncate|grant|revoke)$/.test(first)) return 'write';
  if (!/^(?:select|with|values|show|describe|explain|table|from)$/.test(first)) return 'unknown';
  return sqlWrites.test(bare) ? 'unknown' : 'read';
}

/** Every command of every line must be one that only reads, without redirection or substitution. */
function shellEffect(code: string): Effect {
  const commands = code
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^\s*[$#>] /, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (commands.length === 0 || commands.some((line) => /[>`]|\$\(|<\(|\\$/.test(line))) return 'unknown';
  const parts = commands.flatMap((line) => line.replace(/'[^']*'|"[^"$]*"/g, 'x').split(/\|\|?|&&|;|&/));
  const reads = parts.every((part) => {
    const words = part.trim();
    return kubectlReads.test(words) || shellReads.test(words.split(/\s/, 1)[0] ?? '');
  });
  return reads ? 'read' : 'unknown';
}

function powershellEffect(code: string): Effect {
  const verbs = [...code.matchAll(/(?:^|[|;({]\s*)([A-Za-z]+)-[A-Za-z]+/gm)].map((match) =>
    (match[1] ?? '').toLowerCase(),
  );
  if (
    verbs.some((verb) =>
      /^(?:set|new|remove|stop|start|restart|clear|add|disable|enable|invoke|update|move|rename)$/.test(verb),
    )
  )
    return 'unknown';
  const lines = code.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  const clean = lines.every(
    (line) => /^\s*(?:Get|Test|Measure|Select|Where|Sort|Format|Find|Resolve)-\w+/i.test(line) || /^\s*\|/.test(line),
  );
  return clean && lines.length > 0 && !/[>=]\s|\.\w+\(|&\s/.test(code) ? 'read' : 'unknown';
}
