import type { AuthorizationDetail, Configuration } from 'oidc-provider';
import { IDENTITY_SCOPE, OWN_SCOPES, USER_SCOPES } from '../clients/index.js';
import type { HostClock } from '../platform/host-clock.js';

/** What clients may sign with and what we sign with (FAPI 2.0 section 5.4.1). */
export const ALGORITHMS = ['ES256', 'PS256'] as const;
export const AUTHENTICATION_METHODS = [
  'private_key_jwt',
  'tls_client_auth',
  'self_signed_tls_client_auth',
] as const;
export const TOKEN_SECONDS = 300;
export const CODE_SECONDS = 60;
/** Its answers carry a script and a form, which our policy forbids on every page (T-06). */
export const isOfferedMode = (mode: string): boolean => !mode.startsWith('form_post');
/** How long a holder may take on bank-core's pages. */
export const APPROVAL_SECONDS = 15 * 60;
const INTERACTION_SECONDS = APPROVAL_SECONDS + 5 * 60;

/** Algorithms, lifetimes and refusals of the profile; nothing here depends on an installation. */
export const protocol = (clock: HostClock) =>
  ({
    responseTypes: ['code'],
    clientAuthMethods: [...AUTHENTICATION_METHODS],
    enabledJWA: {
      clientAuthSigningAlgValues: [...ALGORITHMS],
      requestObjectSigningAlgValues: [...ALGORITHMS],
      dPoPSigningAlgValues: [...ALGORITHMS],
      idTokenSigningAlgValues: [...ALGORITHMS],
      authorizationSigningAlgValues: [...ALGORITHMS],
      introspectionSigningAlgValues: [...ALGORITHMS],
    },
    // ES256 costs a tenth of PS256; a client that wants PS256 registers it.
    clientDefaults: {
      id_token_signed_response_alg: 'ES256',
      authorization_signed_response_alg: 'ES256',
      introspection_signed_response_alg: 'ES256',
    },
    scopes: [IDENTITY_SCOPE, ...USER_SCOPES, ...OWN_SCOPES],
    // A pseudonym for each intermediary, and nothing about the person (decision 0010).
    claims: { openid: ['sub'] },
    clockTolerance: 10,
    allowOmittingSingleRegisteredRedirectUri: false,
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    expiresWithSession: () => false,
    // FAPI 2.0 section 5.3.2.1 item 9: no routine rotation. The lifetime is the consent's.
    rotateRefreshToken: false,
    issueRefreshToken: (ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && detailOf(source)?.type === 'account_information',
    ttl: {
      AccessToken: TOKEN_SECONDS,
      ClientCredentials: TOKEN_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      Interaction: INTERACTION_SECONDS,
      Session: CODE_SECONDS,
      Grant: CODE_SECONDS,
      IdToken: TOKEN_SECONDS,
      RefreshToken: (ctx) => Math.max(1, (ctx.oidc.grant?.exp ?? 0) - clock.seconds()),
    },
    routes: {
      authorization: '/authorize',
      pushed_authorization_request: '/par',
      token: '/token',
      revocation: '/revoke',
      introspection: '/introspect',
      jwks: '/jwks',
    },
  }) satisfies Configuration;

const detailOf = (source: { rar?: AuthorizationDetail[] | undefined }) => source.rar?.[0];
