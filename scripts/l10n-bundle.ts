// The messages that the extension shows through `vscode.l10n.t`, gathered from its sources: what a translation is made from.
// Messages must be plain texts, because a text that is put together at run time is in no bundle.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The text of l10n/bundle.l10n.json; throws when a message is no plain text. */
export function l10nBundle(root: string): string {
  const folder = join(root, 'src', 'extension');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const messages = files.flatMap((name) => messagesOf(name, readFileSync(join(folder, name), 'utf8')));
  const sorted = [...new Set(messages)].sort((a, b) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted.map((message) => [message, message])), null, 2)}\n`;
}

function messagesOf(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /\bl10n\s*\.\s*t$/.test(node.expression.getText(source))) {
      const [message] = node.arguments;
      if (!message || !ts.isStringLiteralLike(message)) {
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        throw new Error(`src/extension/${name}:${String(line)}: the message must be a plain text.`);
      }
      found.push(message.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Words handed to the editor's message boxes and pickers as they are, by file and line; they would be in no bundle. */
export function unlocalised(root: string): string[] {
  const folder = join(root, 'src', 'extension');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((name) => {
    const source = ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && showing.test(node.expression.getText(source)))
        for (const argument of node.arguments) found.push(...plainWords(argument, source, name));
      if (ts.isNewExpression(node) && node.expression.getText(source) === 'NotAllowed')
        for (const argument of node.arguments ?? []) found.push(...plainWords(argument, source, name));
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

const showing =
  /\.(?:showInformationMessage|showWarningMessage|showErrorMessage|showInputBox|showQuickPick|createTreeView|createCommentController)$/;
/** Properties of options that a person reads. */
const read = new Set(['title', 'prompt', 'placeHolder', 'detail', 'label', 'description', 'tooltip']);

function plainWords(node: ts.Node, source: ts.SourceFile, name: string): string[] {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
    const words = ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ')
      : node.text;
    if (!/\p{Ll}{3}/u.test(words) || /^[\w.-]+$/.test(words)) return [];
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    return [`src/extension/${name}:${String(line)}: ${words.trim()}`];
  }
  if (ts.isConditionalExpression(node))
    return [...plainWords(node.whenTrue, source, name), ...plainWords(node.whenFalse, source, name)];
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap((property) =>
      ts.isPropertyAssignment(property) && read.has(property.name.getText(source))
        ? plainWords(property.initializer, source, name)
        : [],
    );
  return [];
}
