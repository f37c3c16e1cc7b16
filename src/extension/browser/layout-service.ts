// Lays plans out in the browser, where the extension's host is a worker already. A layout that was superseded while it waited
// is not begun; one whose asker has asked again gives null.
import { layoutPlan, type Diagram } from '../../diagram/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { Engine } from '../preview/layout-service.ts';

export type { Engine };

export class LayoutService {
  readonly #latest = new Map<string, symbol>();

  /** The diagram of a plan; null when another call for the same `key` came before it was done, or the service ended. */
  async layout(key: string, plan: Plan, engine: Engine): Promise<Diagram | null> {
    const own = Symbol(key);
    this.#latest.set(key, own);
    await new Promise((resolve) => setTimeout(resolve));
    if (this.#latest.get(key) !== own) return null;
    const diagram = await layoutPlan(plan, { engine });
    return this.#latest.get(key) === own ? diagram : null;
  }

  /** Nobody wants the layouts of this key any more. */
  drop(key: string): void {
    this.#latest.delete(key);
  }

  dispose(): void {
    this.#latest.clear();
  }
}
