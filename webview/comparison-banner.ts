// The strip above a comparison: what is compared with what, how much differs, and what can be done about it.
import { markSign } from '../src/diagram/index.ts';
import type { Comparison, PreviewCommand } from '../src/protocol/index.ts';
import { element } from './element.ts';

/** Fills the banner; `command` is called by its buttons. */
export function showComparisonBanner(
  banner: HTMLElement,
  { title, note, changes, proposal }: Comparison,
  command: (command: PreviewCommand) => void,
): void {
  const button = (label: string, name: PreviewCommand, look = 'plain link'): HTMLButtonElement => {
    const made = element('button', look, label);
    made.addEventListener('click', () => command(name));
    return made;
  };
  const accept = button('Accept', 'accept-proposal', 'choice');
  accept.disabled = proposal === 'nothing-to-write';
  if (accept.disabled) accept.title = 'There is no line to write into the guide for this.';
  const text = element(
    'span',
    'banner-text',
    element('strong', '', `${title}: `),
    changes.summary,
    ...(note === '' ? [] : [' · ', note]),
  );
  text.title = [note, ...changes.others].filter((line) => line !== '').join('\n');
  const signs = (['added', 'removed', 'changed'] as const).map((kind) =>
    element('span', `change-key key-${kind}`, `${markSign(kind)} ${kind}`),
  );
  banner.hidden = false;
  banner.replaceChildren(
    text,
    ...signs,
    button('All changes', 'tell-changes'),
    ...(proposal === null
      ? [button('Close', 'end-comparison')]
      : [accept, button('Refuse', 'refuse-proposal', 'choice second')]),
  );
}
