/**
 * What the relying party of these tests is told: every run, its two clients, nothing else. The axes and
 * their values are those of the OpenID Foundation's FAPI 2.0 plans, so that a run of the official suite
 * is configured by copying a row.
 */
export interface Variant {
  /** Number of the row in the order of support, with a word where a row has more than one run. */
  readonly id: string;
  /** Security Profile Final or Message Signing Final. */
  readonly plan: 'SP' | 'MS';
  readonly profile: 'plain_fapi' | 'fapi_client_credentials_grant';
  readonly clientAuth: 'private_key_jwt' | 'mtls';
  readonly constraint: 'dpop' | 'mtls';
  readonly openid: 'openid_connect' | 'plain_oauth';
  readonly requestMethod: 'unsigned' | 'signed_non_repudiation';
  readonly responseMode: 'plain_response' | 'jarm';
  readonly requestType: 'simple' | 'rar';
  readonly clients: readonly [ClientSetting, ClientSetting];
  /** How many modules the official plan runs in this combination. */
  readonly modules: number;
}

export interface ClientSetting {
  readonly clientId: string;
  /** Of client assertions and request objects. */
  readonly alg: 'PS256' | 'ES256';
  readonly dpopAlg: 'PS256' | 'ES256';
  /** Signed by an authority that the gateway knows, or registered as it is (RFC 8705 section 2). */
  readonly certificate: 'of_authority' | 'self_signed';
}

/** Two clients whose keys differ; the RSA keys of the first let the RS256 faults be sent. */
const two = (id: string, certificate: ClientSetting['certificate'] = 'of_authority') =>
  [
    { clientId: `fapi-${id}-one`, alg: 'PS256', dpopAlg: 'PS256', certificate },
    { clientId: `fapi-${id}-two`, alg: 'ES256', dpopAlg: 'ES256', certificate },
  ] as const satisfies Variant['clients'];

const simplest = {
  plan: 'SP',
  profile: 'plain_fapi',
  clientAuth: 'private_key_jwt',
  constraint: 'dpop',
  openid: 'openid_connect',
  requestMethod: 'unsigned',
  responseMode: 'plain_response',
  requestType: 'simple',
} as const;

const signed = { plan: 'MS', requestMethod: 'signed_non_repudiation' } as const;
const jarm = { plan: 'MS', responseMode: 'jarm' } as const;

export const variants: readonly Variant[] = [
  { ...simplest, id: '1', clients: two('1'), modules: 56 },
  {
    ...simplest,
    id: '2',
    openid: 'plain_oauth',
    requestType: 'rar',
    clients: two('2'),
    modules: 50,
  },
  { ...simplest, ...signed, ...jarm, id: '3', requestType: 'rar', clients: two('3'), modules: 70 },
  { ...simplest, ...jarm, id: '3-unsigned', clients: two('3u'), modules: 56 },
  { ...simplest, ...signed, id: '3-plain', clients: two('3p'), modules: 70 },
  { ...simplest, id: '4', constraint: 'mtls', clients: two('4'), modules: 47 },
  {
    ...simplest,
    ...signed,
    ...jarm,
    id: '4-signed',
    constraint: 'mtls',
    clients: two('4s'),
    modules: 61,
  },
  {
    ...simplest,
    id: '5',
    clientAuth: 'mtls',
    constraint: 'mtls',
    clients: two('5'),
    modules: 37,
  },
  {
    ...simplest,
    id: '5-plain-oauth',
    clientAuth: 'mtls',
    constraint: 'mtls',
    openid: 'plain_oauth',
    clients: two('5o', 'self_signed'),
    modules: 31,
  },
  {
    ...simplest,
    id: '6',
    profile: 'fapi_client_credentials_grant',
    openid: 'plain_oauth',
    clients: two('6'),
    modules: 14,
  },
];

type Combination = readonly [
  id: string,
  Variant['clientAuth'],
  Variant['constraint'],
  Variant['openid'],
  'unsigned' | 'signed' | 'without a holder',
  modules: number,
];

/** What else the plans can be run with: no row of the order of support, and yet none may fail. */
const combinations: readonly Combination[] = [
  ['other-1', 'private_key_jwt', 'dpop', 'plain_oauth', 'signed', 64],
  ['other-2', 'private_key_jwt', 'mtls', 'plain_oauth', 'unsigned', 41],
  ['other-3', 'private_key_jwt', 'mtls', 'plain_oauth', 'signed', 55],
  ['other-4', 'mtls', 'dpop', 'openid_connect', 'unsigned', 46],
  ['other-5', 'mtls', 'dpop', 'openid_connect', 'signed', 60],
  ['other-6', 'mtls', 'dpop', 'plain_oauth', 'unsigned', 40],
  ['other-7', 'mtls', 'dpop', 'plain_oauth', 'signed', 54],
  ['other-8', 'mtls', 'mtls', 'openid_connect', 'signed', 51],
  ['other-9', 'mtls', 'mtls', 'plain_oauth', 'signed', 45],
  ['other-10', 'private_key_jwt', 'mtls', 'plain_oauth', 'without a holder', 10],
  ['other-11', 'mtls', 'dpop', 'plain_oauth', 'without a holder', 9],
  ['other-12', 'mtls', 'mtls', 'plain_oauth', 'without a holder', 5],
];

export const otherVariants: readonly Variant[] = combinations.map(
  ([id, clientAuth, constraint, openid, how, modules]) => ({
    ...simplest,
    ...(how === 'signed' ? { ...signed, ...jarm } : {}),
    ...(how === 'without a holder' ? { profile: 'fapi_client_credentials_grant' as const } : {}),
    id,
    clientAuth,
    constraint,
    openid,
    modules,
    clients: two(id),
  }),
);

/** The row of that id. Throws where there is none: a typing error must not test nothing. */
export function variantOf(id: string): Variant {
  const found = variants.find((variant) => variant.id === id);
  if (!found) throw new Error(`There is no variant "${id}".`);
  return found;
}

/** Scopes that the client is registered for; the modules ask for all of them, in this order. */
export function scopeOf(variant: Variant): string {
  if (variant.profile === 'fapi_client_credentials_grant') return 'transfers:status';
  return variant.openid === 'openid_connect' ? 'openid accounts' : 'accounts';
}
