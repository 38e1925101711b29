import Provider, { errors, interactionPolicy } from 'oidc-provider';
import type {
  AdapterFactory,
  AuthorizationDetail,
  Configuration,
  KoaContextWithOIDC,
} from 'oidc-provider';
import { Logger } from '@nestjs/common';
import { faultOf, interactionIdOf, type Database } from '#libs/platform';
import type { HostClock } from '../platform/host-clock.js';
import type { ClientCertificates } from '../platform/mutual-tls/client-certificates.js';
import type { GatewaySecrets } from '../platform/secrets.js';
import { DETAIL_TYPES, OWN_SCOPES, USER_SCOPES } from '../clients/index.js';
import {
  AlreadyStored,
  ProviderAdapter,
  type AdapterNeighbours,
} from './storage/provider-adapter.js';
import { endpointAliases, mutualTls } from './mutual-tls.js';
import { errorPage, ERROR_PAGE_POLICY } from './http/error-page.js';

export const PROOF_ALGORITHMS = ['ES256', 'PS256'] as const;
export const TOKEN_SECONDS = 300;
export const CODE_SECONDS = 60;
/** How long a holder may take on bank-core's pages. */
export const APPROVAL_SECONDS = 15 * 60;
const INTERACTION_SECONDS = APPROVAL_SECONDS + 5 * 60;

/** What the room adds to the library: the judgement of a pushed detail, and the hand-over to bank-core. */
export interface ProviderHooks {
  judgeDetails(ctx: KoaContextWithOIDC): Promise<void>;
  requireDetails(ctx: KoaContextWithOIDC): void;
  handOver(
    ctx: KoaContextWithOIDC,
    interaction: InstanceType<Provider['Interaction']>,
  ): Promise<string>;
}

interface ProviderParts {
  readonly issuer: string;
  /** Origin of the listener for certificates (RFC 8705 section 5). */
  readonly mutualOrigin: string;
  readonly certificates: ClientCertificates;
  readonly secrets: GatewaySecrets;
  readonly database: Database;
  readonly neighbours: AdapterNeighbours;
  readonly hooks: ProviderHooks;
  readonly clock: HostClock;
}

/** The authorization server: FAPI 2.0 Security Profile, configured as oauth.md 5.2 to 5.4 lists it. */
export function createProvider(parts: ProviderParts): Provider {
  const { issuer, secrets, database, neighbours, hooks, clock } = parts;
  const { mutualOrigin, certificates } = parts;
  const adapter: AdapterFactory = (model) => new ProviderAdapter(model, database, neighbours);
  const provider = new Provider(issuer, {
    adapter,
    jwks: secrets.jwks as Configuration['jwks'],
    ...protocol(clock),
    cookies: cookies(secrets.cookieKeys),
    features: { ...features(issuer, secrets, hooks), mTLS: mutualTls(certificates) },
    discovery: { mtls_endpoint_aliases: endpointAliases(mutualOrigin) },
    interactions: { policy: [approvalPrompt()], url: hooks.handOver },
    extraParams: { authorization_details: (ctx) => hooks.requireDetails(ctx) },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    loadExistingGrant: (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId ? ctx.oidc.provider.Grant.find(grantId) : undefined;
    },
    renderError: (ctx, out) => {
      ctx.set('content-security-policy', ERROR_PAGE_POLICY);
      ctx.type = 'html';
      ctx.body = errorPage(out.error, out.error_description ?? '', ctx.get('accept-language'));
    },
  });
  decideReplaysByInsert(provider);
  endSessionsAtOnce(provider);
  sayWhatIsOffered(provider);
  logBugs(provider);
  return provider;
}

/** Algorithms, lifetimes and refusals of the profile; nothing here depends on an installation. */
const protocol = (clock: HostClock) =>
  ({
    responseTypes: ['code'],
    clientAuthMethods: ['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'],
    enabledJWA: {
      clientAuthSigningAlgValues: [...PROOF_ALGORITHMS],
      idTokenSigningAlgValues: [...PROOF_ALGORITHMS],
      dPoPSigningAlgValues: [...PROOF_ALGORITHMS],
    },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    scopes: [...USER_SCOPES, ...OWN_SCOPES],
    claims: { sub: null },
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
      jwks: '/jwks',
    },
  }) satisfies Configuration;

