import { describe, expect, test } from '@jest/globals';
import type { LiveToken } from '../../grants/index.js';
import { accessTable } from './access-table.js';
import type { AccessFacts, AccessKind, RequestFacts } from './access.js';

const NOW = 1_800_000_000_000;

const grant = {
  grantId: 'g',
  kind: 'account_information' as const,
  bankCode: '2963',
  clientId: 'minato-kakei',
  chainPartnerId: 'none',
  consentId: 'cns_1',
  transferId: undefined,
  permissions: ['accounts_read'],
  expiresAt: NOW + 1,
};

const live: LiveToken = {
  hash: 'h',
  clientId: 'minato-kakei',
  epspId: 'epsp_1',
  scopes: ['accounts'],
  expiresAtSeconds: NOW / 1000 + 300,
  binding: { method: 'dpop', thumbprint: 'k' },
  grant,
  endedCode: undefined,
  blockedUntil: undefined,
};

const suspended = {
  epspId: 'epsp_1',
  chainPartnerId: '*',
  function: '*',
  state: 'suspended',
  clause: 'RKN-S4c',
  since: null,
  until: null,
};

const good: AccessFacts = {
  operation: { kind: 'read', fn: 'accounts_read' },
  bankCode: '2963',
  now: NOW,
  request: {
    urlChars: 100,
    authorizationChars: 80,
    proofChars: 600,
    hasTokenInQuery: false,
    malformedClaims: [],
    saysPartner: false,
  },
  token: { state: 'known', token: live, isExpired: false },
  binding: 'proven',
  party: {
    bankIsKnown: true,
    isCovered: true,
    link: undefined,
    partner: 'contracted',
    isOffered: true,
    maintenance: undefined,
  },
  rate: { broken: undefined },
};

const withToken = (over: Partial<LiveToken>, isExpired = false): Partial<AccessFacts> => ({
  token: { state: 'known', token: { ...live, ...over }, isExpired },
});
const withParty = (over: Partial<AccessFacts['party']>) => ({ party: { ...good.party, ...over } });
const withRequest = (over: Partial<RequestFacts>) => ({ request: { ...good.request, ...over } });
const pay = { operation: { kind: 'pay' as const, fn: 'transfer_initiation' as const } };
const status = { operation: { kind: 'status' as const } };
const see = { operation: { kind: 'consent' as const } };
const own = { operation: { kind: 'own' as const, scope: 'events' } };
const saying = withRequest({ saysPartner: true });
const statusScope = withToken({ grant: undefined, scopes: ['transfers:status'] });
const paying = { ...grant, kind: 'transfer_initiation' as const, permissions: [] };
const closed = withParty({ maintenance: { until: NOW + 60_000, seconds: 60 } });
const link = (state: string) => withParty({ link: { ...suspended, state } });

function judge(facts: AccessFacts): string {
  for (const { check, kinds } of accessTable) {
    if (!kinds.includes(facts.operation.kind)) continue;
    const refusal = check(facts);
    if (refusal) return refusal.code;
  }
  return 'passes';
}

type Row = [title: string, over: Partial<AccessFacts>, expected: string];

