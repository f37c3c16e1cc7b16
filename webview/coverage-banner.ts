// The strip above a plan that shows what its tests cover: how much, what the marks mean, and the way back.
import { type CoveragePicture, markSign, markWord } from '../src/diagram/index.ts';
import { element } from './element.ts';

/** Fills the banner; `close` is called by its button. */
export function showCoverageBanner(banner: HTMLElement, { summary }: CoveragePicture, close: () => void): void {
  const button = element('button', 'plain link', 'Close');
  button.title = 'Show the plan without coverage';
  button.addEventListener('click', close);
  const text = element('span', 'banner-text', element('strong', '', 'Covered by tests: '), summary);
  text.title = 'Of the last run of the guide’s tests with coverage';
  const keys = (['covered', 'partly-covered', 'not-covered'] as const).map((kind) =>
    element('span', `change-key key-${kind}`, `${markSign(kind)} ${markWord(kind)}`),
  );
  banner.hidden = false;
  banner.replaceChildren(text, ...keys, button);
}
