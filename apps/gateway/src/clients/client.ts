/** One piece of an intermediary's software, as registered. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly epspId: string;
  readonly redirectUris: readonly string[];
  /** Public keys only. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
}

export const USER_SCOPES = ['accounts', 'transfers'] as const;
export const STATUS_SCOPE = 'transfers:status';
export const DETAIL_TYPES = ['account_information', 'transfer_initiation'] as const;

/** RFC 7591 metadata: what was registered, and what our policy forces on every client (oauth.md 5.4). */
export const metadataOf = (client: RegisteredClient): Record<string, unknown> => ({
  client_id: client.clientId,
  redirect_uris: client.redirectUris,
  jwks: client.jwks,
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  response_types: ['code'],
  scope: [...USER_SCOPES, STATUS_SCOPE].join(' '),
  token_endpoint_auth_method: 'private_key_jwt',
  require_pushed_authorization_requests: true,
  dpop_bound_access_tokens: true,
  authorization_details_types: DETAIL_TYPES,
});
