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
