// The unit of a PromQL query's values, where its names tell it without doubt: metrics are called `…_bytes`, `…_seconds`,
// `…_total` by convention. A quotient or a product of anything has none that we would know.

/** `''` where none is known. */
export type Unit = '' | 'bytes' | 'bytes/s' | 'seconds' | 'per second';

/** The unit, or `''` when in doubt. */
export function unitOf(query: string): Unit {
  const bare = query
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, "''")
    .replace(/#.*$/gm, '')
    .replace(/\{[^{}]*\}|\[[^[\]]*\]/g, ' ')
    .replace(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi, ' ');
  if (/[*/%^]|\bcount(?:_values)?\b|\bgroup\b|\babsent|\bstd(?:dev|var)\b|\bchanges\b|\bresets\b|\bbool\b/.test(bare))
    return '';
  const names = [...new Set(bare.match(/\b[a-zA-Z_:][\w:]*_[\w:]+\b(?!\s*\()/g) ?? [])];
  const [name] = names;
  if (name === undefined || names.length > 1) return '';
  const isRate = /\b(?:i?rate|deriv)\s*\(/.test(bare);
  const [, base, kind] = /_(bytes|seconds)(_(?:total|sum|bucket|count))?$/.exec(name) ?? [];
  if (kind === '_count' || (base === undefined && isRate)) return isRate ? 'per second' : '';
  // Buckets count; only the quantile over them has the metric's own unit.
  if (kind === '_bucket') return /\bhistogram_quantile\s*\(/.test(bare) ? (base as Unit) : '';
  if (base === 'bytes') return isRate ? 'bytes/s' : 'bytes';
  return base === 'seconds' && !isRate ? 'seconds' : '';
}
