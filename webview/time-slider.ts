// The slider below the run's line: which moment of the run the picture shows, from its first step to the present.
import { element } from './element.ts';

export class TimeSlider {
  readonly root = element('div', 'time-slider');
  readonly #range = document.createElement('input');
  readonly #words = element('output', 'time-words');
  #moments: readonly string[] = [];

  /** `moved` is told the index of a moment, or null for the present. */
  constructor(moved: (moment: number | null) => void) {
    this.#range.type = 'range';
    this.#range.min = '0';
    this.#range.setAttribute('aria-label', 'Moment of the run');
    this.#range.addEventListener('input', () => {
      this.#tell();
      moved(this.#at());
    });
    this.root.append(element('span', 'time-title', 'Time'), this.#range, this.#words);
    this.root.hidden = true;
  }

  /** Without moments there is no slider. */
  show(moments: readonly string[], at: number | null): void {
    this.#moments = moments;
    this.root.hidden = moments.length === 0;
    this.#range.max = String(moments.length);
    this.#range.value = String(at ?? moments.length);
    this.#tell();
  }

  #at(): number | null {
    const at = Number(this.#range.value);
    return at < this.#moments.length ? at : null;
  }

  #tell(): void {
    const at = this.#at();
    const words = at === null ? 'as it stands' : (this.#moments[at] ?? '');
    this.#words.textContent = words;
    this.#range.setAttribute('aria-valuetext', words);
    this.root.classList.toggle('in-past', at !== null);
  }
}
