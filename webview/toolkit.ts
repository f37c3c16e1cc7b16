// The only file that knows the component library (which is archived upstream): buttons, by what we need of them.
// To replace the library, keep these two functions.
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

export interface ButtonOptions {
  readonly label: string;
  /** With an icon alone, the label is the accessible name and the tooltip. */
  readonly icon?: SVGElement;
  readonly look: 'primary' | 'secondary' | 'icon';
  /** Tooltip, when it says more than the label. */
  readonly hint?: string;
  readonly onClick: () => void;
}

/** Makes the components known to the page; once, before the first button. */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton());
}

/** A button in the editor's look. */
export function makeButton({ label, icon, look, hint, onClick }: ButtonOptions): HTMLElement {
  const button = document.createElement('vscode-button');
  button.setAttribute('appearance', look);
  button.title = hint ?? label;
  if (icon) button.append(icon);
  if (look === 'icon') button.setAttribute('aria-label', label);
  else button.append(label);
  button.addEventListener('click', onClick);
  return button;
}

/** A disabled button stays readable and says why in its tooltip. */
export function setEnabled(button: HTMLElement, enabled: boolean, hint: string): void {
  button.toggleAttribute('disabled', !enabled);
  button.title = hint;
}