// In the order of the table; what stands further down is good, so that each row shows its own check.
const rows: Row[] = [
  ['RKN-S1/e a token in the URL', withRequest({ hasTokenInQuery: true }), 'token_in_query'],
  ['T-31 a URL of 2,049', withRequest({ urlChars: 2_049 }), 'request_too_large'],
  ['T-31 a URL of 2,048', withRequest({ urlChars: 2_048 }), 'passes'],
  ['T-31 a token header of 513', withRequest({ authorizationChars: 513 }), 'request_too_large'],
  ['T-31 a proof of 4,097', withRequest({ proofChars: 4_097 }), 'request_too_large'],
  ['no token', { token: { state: 'absent' } }, 'token_missing'],
  ['no token that can be read', { token: { state: 'malformed' } }, 'invalid_token'],
  ['an unknown token', { token: { state: 'unknown' } }, 'invalid_token'],
  ['T-31 one too many', { token: { state: 'not_asked' } }, 'quota_exceeded'],
  ['T-10 a silent store', { token: { state: 'store_silent' } }, 'temporarily_unavailable'],
  ['RKN-S1/c consent revoked', withToken({ endedCode: 'consent_revoked' }), 'consent_revoked'],
  ['RKN-S1/c consent expired', withToken({ endedCode: 'consent_expired' }), 'consent_expired'],
  ['RKN-D6 the customer left', withToken({ endedCode: 'customer_left' }), 'customer_left'],
  ['an expired token', withToken({}, true), 'invalid_token'],
  ['RKN-S1/d no good proof', { binding: 'proof_invalid' }, 'invalid_dpop_proof'],
  ['T-10 a proof used before', { binding: 'proof_replayed' }, 'invalid_dpop_proof'],
  ['RFC 9449 section 9 no nonce', { binding: 'nonce_wanted' }, 'use_dpop_nonce'],
  ['RKN-S1/d another key', { binding: 'key_differs' }, 'binding_mismatch'],
  ['T-10 a silent proof store', { binding: 'store_silent' }, 'temporarily_unavailable'],
  [
    'RKN-S1/c the grant is over',
    withToken({ grant: { ...grant, expiresAt: NOW } }),
    'consent_expired',
  ],
  [
    'RKN-S1/a a permission that is not in the consent',
    { operation: { kind: 'read', fn: 'transactions_read' } },
    'permission_not_granted',
  ],
  ['RKN-S1/a another scope', withToken({ scopes: ['transfers'] }), 'permission_not_granted'],
  ['RKN-S1/a a token without a user', withToken({ grant: undefined }), 'permission_not_granted'],
  ['RKN-S1/a a transfer token reads', withToken({ grant: paying }), 'permission_not_granted'],
  ['RKN-S1/a a reading token pays', pay, 'permission_not_granted'],
  ['RKN-S1/a a reading token asks what became of it', status, 'permission_not_granted'],
  [
    'RKN-D1a T-14 a quote that names neither a partner nor none',
    { ...pay, ...statusScope },
    'chain_partner_missing',
  ],
  [
    'RKN-D1b a token of the client asks for a quote, and says for whom',
    { ...pay, ...statusScope, ...saying },
    'passes',
  ],
  [
    'RKN-D1b a token of a transfer names its partner by itself',
    { ...pay, ...withToken({ grant: paying, scopes: ['transfers'] }) },
    'passes',
  ],
  ['a token of the client reads the state of transfers', { ...status, ...statusScope }, 'passes'],
  [
    'RKN-S1/a the state of transfers without its scope',
    { ...status, ...withToken({ grant: undefined, scopes: ['events'] }) },
    'permission_not_granted',
  ],
  [
    'a transfer token reads its state',
    { ...status, ...withToken({ grant: paying, scopes: ['transfers'] }) },
    'passes',
  ],
  [
    'RKN-S4c INT-21 the state, whatever became of the link',
    { ...status, ...statusScope, ...link('suspended') },
    'passes',
  ],
  [
    'RKN-S4c/a but no quote through a suspended link',
    { ...pay, ...statusScope, ...saying, ...link('suspended') },
    'linkage_suspended',
  ],
  [
    'T-19 the state, whether or not the copy is current',
    { ...status, ...statusScope, ...withParty({ link: 'stale' }) },
    'passes',
  ],
  [
    'RKN-C1a/b the state, whatever became of the partner',
    { ...status, ...statusScope, ...withParty({ partner: 'chain_partner_stopped' }) },
    'passes',
  ],
  [
    'T-14 the state through a foreign partner',
    { ...status, ...statusScope, ...withParty({ partner: 'chain_partner_unknown' }) },
    'chain_partner_unknown',
  ],
  [
    'RKN-D4 the state, whatever the institution offers now',
    { ...status, ...statusScope, ...withParty({ isOffered: false }) },
    'passes',
  ],
  [
    'RKN-0.2 the state at an institution that is not covered',
    { ...status, ...statusScope, ...withParty({ isCovered: false }) },
    'institution_not_covered',
  ],
  [
    'house rule: also the state has its quota',
    { ...status, ...statusScope, rate: { broken: 'intermediary' } },
    'quota_exceeded',
  ],
  ['RKN-S1/a a user token asks for own affairs', { ...own }, 'permission_not_granted'],
  [
    'RKN-S1/a own affairs without their scope',
    { ...own, ...withToken({ grant: undefined, scopes: ['transfers:status'] }) },
    'permission_not_granted',
  ],
  [
    'own affairs with their scope, whatever became of a link',
    { ...own, ...withToken({ grant: undefined, scopes: ['events'] }), ...link('suspended') },
    'passes',
  ],
  [
    'RKN-S1/a consents with a token of a transfer',
    { ...see, ...withToken({ grant: paying }) },
    'permission_not_granted',
  ],
  [
    'RKN-S1/a consents without a user and without their scope',
    { ...see, ...withToken({ grant: undefined, scopes: ['events'] }) },
    'permission_not_granted',
  ],
  [
    'RKN-S1/a consents with a token of the holder that was narrowed to nothing',
    { ...see, ...withToken({ scopes: ['openid'] }) },
    'permission_not_granted',
  ],
  ['consents with a token of the holder', { ...see }, 'passes'],
  [
    'RKN-S1/c the grant over, its token sees to nothing',
    { ...see, ...withToken({ grant: { ...grant, expiresAt: NOW } }) },
    'consent_expired',
  ],
  ['RKN-D6 a withdrawal, whatever became of the link', { ...see, ...link('suspended') }, 'passes'],
  [
    'RKN-D6 a withdrawal, whatever became of the partner',
    { ...see, ...withParty({ partner: 'chain_partner_stopped' }) },
    'passes',
  ],
  [
    'T-14 consents through a foreign partner',
    { ...see, ...withParty({ partner: 'chain_partner_unknown' }) },
    'chain_partner_unknown',
  ],
  [
    'consents without a user, with their scope',
    { ...see, ...withToken({ grant: undefined, scopes: ['consents'] }) },
    'passes',
  ],
  ['users.md A.3 blocked software reads', withToken({ blockedUntil: NOW + 1 }), 'software_blocked'],
  ['users.md A.3 the block is over', withToken({ blockedUntil: NOW }), 'passes'],
  [
    'users.md A.3 blocked software asks for a quote',
    {
      ...pay,
      ...withToken({ blockedUntil: NOW + 1, grant: undefined, scopes: ['transfers:status'] }),
    },
    'software_blocked',
  ],
  [
    'B-7 blocked software asks what became of what it moved',
    {
      ...status,
      ...withToken({ blockedUntil: NOW + 1, grant: undefined, scopes: ['transfers:status'] }),
    },
    'passes',
  ],
  [
    'users.md A.3 blocked software asks for events',
    { ...own, ...withToken({ blockedUntil: NOW + 1, grant: undefined, scopes: ['events'] }) },
    'software_blocked',
  ],
  [
    'users.md A.3 blocked software asks for its standing',
    {
      operation: { kind: 'own', scope: 'participants' },
      ...withToken({ blockedUntil: NOW + 1, grant: undefined, scopes: ['participants'] }),
    },
    'passes',
  ],
  [
    'users.md A.3 blocked software ends a consent',
    { ...see, ...withToken({ blockedUntil: NOW + 1 }) },
    'passes',
  ],
  ['T-08 another institution in the path', { bankCode: '2972' }, 'not_found'],
  ['T-08 an institution nobody knows', withParty({ bankIsKnown: false }), 'not_found'],
  ['RKN-0.2 not covered', withParty({ isCovered: false }), 'institution_not_covered'],
  ['D.5 an announced outage', closed, 'maintenance'],
  [
    'D.5 an announced outage, whose institution is silent',
    withParty({ ...closed.party, link: 'stale' }),
    'maintenance',
  ],
  ['RKN-D6 a withdrawal, whatever was announced', { ...see, ...closed }, 'passes'],
  [
    'own affairs with their scope, whatever was announced',
    { ...own, ...withToken({ grant: undefined, scopes: ['events'] }), ...closed },
    'passes',
  ],
  ['RKN-S4c/a link suspended', link('suspended'), 'linkage_suspended'],
  ['RKN-S4c/c link restricted', link('restricted'), 'linkage_restricted'],
  ['RKN-S4c link terminated', link('terminated'), 'linkage_terminated'],
  ['T-19 the copy is not current', withParty({ link: 'stale' }), 'core_unavailable'],
  ['RKN-C1a/a unknown', withParty({ partner: 'chain_partner_unknown' }), 'chain_partner_unknown'],
  ['RKN-C1a/b ended', withParty({ partner: 'chain_partner_stopped' }), 'chain_partner_stopped'],
  ['RKN-C1a/c beyond', withParty({ partner: 'chain_partner_scope' }), 'chain_partner_scope'],
  ['RKN-D4 not offered', withParty({ isOffered: false }), 'function_not_offered'],
  [
    'SM-3.5 a claim about the customer that nobody can read',
    withRequest({ malformedClaims: ['x-fapi-auth-date'] }),
    'customer_claim_malformed',
  ],
  ['house rule: quota', { rate: { broken: 'intermediary' } }, 'quota_exceeded'],
  ['house rule: quota unknown', { rate: 'store_silent' }, 'temporarily_unavailable'],
  ['INT-17 a lowered rate', { rate: { broken: 'link', clause: 'RKN-S4c' } }, 'quota_exceeded'],
  ['T-19 what was lowered is not known', { rate: 'stale' }, 'core_unavailable'],
  ['RKN-S1 everything in order', {}, 'passes'],
];

