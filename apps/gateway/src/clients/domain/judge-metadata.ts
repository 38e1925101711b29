import type { ClientChoices } from '../client.js';
import { finding, type Finding } from './finding.js';
import { judgeRedirectUris } from './judge-redirect-uris.js';

export type Sent = Readonly<Record<string, unknown>>;

export const AUTH_METHODS = [
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
] as const;
const ALGORITHMS = ['ES256', 'PS256'] as const;
const GRANT_TYPES = ['authorization_code', 'refresh_token', 'client_credentials'] as const;
const CERTIFICATE_NAMES = [
  'tls_client_auth_subject_dn',
  'tls_client_auth_san_dns',
  'tls_client_auth_san_uri',
  'tls_client_auth_san_ip',
  'tls_client_auth_san_email',
] as const;

/** What every registration gets, whatever it asks for (oauth.md 5.4); a contrary wish is told, not bent. */
const POLICY: Readonly<Record<string, unknown>> = {
  response_types: ['code'],
  require_pushed_authorization_requests: true,
  application_type: 'web',
  subject_type: 'public',
};

/** Members that would make this server fetch from, or send to, an address somebody else chose (T-13). */
const FETCHED = ['jwks_uri', 'sector_identifier_uri', 'request_uris', 'initiate_login_uri'];

/** Members for what is not offered: shared secrets, encryption, other flows. */
const NOT_OFFERED = [
  /^client_(id|id_issued_at|secret|secret_expires_at)$/,
  /^registration_(access_token|client_uri)$/,
  /_encrypt(ed|ion)_/,
  /^(backchannel|frontchannel)_/,
  /^post_logout_redirect_uris$/,
];

const ALGORITHM_MEMBERS = [
  'token_endpoint_auth_signing_alg',
  'request_object_signing_alg',
  'authorization_signed_response_alg',
  'id_token_signed_response_alg',
  'introspection_signed_response_alg',
];

/** Every check of the members but the keys. Pure; the order is that of the findings. */
export function judgeMetadata(sent: Sent, isUpdate = false): Finding[] {
  return [
    ...judgeRedirectUris(sent['redirect_uris']),
    ...judgeForeignMembers(sent, isUpdate),
    ...judgePolicy(sent),
    ...judgeAuthentication(sent),
    ...judgeConstraint(sent),
    ...judgeSignatures(sent),
    ...judgeTexts(sent),
    ...judgeDefaultDetails(sent),
  ];
}

