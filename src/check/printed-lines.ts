// Whether a line at which a shell parser stops is no command at all, but was printed by one: "lease 2d82 granted with TTL(0s)",
// "Error from server (NotFound): …", a row of a table with "(5m ago)". Only brackets, backquotes and apostrophes stumble a shell there.

/** What a parser says of brackets and quotes that words have too. */
const ofWords = /^unexpected token|^expected command in subshell$|unterminated (?:backtick|single quote|double quote)/;

/** What only a command has: an option, a pipe, a variable, a redirection, a list, an assignment, what runs one in the background. */
const signs =
  /(?:^|\s)-{1,2}[A-Za-z][\w-]*(?=[\s=]|$)|\s\|{1,2}\s|[$;]|&|(?<![-=<])>{1,2}\s?(?:[/.\w]|$)|<\s?[/.]|\\$|^\s*[A-Za-z_]\w*=|[{}]\s*$/;

/** Words of the shell itself, and programs of which everybody knows that they are typed. */
const typed =
  /^(?:sudo|time|exec|if|then|else|elif|for|while|until|do|case|function|export|source|eval|alias|set|cd|echo|printf|test|read|rm|mv|cp|ls|cat|head|tail|less|grep|egrep|awk|sed|sort|uniq|wc|cut|tr|xargs|find|kill|pkill|ps|df|du|top|free|chmod|chown|mkdir|touch|tar|ssh|scp|rsync|curl|wget|dig|nslookup|ping|ip|ss|netstat|systemctl|service|journalctl|docker|podman|kubectl|oc|helm|aws|az|gcloud|git|terraform|ansible|psql|mysql|redis-cli|etcdctl|ceph|rbd|jq|yq|python3?|node|npm|bash|sh)$/;

/** "subject: what happened" within the first words, as logs and errors are written: no command has it. */
const told = /^\s*(?:[\w./[\]-]+\s+){0,3}[A-Za-z][\w./-]*(?:\[\d+\]|\s\(\w+\))?:\s/;

/** "3 pods", "(integer) 42", "[OK] …", "2026-12-03T…", "12:00": a command begins with none of them. */
const begins = /^\s*(?:\(\w+\)\s|\[[^\]\s]|\d+(?:[\s.:-]|\)\s+")|\d{4}-\d\d|"[^"\n]*"\)?\s*$)/;

/** A line under the heads of a table, or around it. */
const rule = /^\s*(?=.*(?:-{5}|-\+))[-+|= ]{5,}$/;

/** True when the line of a fault reads as what a command printed; a doubtful one counts as a command. */
export function wasPrinted(code: string, fault: { readonly message: string; readonly pos: number }): boolean {
  if (!ofWords.test(fault.message)) return false;
  const from = code.lastIndexOf('\n', Math.max(0, fault.pos - 1)) + 1;
  const end = code.indexOf('\n', fault.pos);
  const line = code.slice(from, end < 0 ? code.length : end);
  const before = code.slice(0, from).trimEnd();
  // A line that goes on with the one above is a part of it.
  if (/(?:\\|[|(]|&&)$/.test(before)) return false;
  if (code.split('\n', mostLines).some((one) => rule.test(one))) return true;
  if (begins.test(line)) return true;
  const head = /^\s*(\S+)/.exec(line)?.[1] ?? '';
  if (told.test(line) && !typed.test(head.replace(/:$/, ' '))) return true;
  return !typed.test(head) && !signs.test(line) && /^\S+\s+\S/.test(line.trim());
}

const mostLines = 200;