describe('the access table', () => {
  test.each(rows)('%s', (_title, over, expected) => {
    expect(judge({ ...good, ...over })).toBe(expected);
  });

  test('the first refusal wins: facts that are wrong throughout are refused by each check in turn', () => {
    const wrong: [keyof AccessFacts | 'last', Partial<AccessFacts>][] = [
      ['request', withRequest({ urlChars: 9_999 })],
      ['token', { token: { state: 'unknown' } }],
      ['binding', { binding: 'proof_invalid' }],
      ['party', withParty({ isCovered: false, link: 'stale', isOffered: false })],
      ['rate', { rate: { broken: 'intermediary' } }],
    ];
    const seen: string[] = [];
    let left = wrong;
    while (left.length > 0) {
      const facts = left.reduce((all, [, over]) => ({ ...all, ...over }), good);
      seen.push(judge(facts));
      left = left.slice(1);
    }
    expect(seen).toEqual([
      'request_too_large',
      'invalid_token',
      'invalid_dpop_proof',
      'institution_not_covered',
      'quota_exceeded',
    ]);
  });

  test('every rule says what it rests on, and reads and transfers pass every rule', () => {
    const kinds: AccessKind[] = ['read', 'pay'];
    for (const rule of accessTable) {
      expect(rule.restsOn.length).toBeGreaterThan(0);
      if (rule.check.name === 'partnerIsKnown') continue;
      expect(rule.kinds.filter((kind) => kinds.includes(kind))).toEqual(kinds);
    }
  });

  test('RKN-S4c INT-21 no rule that a stop can turn stands before the state of a transfer', () => {
    const names = accessTable.flatMap(({ check, kinds }) =>
      kinds.includes('status') ? check.name : [],
    );
    expect(names).toEqual([
      'requestIsBounded',
      'tokenIsLive',
      'tokenIsBound',
      'grantCovers',
      'institutionIsTheOne',
      'partnerIsKnown',
      'customerClaimIsReadable',
      'rateIsKept',
    ]);
  });

  test('own affairs pass every rule that concerns neither an institution nor a holder', () => {
    const names = accessTable.flatMap(({ check, kinds }) =>
      kinds.includes('own') ? check.name : [],
    );
    expect(names).toEqual([
      'requestIsBounded',
      'tokenIsLive',
      'tokenIsBound',
      'grantCovers',
      'softwareIsOpen',
      'customerClaimIsReadable',
      'rateIsKept',
    ]);
  });
});
