// Glob patterns for paths with forward slashes: `*` and `?` within a name, `**` across folders, `{a,b}` and `[abc]`.

/** Tells whether a relative path is one that some pattern means. A pattern without a slash means a name in any folder. */
export function globMatcher(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.map(matcherOf);
  return (path) => tests.some((test) => test(path));
}

/** A pattern that makes no sense (`[z-a]`) means just itself. */
function matcherOf(pattern: string): (path: string) => boolean {
  try {
    const test = new RegExp(`^${toRegExp(pattern)}$`, 'u');
    return (path) => test.test(path);
  } catch {
    return (path) => path === pattern;
  }
}

function toRegExp(pattern: string): string {
  const bare = pattern.replace(/^\.\//, '').replace(/\/$/, '/**');
  const whole = bare.includes('/') ? bare.replace(/^\//, '') : `**/${bare}`;
  let out = '';
  let open = 0;
  for (let at = 0; at < whole.length; at++) {
    const sign = whole[at] ?? '';
    if (sign === '*' && whole[at + 1] === '*') {
      const folder = whole[at + 2] === '/';
      out += folder ? '(?:[^/]+/)*' : '.*';
      at += folder ? 2 : 1;
      while (!folder && whole[at + 1] === '*') at++;
    } else if (sign === '*') out += '[^/]*';
    else if (sign === '?') out += '[^/]';
    else if (sign === '{' && whole.indexOf('}', at) > 0) {
      out += '(?:';
      open++;
    } else if (sign === '}' && open > 0) {
      out += ')';
      open--;
    } else if (sign === ',' && open > 0) out += '|';
    else if (sign === '[' && /^\[!?[\w.-]+\]/.test(whole.slice(at))) {
      const end = whole.indexOf(']', at);
      const set = whole.slice(at + 1, end);
      out += `[${set.startsWith('!') ? '^' : ''}${set.replace(/^!/, '').replace(/[\\^]/g, '')}]`;
      at = end;
    } else out += sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  return out + ')'.repeat(open);
}
