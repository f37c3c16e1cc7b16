// The webview's entry: theme rules, components, and the app on one side, the editor's messages on the other.
import { diagramStyle } from '../src/diagram/index.ts';
import { PreviewApp, type PreviewState } from './preview-app.ts';
import { registerToolkit } from './toolkit.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: PreviewState): void;
};

const editor = acquireVsCodeApi();
// A constructed style sheet is not inline style, so the strict policy lets it be.
const rules = new CSSStyleSheet();
rules.replaceSync(diagramStyle((name) => `var(--tsg-${name})`));
document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
registerToolkit();
const app = new PreviewApp(
  {
    post: (message) => editor.postMessage(message),
    getState: () => editor.getState(),
    setState: (state) => editor.setState(state),
  },
  document.body,
);
window.addEventListener('message', (event) => void app.receive(event.data));
