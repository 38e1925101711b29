import ts from 'typescript';
import { idsAtTheHeadOf, proofsAtTheHeadOf } from './clause-id.js';

/** A test that carries clause ids: where it stands and what its title begins with. */
export interface TitledTest {
  readonly path: string;
  readonly title: string;
  readonly ids: readonly string[];
  /** The cases that a test's own title names; a `describe` proves nothing by itself. */
  readonly proofs: readonly string[];
}

const TESTS = new Set(['test', 'it', 'describe']);

/** The word under `test`, `test.concurrent`, `test.each(…)`, `describe.each(…)`. */
function wordOf(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee)) return wordOf(callee.expression);
  if (ts.isCallExpression(callee)) return wordOf(callee.expression);
  return undefined;
}

const textOf = (node: ts.Node | undefined): string | undefined => {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  // A template is read up to its first hole; only what stands before it is certain.
  return ts.isTemplateExpression(node) ? node.head.text : undefined;
};

/** The initialiser of a constant of the file, so that a table may stand apart from its test. */
function constantsOf(file: ts.SourceFile): Map<string, ts.Expression> {
  const found = new Map<string, ts.Expression>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      found.set(node.name.text, node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const unwrapped = (node: ts.Expression): ts.Expression =>
  ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)
    ? unwrapped(node.expression)
    : node;

/** The first text of each row of a table: its first cell, its first argument, or its first text member. */
function rowHeads(table: ts.Expression, constants: Map<string, ts.Expression>): string[] {
  const node = unwrapped(table);
  if (ts.isIdentifier(node)) {
    const behind = constants.get(node.text);
    return behind && behind !== table ? rowHeads(behind, constants) : [];
  }
  if (!ts.isArrayLiteralExpression(node)) return [];
  return node.elements.flatMap((element) => {
    if (ts.isSpreadElement(element)) return rowHeads(element.expression, constants);
    const head = rowHead(unwrapped(element));
    return head === undefined ? [] : [head];
  });
}

function rowHead(row: ts.Expression): string | undefined {
  const own = textOf(row);
  if (own !== undefined) return own;
  if (ts.isArrayLiteralExpression(row)) return textOf(row.elements[0]);
  if (ts.isCallExpression(row)) return textOf(row.arguments[0]);
  if (!ts.isObjectLiteralExpression(row)) return undefined;
  for (const member of row.properties) {
    const text = ts.isPropertyAssignment(member) ? textOf(member.initializer) : undefined;
    if (text !== undefined && proofsAtTheHeadOf(text).length > 0) return text;
  }
  return undefined;
}

/** The table of `test.each(table)(title)`, where the call has one. */
const tableOf = (call: ts.CallExpression): ts.Expression | undefined =>
  ts.isCallExpression(call.expression) ? call.expression.arguments[0] : undefined;

function titlesOf(call: ts.CallExpression, constants: Map<string, ts.Expression>): string[] {
  const title = textOf(call.arguments[0]);
  if (title === undefined) return [];
  const table = tableOf(call);
  // `%s …` and `$clause …` take their head from the row.
  if (table && /^(%s|\$\w+)/.test(title)) return rowHeads(table, constants);
  return [title];
}

const isGroup = (call: ts.CallExpression): boolean => wordOf(call.expression) === 'describe';

/** Every test of a spec source whose title begins with clause ids. */
export function testsIn(path: string, source: string): TitledTest[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, kind);
  const constants = constantsOf(file);
  const found: TitledTest[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && TESTS.has(wordOf(node.expression) ?? '')) {
      for (const title of titlesOf(node, constants)) {
        const ids = idsAtTheHeadOf(title);
        const proofs = isGroup(node) ? [] : proofsAtTheHeadOf(title);
        if (ids.length + proofs.length > 0) found.push({ path, title, ids, proofs });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