function judgeForeignMembers(sent: Sent, isUpdate: boolean): Finding[] {
  return Object.keys(sent).flatMap((member) => {
    if (isUpdate && member === 'client_id') return [];
    if (FETCHED.includes(member)) {
      const wanted = member === 'jwks_uri' ? 'the keys themselves, in jwks' : 'absent';
      return [finding(member, 'member_not_accepted', sent[member], wanted)];
    }
    const isRefused =
      NOT_OFFERED.some((pattern) => pattern.test(member)) ||
      (isUpdate && member === 'software_statement');
    // Its value may be a secret that somebody meant for another place.
    return isRefused ? [finding(member, 'member_not_accepted', 'present', 'absent')] : [];
  });
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const judgePolicy = (sent: Sent): Finding[] =>
  Object.entries(POLICY)
    .filter(([member, value]) => sent[member] !== undefined && !isSame(sent[member], value))
    .map(([member, value]) =>
      finding(member, 'value_is_policy', sent[member], JSON.stringify(value)),
    );

function judgeAuthentication(sent: Sent): Finding[] {
  const found: Finding[] = [];
  const method = sent['token_endpoint_auth_method'] ?? 'private_key_jwt';
  if (!AUTH_METHODS.some((known) => known === method)) {
    const wanted = AUTH_METHODS.join(' | ');
    found.push(finding('token_endpoint_auth_method', 'value_not_allowed', method, wanted));
  }
  const names = CERTIFICATE_NAMES.filter((name) => sent[name] !== undefined);
  for (const name of names) {
    const value = sent[name];
    if (typeof value !== 'string' || value === '' || value.length > 256)
      found.push(finding(name, 'form_wrong', value, 'a text of 1 to 256 characters'));
  }
  const namesMax = method === 'tls_client_auth' ? 1 : 0;
  if (names.length !== namesMax) {
    const wanted = namesMax === 1 ? `exactly one of ${CERTIFICATE_NAMES.join(', ')}` : 'none';
    found.push(finding('tls_client_auth_*', 'one_certificate_name', names.join(', '), wanted));
  }
  return [...found, ...judgeSubset(sent, 'grant_types', GRANT_TYPES)];
}

/** FAPI 2.0 section 5.3.2.1 item 4: nothing else enforces that a token is bound. */
function judgeConstraint(sent: Sent): Finding[] {
  const dpop = sent['dpop_bound_access_tokens'];
  const mtls = sent['tls_client_certificate_bound_access_tokens'];
  const found = [dpop, mtls].flatMap((value, at) =>
    value === undefined || typeof value === 'boolean'
      ? []
      : [finding(CONSTRAINTS[at] ?? '', 'form_wrong', value, 'true or false')],
  );
  if (found.length > 0) return found;
  const isOne = mtls === true ? dpop !== true : dpop !== false;
  if (isOne) return [];
  const got = { dpop_bound_access_tokens: dpop, tls_client_certificate_bound_access_tokens: mtls };
  return [finding(CONSTRAINTS.join(' / '), 'one_sender_constraint', got, 'exactly one true')];
}

const CONSTRAINTS = ['dpop_bound_access_tokens', 'tls_client_certificate_bound_access_tokens'];

/** Message Signing: signed requests, or answers as JARM; both are choices, neither is half a choice. */
function judgeSignatures(sent: Sent): Finding[] {
  const found = ALGORITHM_MEMBERS.filter((member) => sent[member] !== undefined).flatMap(
    (member) =>
      ALGORITHMS.some((known) => known === sent[member])
        ? []
        : [finding(member, 'value_not_allowed', sent[member], ALGORITHMS.join(' | '))],
  );
  const signed = sent['require_signed_request_object'];
  if (signed !== undefined && typeof signed !== 'boolean') {
    found.push(finding('require_signed_request_object', 'form_wrong', signed, 'true or false'));
  }
  const modes = sent['response_modes'];
  if (modes !== undefined && !isSame(modes, ['jwt']) && !isSame(modes, ['query'])) {
    found.push(finding('response_modes', 'value_not_allowed', modes, '["jwt"] or ["query"]'));
  }
  return found;
}

function judgeTexts(sent: Sent): Finding[] {
  const found: Finding[] = [];
  const { client_name: name, contacts, scope } = sent;
  if (name !== undefined && !isText(name, 120)) {
    found.push(finding('client_name', 'form_wrong', name, 'a text of 1 to 120 characters'));
  }
  const isList = Array.isArray(contacts) && contacts.length <= 5;
  if (contacts !== undefined && !(isList && contacts.every((one) => isText(one, 254)))) {
    found.push(finding('contacts', 'form_wrong', contacts, 'at most 5 texts'));
  }
  if (scope !== undefined && !isText(scope, 300)) {
    found.push(finding('scope', 'form_wrong', scope, 'names separated by one space'));
  }
  return found;
}

/** What a request by scope alone stands for; its content is judged at every push, like one that was sent. */
function judgeDefaultDetails({ default_authorization_details: details }: Sent): Finding[] {
  if (details === undefined) return [];
  const [one, more] = Array.isArray(details) ? (details as unknown[]) : [];
  const { type } = (typeof one === 'object' && one !== null ? one : {}) as { type?: unknown };
  const isOne = more === undefined && type === 'account_information';
  if (isOne && JSON.stringify(one).length <= DETAIL_CHARS_MAX) return [];
  const wanted = 'one element of type account_information';
  return [finding('default_authorization_details', 'form_wrong', details, wanted)];
}

const DETAIL_CHARS_MAX = 2048;

const isText = (value: unknown, charsMax: number): value is string =>
  typeof value === 'string' &&
  [...value].length >= 1 &&
  [...value].length <= charsMax &&
  !/\p{Cc}|\p{Cf}/u.test(value);

/** A list that may leave out but not add; without the member it is whole. */
export function judgeSubset(sent: Sent, member: string, known: readonly string[]): Finding[] {
  const value = sent[member];
  if (value === undefined) return [];
  const isSubset =
    Array.isArray(value) &&
    value.length > 0 &&
    new Set(value).size === value.length &&
    value.every((each) => known.includes(each as string));
  return isSubset ? [] : [finding(member, 'value_not_allowed', value, known.join(', '))];
}

/** The choices as they are stored, once every check has passed. `algorithm` is that of the first key. */
export function choicesOf(
  sent: Sent,
  vouched: { readonly scopes: readonly string[]; readonly detailTypes: readonly string[] },
  algorithm: string,
): ClientChoices {
  const isSigning = sent['require_signed_request_object'] === true;
  const isBoundByCertificate = sent['tls_client_certificate_bound_access_tokens'] === true;
  const taken = Object.fromEntries(
    [...TAKEN, ...CERTIFICATE_NAMES, ...ALGORITHM_MEMBERS]
      .filter((member) => sent[member] !== undefined)
      .map((member) => [member, sent[member]]),
  );
  return {
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: [...GRANT_TYPES],
    response_types: ['code'],
    scope: vouched.scopes.join(' '),
    authorization_details_types: [...vouched.detailTypes],
    request_object_signing_alg: algorithm,
    authorization_signed_response_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    introspection_signed_response_alg: 'ES256',
    ...taken,
    require_signed_request_object: isSigning,
    ...(isSame(sent['response_modes'], ['jwt']) ? { response_modes: ['jwt'] } : {}),
    tls_client_certificate_bound_access_tokens: isBoundByCertificate,
  };
}

const TAKEN = [
  'token_endpoint_auth_method',
  'grant_types',
  'scope',
  'authorization_details_types',
  'default_authorization_details',
];
