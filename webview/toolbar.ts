// The row above the canvas: what the plan is called, its problems, and the buttons.
import type { PreviewCommand, ProblemCounts } from '../src/protocol/index.ts';
import { element } from './element.ts';
import { shapeToElement } from './shape-to-element.ts';
import { makeButton, setEnabled } from './toolkit.ts';

export interface ToolbarListener {
  fit(): void;
  zoom(direction: 1 | -1): void;
  command(command: PreviewCommand): void;
  /** Back to a guide of the trail, by its place there. */
  left(to: number): void;
}

const icons = {
  fit: 'M2 6V2h4 M10 2h4v4 M14 10v4h-4 M6 14H2v-4',
  in: 'M8 3v10 M3 8h10',
  out: 'M3 8h10',
  save: 'M8 2v8 M4.5 7L8 10.5 11.5 7 M2.5 11.5V14h11v-2.5',
} as const;

export class Toolbar {
  readonly root = element('header', 'toolbar');
  readonly #listener: ToolbarListener;
  readonly #trail = element('nav', 'trail');
  readonly #title = element('h1', 'plan-title');
  readonly #problems = element('span', 'problems');
  readonly #drawn: readonly HTMLElement[];
  readonly #dry: HTMLElement;
  readonly #live: HTMLElement;
  #hasPlan = false;
  #mayRun = true;

  constructor(listener: ToolbarListener) {
    this.#listener = listener;
    this.#trail.setAttribute('aria-label', 'Guides that lead here');
    this.#dry = makeButton({ label: 'Dry-run', look: 'secondary', onClick: () => listener.command('dry-run') });
    this.#live = makeButton({ label: 'Live-run', look: 'primary', onClick: () => listener.command('live-run') });
    const icon = (label: string, name: keyof typeof icons, onClick: () => void): HTMLElement =>
      makeButton({ label, icon: iconOf(icons[name]), look: 'icon', onClick });
    this.#drawn = [
      icon('Zoom out (-)', 'out', () => listener.zoom(-1)),
      icon('Zoom in (+)', 'in', () => listener.zoom(1)),
      icon('Fit (0), again: fit the breadth', 'fit', () => listener.fit()),
      icon('Export SVG', 'save', () => listener.command('export-svg')),
    ];
    const buttons = element('div', 'buttons', ...this.#drawn, element('span', 'divider'), this.#dry, this.#live);
    buttons.setAttribute('role', 'toolbar');
    buttons.setAttribute('aria-label', 'Preview');
    this.root.append(element('div', 'names', this.#trail, this.#title, this.#problems), buttons);
    this.show('', { errors: 0, warnings: 0 }, false);
  }

  /** `trail`: the titles of the guides that lead to the one shown, itself the last; empty for the preview's own. */
  show(title: string, { errors, warnings }: ProblemCounts, hasPlan: boolean, trail: readonly string[] = []): void {
    const before = trail.slice(0, -1).map((name, to) => {
      const button = element('button', 'plain link', name);
      button.title = `Back to “${name}”`;
      button.addEventListener('click', () => this.#listener.left(to));
      return [button, element('span', 'trail-sign', '›')];
    });
    this.#trail.replaceChildren(...before.flat());
    this.#trail.hidden = before.length === 0;
    this.#title.textContent = title;
    this.#title.title = title;
    const words = [count(errors, 'error'), count(warnings, 'warning')].filter(Boolean).join(', ');
    this.#problems.textContent = words;
    this.#problems.className = `problems${errors > 0 ? ' has-errors' : ''}`;
    this.#hasPlan = hasPlan;
    this.#update();
  }

  allowRunning(running: boolean): void {
    this.#mayRun = running;
    this.#update();
  }

  #update(): void {
    for (const button of this.#drawn) setEnabled(button, this.#hasPlan, button.getAttribute('aria-label') ?? '');
    const why = this.#mayRun ? '' : ' is not allowed until this workspace is trusted';
    setEnabled(
      this.#dry,
      this.#hasPlan && this.#mayRun,
      why ? `Dry-run${why}` : 'Dry-run: show what would happen, perform nothing',
    );
    setEnabled(
      this.#live,
      this.#hasPlan && this.#mayRun,
      why ? `Live-run${why}` : 'Live-run: perform the steps, ask before each write',
    );
  }
}

function count(number: number, word: string): string {
  return number === 0 ? '' : `${number} ${word}${number === 1 ? '' : 's'}`;
}

function iconOf(d: string): SVGElement {
  return shapeToElement({
    tag: 'svg',
    attributes: { viewBox: '0 0 16 16', class: 'tool-icon', 'aria-hidden': 'true' },
    children: [{ tag: 'path', attributes: { d }, children: [] }],
  });
}
