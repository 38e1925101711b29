import { withAnswers } from './answers.js';
import { withBounds } from './bounds.js';
import { withClosedRequests } from './closed-requests.js';
import { mapOperations, type Document } from './shape.js';

/** What the tags mean, in the order in which a reader meets them. */
const TAGS: Readonly<Record<string, string>> = {
  accounts: '口座・残高・明細 (SM-4)',
  transfers: '振込・振替 (SM-5)',
  consents: '同意 (RKN-S1)',
  participants: '自社の登録と接続状態 (RKN-S4, RKN-C1)',
  events: '通知 (Webhooks とポーリング)',
  register: '公開名簿',
  notices: '契約の公表 (RKN-0.1)',
  status: '稼働状況・停止予定・変更予定',
  problems: 'エラーコードの意味',
};

export interface Audience {
  /** Without a token: no limit per client, no security. */
  readonly isPublic: boolean;
}

/**
 * What the decorators leave out because it is the same everywhere: bounds, closed requests, headers of
 * every answer, examples, the two ways to hold a token. Each part is pure.
 */
export function finished(document: Document, { isPublic }: Audience): Document {
  const bounded = withAnswers(withClosedRequests(withBounds(document)), isPublic);
  const used = new Set<string>();
  const paths = mapOperations(bounded.paths, (operation) => {
    for (const tag of operation.tags ?? []) used.add(tag);
    return operation.security?.some((one) => 'dpop' in one)
      ? { ...operation, security: waysIn(scopesIn(operation.security)) }
      : operation;
  });
  const tags = [...used]
    .map((name) => ({ name, description: TAGS[name] ?? name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const servers = (bounded.servers ?? []).map((server) => ({ ...server, 'x-internal': false }));
  return { ...bounded, servers, paths, tags };
}

/** The scopes that the guard names, of which each one alone is enough. */
const scopesIn = (security: readonly object[]): string[] =>
  security.flatMap((one) => (one as { readonly oauth2?: readonly string[] }).oauth2 ?? []).sort();

/** A token with one of its scopes, and one of the two proofs that it is the caller's. */
const waysIn = (scopes: readonly string[]): object[] =>
  scopes.flatMap((scope) => [
    { dpop: [], oauth2: [scope] },
    { mtls: [], oauth2: [scope] },
  ]);
