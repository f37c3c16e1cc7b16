// The messages that the extension shows, gathered from the sources: what a translation is made from. Those that go through
// `vscode.l10n.t` must be plain texts, because a text that is put together at run time is in no bundle. The core speaks without
// an editor: its words are gathered as they stand, with a hole for each value (src/extension/translate-said.ts fills them).
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The text of l10n/bundle.l10n.json; throws when a message is no plain text. */
export function l10nBundle(root: string): string {
  const folder = join(root, 'src', 'extension');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const messages = files.flatMap((name) => messagesOf(name, readFileSync(join(folder, name), 'utf8')));
  messages.push(...coreFolders.flatMap((name) => coreMessages(join(root, 'src', name))));
  const sorted = [...new Set(messages)].sort((a, b) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted.map((message) => [message, message])), null, 2)}\n`;
}

/** The rooms whose words a reader sees. */
export const coreFolders = ['diagnostics', 'guide', 'guard', 'compile', 'check', 'editing'];

/** What the core says in words: texts of two words and more that are no code, pattern or list. */
export function coreMessages(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((name) => {
    const source = ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.Latest, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isTaggedTemplateExpression(node)) return;
      if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
        const words = withHoles(node);
        if (readsAsWords(words) && isSaid(node)) found.push(words);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function withHoles(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  return ts.isStringLiteralLike(node)
    ? node.text
    : node.templateSpans.reduce((text, { literal }, at) => `${text}{${String(at)}}${literal.text}`, node.head.text);
}

/** Two words, one of them in small letters; no line of code, no list of names, no pattern. */
function readsAsWords(text: string): boolean {
  return (
    text.length < 300 &&
    !/^(?:rows|exitCode|rowCount|params|- name)\b|[\n\\]|\$\{|[([]\?[:<!=]|\\b|^\^|\|\|/.test(text) &&
    /\p{Ll}{2}/u.test(text) &&
    /(?:\p{L}|`|\}|")[,:;]? [`"(]{0,3}(?:\p{L}|\{|\d)/u.test(text) &&
    (text.length < 120 || /[.,:;]/.test(text))
  );
}

/** False where the text is compared, looked for, cut or made into a pattern. */
function isSaid(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
    return !/(?:RegExp|\.(?:split|includes|startsWith|endsWith|indexOf|replace|replaceAll|test|has|get|command|join))$/.test(
      parent.expression.getText(),
    );
  return (
    !(ts.isBinaryExpression(parent) && /^[=!]==$/.test(parent.operatorToken.getText())) && !ts.isCaseClause(parent)
  );
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
