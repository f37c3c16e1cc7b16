// Whether a bash script can be read, its inner scripts included.
import { forEachChild, type ParsedScript, type SyntaxNode } from 'unbash';

/** The first syntax error, in the script or in a nested one. */
export function firstError(tree: ParsedScript): string | null {
  const find = (node: SyntaxNode): string | null => {
    if (node.type === 'Script' && 'errors' in node && node.errors && node.errors.length > 0)
      return node.errors[0]?.message ?? 'a syntax error';
    let found: string | null = null;
    forEachChild(node, (child) => {
      found ??= find(child);
    });
    return found;
  };
  return find(tree);
}
