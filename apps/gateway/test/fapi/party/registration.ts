import type { SeedClient } from '../../../seeds/index.js';
import { scopeOf, type ClientSetting, type Variant } from '../variants.js';
import { publicJwk } from './jws.js';
import { certificateJwk, subjectDnOf, type PartyKeys } from './keys.js';
import { usesMtls } from './metadata.js';

const REDIRECT_ORIGIN = 'https://app.localhost:9443';
const DUMMY_QUERY = '?dummy1=lorem&dummy2=ipsum';
export const BANK_CODE = '2963';

/** Pushed in the rar variants; in the simple ones what the client registered that a bare scope means. */
export const DETAILS = [
  {
    type: 'account_information',
    bank_code: BANK_CODE,
    permissions: ['accounts_read', 'balances_read', 'transactions_read'],
    purpose: 'household_accounting',
    term_days: 90,
    chain_partner: 'none',
  },
];

const redirectUris = ({ clientId }: ClientSetting): [string, string] => {
  const plain = `${REDIRECT_ORIGIN}/test/a/${clientId}/callback`;
  return [plain, `${plain}${DUMMY_QUERY}`];
};

/** Both addresses are registered on both clients; the second client returns to the one with a query. */
export const redirectUriOf = (setting: ClientSetting, number: 1 | 2): string =>
  redirectUris(setting)[number === 1 ? 0 : 1];

/** The transfer whose state is asked for where there is no holder. */
export const instructionIdOf = ({ clientId }: ClientSetting): string => `${clientId}-0001`;

/** What of the API is called: accounts with a holder's token, the state of a transfer without one. */
export const resourcePathOf = ({ profile }: Variant, setting: ClientSetting): string =>
  profile === 'fapi_client_credentials_grant'
    ? `/v1/banks/${BANK_CODE}/transfers?instructionId=${instructionIdOf(setting)}`
    : `/v1/banks/${BANK_CODE}/accounts`;

/** The client as it is registered: keys, addresses, and its choices in the names of RFC 7591. */
export function registrationOf(
  variant: Variant,
  setting: ClientSetting,
  keys: PartyKeys,
): Omit<SeedClient, 'epspId'> {
  const pair = keys.certificates[setting.certificate];
  const isByCertificate = usesMtls(variant) && setting.certificate === 'self_signed';
  const own = isByCertificate ? [certificateJwk(pair, `${setting.clientId}-tls`)] : [];
  return {
    clientId: setting.clientId,
    redirectUris: redirectUris(setting),
    jwks: { keys: [publicJwk(keys.signing[setting.alg]), ...own] },
    metadata: {
      ...authenticationOf(variant, setting, keys),
      ...grantsOf(variant),
      ...messagesOf(variant, setting),
      scope: scopeOf(variant),
      tls_client_certificate_bound_access_tokens: variant.constraint === 'mtls',
    },
  };
}

function authenticationOf({ clientAuth }: Variant, setting: ClientSetting, keys: PartyKeys) {
  if (clientAuth === 'private_key_jwt') return { token_endpoint_auth_method: 'private_key_jwt' };
  if (setting.certificate === 'self_signed')
    return { token_endpoint_auth_method: 'self_signed_tls_client_auth' };
  return {
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_subject_dn: subjectDnOf(keys.certificates.of_authority),
  };
}

function grantsOf({ profile, requestType }: Variant) {
  if (profile === 'fapi_client_credentials_grant')
    return { grant_types: ['client_credentials'], response_types: [] };
  const types = { authorization_details_types: ['account_information'] };
  return {
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    ...types,
    ...(requestType === 'simple' ? { default_authorization_details: DETAILS } : {}),
  };
}

const messagesOf = ({ requestMethod, responseMode }: Variant, { alg }: ClientSetting) => ({
  ...(requestMethod === 'signed_non_repudiation'
    ? { require_signed_request_object: true, request_object_signing_alg: alg }
    : {}),
  ...(responseMode === 'jarm' ? { response_modes: ['jwt'] } : {}),
});
