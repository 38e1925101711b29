import ts from 'typescript';

const FORCES = new Set(['enforce', 'record', 'inform', 'missing']);

/** Where each clause is declared: id → source path. A clause declared twice keeps its first place. */
export function declarationsIn(path: string, source: string): Map<string, string> {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest);
  const found = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      FORCES.has(node.expression.text)
    ) {
      const [id] = node.arguments;
      if (id && ts.isStringLiteralLike(id) && !found.has(id.text)) found.set(id.text, path);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
