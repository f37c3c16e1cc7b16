// Looking back: the run as it stood just before each of its steps began, read from the journal, which makes it exact. Only the
// view goes back; what tools did stays done.
import type { Plan } from '../../plan/index.ts';
import { replayJournal, stepMarks, type StepMark } from '../../run/index.ts';
import type { Moment } from './moment.ts';

/** One way through a journal's moments; made anew each time one starts looking back. */
export class PastRun {
  readonly marks: readonly StepMark[];
  readonly #replay: ReturnType<typeof replayJournal>;
  #at: number;

  constructor(journal: string, plan: Plan) {
    const steps = new Set(plan.nodes.filter(({ kind }) => kind === 'step').map(({ id }) => id));
    this.#replay = replayJournal(journal);
    this.marks = stepMarks(journal).filter(({ node }) => steps.has(node));
    this.#at = this.marks.length;
  }

  /** The moment looked at; undefined at the present. */
  get mark(): StepMark | undefined {
    return this.marks[this.#at];
  }

  /** The how-maniest time the step looked at begins; 1 where no loop has set it back. */
  get round(): number {
    const { mark } = this;
    return this.marks.slice(0, this.#at + 1).filter(({ node }) => node === mark?.node).length;
  }

  /** One step's beginning back; false when there is none before. */
  back(): boolean {
    if (this.#at === 0) return false;
    this.#at--;
    return true;
  }

  /** One step's beginning on; false when that is the present. */
  forward(): boolean {
    this.#at = Math.min(this.#at + 1, this.marks.length);
    return this.mark !== undefined;
  }

  toStart(): void {
    this.#at = 0;
  }

  /** The run at the moment looked at. */
  moment(): Moment {
    const seq = this.mark?.seq ?? this.#replay.lastSeq;
    return {
      view: this.#replay.viewAt(seq),
      scope: (node) => this.#replay.scopeAt(seq, node),
    };
  }
}
