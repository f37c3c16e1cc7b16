// A call of a tool that is under way, or that waits for its turn: how it is cancelled, given up and let begin.
import { newAbort } from './abort.ts';
import type { Clock, PerformOutcome, TurnPort } from './ports.ts';

/** Extra time for a tool to end an action by itself before the driver gives it up. */
export const graceMs = 10_000;

/** What a flight needs of the driver. */
export interface FlightPlan {
  readonly tool: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** The tool lets the call wait (with its reason), or its turn has come. */
  turned(because: string | null): void;
}

/** One call, from its start to whatever ends it first. Also the port by which its tool tells that it has to wait. */
export class Flight implements TurnPort {
  readonly abort = newAbort();
  readonly #plan: FlightPlan;
  readonly #end: (outcome: PerformOutcome) => void;
  #stopWatch: (() => void) | undefined;
  #come: (() => void) | undefined;

  /** `end` gets the failure of a call that is given up. */
  constructor(plan: FlightPlan, end: (outcome: PerformOutcome) => void) {
    this.#plan = plan;
    this.#end = end;
    this.giveUp(plan.timeoutMs + graceMs);
  }

  waits(because: string): void {
    this.land();
    this.#plan.turned(because);
  }

  comes(): Promise<void> {
    return new Promise((come) => {
      this.#come = come;
      this.#plan.turned(null);
    });
  }

  /** Lets it begin, when it has waited. */
  begin(): void {
    if (!this.#come) return;
    this.giveUp(this.#plan.timeoutMs + graceMs);
    this.#come();
  }

  /** Asks the tool to end it, and gives it up should it not do so soon. */
  cancel(): void {
    this.abort.abort();
    this.giveUp(graceMs);
  }

  /** Nobody waits for it any longer. */
  land(): void {
    this.#stopWatch?.();
    this.#stopWatch = undefined;
  }

  private giveUp(afterMs: number): void {
    this.land();
    this.#stopWatch = this.#plan.clock.after(afterMs, () => {
      this.abort.abort();
      const message = `The tool \`${this.#plan.tool}\` did not end the action in time.`;
      this.#end({ kind: 'failure', failure: { reason: 'timeout', message, transient: false } });
    });
  }
}
