import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** The little of Babel's path that is asked for here. */
interface Path {
  readonly node: {
    readonly type: string;
    readonly value?: unknown;
    readonly key?: { readonly name?: string };
  };
  readonly listKey?: string;
  readonly key?: string | number | null;
  readonly parent?: {
    readonly type: string;
    readonly callee?: { readonly name?: string };
    readonly key?: { readonly name?: string };
  };
}

const JAPANESE = /[぀-ヿ㐀-鿿]/;

/**
 * What is not mutated: sentences for people, in either language, and the sentence of an assertion.
 * Whether a sentence is right is read by people; that it is there is held by the documents that the
 * specs compare as a whole.
 */
export function sentenceReason({ node, listKey, key, parent }: Path): string | undefined {
  const isText = node.type === 'StringLiteral' || node.type === 'TemplateLiteral';
  if (!isText) return undefined;
  if (parent?.type === 'ObjectProperty' && /^(ja|en)$/.test(parent.key?.name ?? '')) {
    return 'a sentence for people';
  }
  if (typeof node.value === 'string' && JAPANESE.test(node.value)) return 'a sentence for people';
  const isArgument = parent?.type === 'CallExpression' && listKey === 'arguments';
  if (isArgument && parent.callee?.name === 'assert' && key === 1) {
    return 'the sentence of an assertion';
  }
  return undefined;
}

export const sentences = declareValuePlugin(PluginKind.Ignore, 'sentences', {
  shouldIgnore: (path) => sentenceReason(path as unknown as Path),
});