const cookies = (keys: readonly string[]): Configuration['cookies'] => ({
  keys: [...keys],
  names: {
    session: '__Host-renkei-session',
    interaction: '__Host-renkei-interaction',
    // The library binds this one to the path of its interaction, which __Host- does not allow; what
    // decides who may finish is our own __Host- cookie (interaction-cookie.ts).
    resume: '__Secure-renkei-resume',
  },
  short: { httpOnly: true, sameSite: 'lax', secure: true, path: '/', signed: true },
  long: { httpOnly: true, sameSite: 'lax', secure: true, path: '/', signed: true },
});

function features(issuer: string, secrets: GatewaySecrets, hooks: ProviderHooks) {
  const resource = `${issuer}/v1`;
  const validate = hooks.judgeDetails;
  return {
    fapi: { enabled: true, profile: '2.0' },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    dPoP: {
      enabled: true,
      nonceSecret: secrets.dpopNonceKey,
      requireNonce: () => true,
      allowReplay: false,
    },
    clientCredentials: { enabled: true },
    revocation: {
      enabled: true,
      allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
    },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: (ctx, indicator) => {
        if (indicator !== resource) throw new errors.InvalidTarget();
        // Without a user there is nothing but one's own affairs: transfers' states, events.
        const isOwn = ctx.oidc.params?.['grant_type'] === 'client_credentials';
        return {
          scope: (isOwn ? OWN_SCOPES : USER_SCOPES).join(' '),
          audience: resource,
          accessTokenTTL: TOKEN_SECONDS,
          accessTokenFormat: 'opaque',
        };
      },
    },
    richAuthorizationRequests: {
      enabled: true,
      types: Object.fromEntries(DETAIL_TYPES.map((type) => [type, { validate }])),
      // What the holder agreed to, with bank-core's ids; the pushed element is never copied (T-02).
      authorizationDetailsForGrantSource: (ctx) => ctx.oidc.grant?.rar,
      authorizationDetailsForAccessToken: (_ctx, _token, source) => source?.rar,
      authorizationDetailsForIntrospection: (_ctx, token) => token.rar,
    },
  } satisfies Configuration['features'];
}

/** One prompt only: whoever asks is handed over to bank-core, and comes back with a grant or not at all. */
function approvalPrompt() {
  return new interactionPolicy.Prompt(
    { name: 'approval', requestable: false },
    new interactionPolicy.Check(
      'approval_missing',
      'the holder has to approve at the bank',
      'interaction_required',
      (ctx) => !ctx.oidc.result?.consent?.grantId,
    ),
  );
}

/** `unique` looks and then saves; two processes could both pass. Here the insert itself decides. */
function decideReplaysByInsert(provider: Provider): void {
  const model = provider.ReplayDetection;
  const unique = model.unique.bind(model);
  model.unique = async (iss, jti, exp) => {
    try {
      return await unique(iss, jti, exp);
    } catch (error) {
      if (error instanceof AlreadyStored) return false;
      throw error;
    }
  };
}

/** The login of one authorization is worth nothing in the next, so no session outlives its answer (T-05). */
function endSessionsAtOnce(provider: Provider): void {
  provider.on('authorization.success', (ctx) => {
    if (ctx.oidc.session) Object.assign(ctx.oidc.session, { destroyed: true });
  });
}

/** Its answers carry a script and a form, which our policy forbids on every page: refused at the push (T-06). */
function sayWhatIsOffered(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    const body = ctx.body as { response_modes_supported?: readonly string[] } | undefined;
    if (ctx.oidc?.route === 'discovery' && body?.response_modes_supported)
      body.response_modes_supported = body.response_modes_supported.filter(
        (mode) => mode !== 'form_post',
      );
  });
}

/** The library answers its own 500 and tells nobody else; without this a bug would leave no trace. */
function logBugs(provider: Provider): void {
  const log = new Logger('OidcProvider');
  provider.on('server_error', (ctx, error) => {
    const interactionId = interactionIdOf(ctx.req);
    log.error(JSON.stringify({ interactionId, fault: faultOf(error) }));
  });
}

const detailOf = (source: { rar?: AuthorizationDetail[] | undefined }) => source.rar?.[0];
