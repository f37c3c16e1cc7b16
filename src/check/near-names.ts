// Near names asked for again and again among the same names, within a budget.
import { nearName } from '../base/index.ts';

/** As `nearName`, among the same names again and again. Beyond what people write it stops looking: it is only a courtesy. */
export function nearNames(names: readonly string[]): (name: string) => string | undefined {
  let left = 20_000;
  return (name) => {
    left -= names.length;
    return left < 0 || name.length > 100 ? undefined : nearName(name, names);
  };
}

/**
 * The declared name that a placeholder most likely means: the nearest, or else the only one that nothing uses and that has all of
 * its words, or whose words it has all (`tag` for `image_tag`), or that is left over where all others are settled.
 */
export function meantName(
  names: readonly string[],
  idle: readonly string[],
  strange: readonly string[],
): (name: string) => string | undefined {
  const nearest = nearNames(names);
  return (name) => {
    const near = nearest(name);
    if (near !== undefined || idle.length === 0 || idle.length > 30) return near;
    const said = wordsOf(name);
    const fitting = idle.filter((one) => {
      const words = wordsOf(one);
      return said.every((word) => words.includes(word)) || words.every((word) => said.includes(word));
    });
    if (fitting.length === 1) return fitting[0];
    // `$BROKERS` of a shell is no slip of `cluster`.
    const [only = ''] = idle;
    const isAlike = /[a-z]/.test(name) === /[a-z]/.test(only);
    return strange.length === 1 && strange[0] === name && idle.length === 1 && isAlike ? only : undefined;
  };
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
