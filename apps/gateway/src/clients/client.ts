/** One piece of an intermediary's software, as registered. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly epspId: string;
  readonly redirectUris: readonly string[];
  /** Public keys only. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
  /** The same keys by their RFC 7638 thumbprints. */
  readonly keyMarks: readonly KeyMark[];
  readonly metadata: ClientChoices;
}

export interface KeyMark {
  readonly kid: string;
  readonly thumbprint: string;
}

/** What a client may choose for itself (RFC 7591, RFC 8705, RFC 9101, RFC 9396, RFC 9701); the rest is policy. */
export interface ClientChoices {
  readonly token_endpoint_auth_method?:
    'private_key_jwt' | 'tls_client_auth' | 'self_signed_tls_client_auth';
  readonly tls_client_auth_subject_dn?: string;
  readonly tls_client_auth_san_dns?: string;
  readonly tls_client_auth_san_uri?: string;
  readonly tls_client_auth_san_ip?: string;
  readonly tls_client_auth_san_email?: string;
  /** True binds tokens to the client's certificate, otherwise they are bound by DPoP; never to nothing. */
  readonly tls_client_certificate_bound_access_tokens?: boolean;
  readonly grant_types?: readonly string[];
  readonly response_types?: readonly string[];
  readonly token_endpoint_auth_signing_alg?: string;
  readonly scope?: string;
  readonly authorization_details_types?: readonly string[];
  /** What a request without `authorization_details` stands for (our own member). */
  readonly default_authorization_details?: readonly Readonly<Record<string, unknown>>[];
  readonly require_signed_request_object?: boolean;
  readonly response_modes?: readonly string[];
  readonly request_object_signing_alg?: string;
  readonly authorization_signed_response_alg?: string;
  readonly id_token_signed_response_alg?: string;
  readonly introspection_signed_response_alg?: string;
}

/** OpenID Connect: the intermediary learns a pseudonym of the holder. Only for who registered it. */
export const IDENTITY_SCOPE = 'openid';
export const USER_SCOPES = ['accounts', 'transfers'] as const;
export const STATUS_SCOPE = 'transfers:status';
export const EVENTS_SCOPE = 'events';
export const CONSENTS_SCOPE = 'consents';
export const PARTICIPANTS_SCOPE = 'participants';
/** What a token without a user may be asked for: the intermediary's own affairs. */
export const OWN_SCOPES = [STATUS_SCOPE, EVENTS_SCOPE, CONSENTS_SCOPE, PARTICIPANTS_SCOPE] as const;
export const DETAIL_TYPES = [
  'account_information',
  'transfer_initiation',
  'consent_extension',
] as const;

/** RFC 7591 metadata: what was registered, and what our policy forces on every client (oauth.md 5.4). */
export function metadataOf(client: RegisteredClient): Record<string, unknown> {
  const { default_authorization_details: _ours, ...chosen } = client.metadata;
  const isBoundByCertificate = chosen.tls_client_certificate_bound_access_tokens === true;
  return {
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types: ['code'],
    scope: [...USER_SCOPES, ...OWN_SCOPES].join(' '),
    token_endpoint_auth_method: 'private_key_jwt',
    authorization_details_types: DETAIL_TYPES,
    ...chosen,
    client_id: client.clientId,
    redirect_uris: client.redirectUris,
    jwks: client.jwks,
    require_pushed_authorization_requests: true,
    // FAPI 2.0 section 5.3.2.1 item 4: every token is bound, one way or the other.
    tls_client_certificate_bound_access_tokens: isBoundByCertificate,
    dpop_bound_access_tokens: !isBoundByCertificate,
  };
}
