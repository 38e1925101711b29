import { readFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import ts from 'typescript';
import { compiled } from '../../project.js';

/** A sentence or a phrase for people: Japanese, or English of at least four words that is no code. */
const isProse = (text: string): boolean =>
  /[\u3040-\u30ff\u4e00-\u9fff]/.test(text) || /^[\w(“][^<>]*?(\s[^<>\s]+){3}/.test(text);

/** Empties what is written for people: texts are loaded apart, one language at a time. */
function withoutTexts(source: string): string {
  const file = ts.createSourceFile('a.js', source, ts.ScriptTarget.ESNext, true);
  const empty: ts.TransformerFactory<ts.SourceFile> = (context) => (root) => {
    const visit = (node: ts.Node): ts.Node => {
      if (ts.isPropertyAssignment(node)) {
        // A name stays a name, whatever it says; only what it is set to can be a text.
        const value = ts.visitNode(node.initializer, visit) as ts.Expression;
        return ts.factory.updatePropertyAssignment(node, node.name, value);
      }
      const isText =
        (ts.isStringLiteralLike(node) && isProse(node.text)) ||
        (ts.isTemplateExpression(node) && isProse(node.getText(file).slice(1)));
      if (isText) return ts.factory.createStringLiteral('');
      return ts.visitEachChild(node, visit, context);
    };
    return ts.visitNode(root, visit) as ts.SourceFile;
  };
  const [stripped] = ts.transform(file, [empty]).transformed;
  return ts.createPrinter().printFile(stripped!);
}

const stripTexts: Plugin = {
  name: 'strip-texts',
  setup(building) {
    building.onLoad({ filter: /[\\/]dist[\\/]libs[\\/].*\.js$/ }, async ({ path }) => ({
      contents: withoutTexts(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Everything behind the doors of contracts and liability for a browser, minified; sizes in kB of 1,000 bytes. */
export async function bundleKb(options: {
  readonly withTexts: boolean;
}): Promise<{ brotli: number; gzip: number }> {
  const doors = ['contracts', 'liability'].map((lib) => compiled('libs', lib, 'src', 'index.js'));
  const { outputFiles } = await build({
    stdin: {
      contents: doors.map((door) => `export * from ${JSON.stringify(door)};`).join('\n'),
      resolveDir: compiled(),
    },
    bundle: true,
    write: false,
    minify: true,
    charset: 'utf8',
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    plugins: options.withTexts ? [] : [stripTexts],
  });
  const { contents } = outputFiles[0]!;
  return {
    brotli: brotliCompressSync(contents).byteLength / 1000,
    gzip: gzipSync(contents, { level: 9 }).byteLength / 1000,
  };
}
