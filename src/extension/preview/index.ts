// The preview beside the text: registered once, then told about texts and runs by the rest of the extension.
import type * as vscode from 'vscode';
import { PreviewController, type PreviewOwner } from './preview-controller.ts';

export {
  type Comparing,
  type NodeSelection,
  PreviewController,
  type PreviewOwner,
  previewViewType,
} from './preview-controller.ts';

/** Makes the window's previews and restores those of the last session; disposed with the extension. */
export function registerPreview(context: vscode.ExtensionContext, owner: PreviewOwner): PreviewController {
  const controller = new PreviewController(context.extensionUri, owner);
  context.subscriptions.push(controller);
  return controller;
}
