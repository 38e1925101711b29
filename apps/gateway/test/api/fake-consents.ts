import type { ConsentHistoryView, ConsentView } from '../../src/bank/index.js';
import type { Refused, SeenCall } from './fake-call.js';
import { AOBA, MINATO, NOW, TSUBAME } from './fixtures.js';

export interface FakeConsent extends ConsentView {
  readonly clientId: string;
  readonly epspId: string;
}

const consentId = (n: number): string =>
  `cns_01j000000000000000000000${String(n).padStart(2, '0')}`;

const consent = (n: number, over: Partial<FakeConsent> = {}): FakeConsent => ({
  consentId: consentId(n),
  clientId: 'minato-kakei',
  epspId: MINATO,
  state: 'authorised',
  reason: { code: 'agreed', by: 'customer' },
  version: 2,
  chainPartnerId: 'none',
  permissions: ['accounts_read', 'balances_read', 'transactions_read'],
  purpose: 'household_accounting',
  termDays: 90,
  askedAt: NOW,
  grantedAt: NOW,
  expiresAt: '2026-12-20T00:00:00.000+09:00',
  changedAt: NOW,
  asOf: NOW,
  ...over,
});

const frozen = { state: 'frozen', reason: { code: 'holder_unavailable', by: 'bank' } } as const;

/** Five consents of one client in several states, and one of another intermediary's partner. */
export const fakeConsents = (): FakeConsent[] => [
  consent(1),
  consent(2, frozen),
  consent(3, { state: 'revoked', reason: { code: 'withdrawn', by: 'customer' } }),
  consent(4, { state: 'expired', reason: { code: 'term_over', by: 'system' } }),
  consent(5, { state: 'awaiting_authorisation', grantedAt: null, expiresAt: null, version: 1 }),
  consent(6, { clientId: 'aoba-fintech', epspId: AOBA, chainPartnerId: TSUBAME }),
];

type Answer = { readonly status: number; readonly body: unknown } | Refused;

/** The internal API of consents as bank-core answers it: the client's own, newest first. */
export function consentRoute(consents: readonly FakeConsent[], call: SeenCall): Answer | undefined {
  const match = /^institutions\/2963\/consents(?:\/(\w+)(?:\/(\w+))?)?$/.exec(call.path);
  if (!match) return undefined;
  const [, id, part] = match;
  const client = String(call.headers['x-renkei-client']);
  const own = consents.filter(({ clientId }) => clientId === client);
  if (id === undefined) return list(own, call);
  const one = own.find((consent) => consent.consentId === id);
  if (!one) return { status: 404, code: 'not_found' };
  if (part === undefined) return { status: 200, body: one };
  if (part === 'accounts') return { status: 200, body: { data: ACCOUNTS, asOf: NOW } };
  return { status: 200, body: historyOf(call) };
}

function list(own: readonly FakeConsent[], { query }: SeenCall): Answer {
  const [state, after] = [query.get('state'), query.get('after')];
  const limit = Number(query.get('limit'));
  const matching = own
    .filter((one) => (state === null || one.state === state) && (!after || one.consentId < after))
    .reverse();
  const data = matching.slice(0, limit);
  const nextAfter = matching.length > limit ? (data.at(-1)?.consentId ?? null) : null;
  return { status: 200, body: { data, nextAfter, asOf: NOW } };
}

const ACCOUNTS = [
  {
    accountId: 'acc_01j00000000000000000000001',
    status: 'available',
    reason: { code: 'chosen', by: 'customer' },
    changedAt: NOW,
  },
  {
    accountId: 'acc_01j00000000000000000000002',
    status: 'unavailable',
    reason: { code: 'holder_unavailable', by: 'bank' },
    changedAt: NOW,
  },
];

function historyOf({ query }: SeenCall): ConsentHistoryView {
  const changes = ['extended', 'authorised', 'asked'] as const;
  const wanted = query.get('change');
  const after = Number(query.get('after') ?? changes.length + 1);
  const versions = changes.map((change, i) => ({ change, version: changes.length - i }));
  const left = versions.filter(
    ({ change, version }) => version < after && (wanted === null || wanted === change),
  );
  const limit = Number(query.get('limit'));
  const data = left.slice(0, limit).map(({ change, version }) => ({
    version,
    change,
    state: change === 'asked' ? ('awaiting_authorisation' as const) : ('authorised' as const),
    reason: { code: change, by: 'customer' as const },
    happenedAt: NOW,
    expiresAt: null,
    accountIds: [],
  }));
  const last = data.at(-1)?.version;
  return { data, nextAfter: left.length > limit ? String(last) : null, asOf: NOW };
}
