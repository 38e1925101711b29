import { errors } from 'oidc-provider';
import type Provider from 'oidc-provider';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { DETAIL_TYPES, OWN_SCOPES, USER_SCOPES } from '../clients/index.js';
import type { ClientCertificates } from '../platform/mutual-tls/client-certificates.js';
import type { GatewaySecrets } from '../platform/secrets.js';
import { mutualTls } from './mutual-tls.js';
import { TOKEN_SECONDS } from './provider-protocol.js';
import { checkShape } from './pushed-detail.js';

/** What the room adds to the library: the judgement of a pushed request, and the hand-over to bank-core. */
export interface ProviderHooks {
  judgeDetails(ctx: KoaContextWithOIDC): Promise<void>;
  handOver(
    ctx: KoaContextWithOIDC,
    interaction: InstanceType<Provider['Interaction']>,
  ): Promise<string>;
}

export interface FeatureParts {
  readonly issuer: string;
  readonly secrets: GatewaySecrets;
  readonly hooks: ProviderHooks;
  readonly certificates: ClientCertificates;
  readonly isResourceServer: (clientId: string) => boolean;
  readonly isBlocked: (clientId: string) => Promise<boolean>;
}

/** Which parts of the library are on, and with which policy (oauth.md 5.3). */
export function features(parts: FeatureParts) {
  const { issuer, secrets, certificates, isResourceServer, isBlocked } = parts;
  const resource = `${issuer}/v1`;
  return {
    fapi: { enabled: true, profile: '2.0' },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    dPoP: {
      enabled: true,
      nonceSecret: secrets.dpopNonceKey,
      requireNonce: () => true,
      allowReplay: false,
    },
    mTLS: mutualTls(certificates),
    // JAR (RFC 9101) within PAR only; who has to sign is registered per client.
    requestObjects: { enabled: true, requireSignedRequestObject: false },
    jwtResponseModes: { enabled: true },
    clientCredentials: { enabled: true },
    introspection: {
      enabled: true,
      // A resource server discloses data: the token of blocked software is dead there (users.md A.3).
      allowedPolicy: async (ctx, client, token) =>
        isResourceServer(client.clientId) &&
        (await isAccessOfLiveClient(ctx, token)) &&
        !(await isBlocked(token.clientId ?? '')),
    },
    jwtIntrospection: { enabled: true },
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
      types: Object.fromEntries(DETAIL_TYPES.map((type) => [type, { validate: checkShape }])),
      // What the holder agreed to, with bank-core's ids; the pushed element is never copied (T-02).
      authorizationDetailsForGrantSource: (ctx) => ctx.oidc.grant?.rar,
      authorizationDetailsForAccessToken: (_ctx, _token, source) => source?.rar,
      authorizationDetailsForIntrospection: (_ctx, token) => token.rar,
    },
  } satisfies Configuration['features'];
}

/** The token of software that is gone is as dead at the introspection endpoint as it is at our own API. */
async function isAccessOfLiveClient(
  ctx: KoaContextWithOIDC,
  token: { readonly kind?: string; readonly clientId?: string | undefined },
): Promise<boolean> {
  if (token.kind !== 'AccessToken' && token.kind !== 'ClientCredentials') return false;
  return (await ctx.oidc.provider.Client.find(token.clientId ?? '')) !== undefined;
}
