/** The injection token of the library's instance, known in this room only. */
export const OIDC_PROVIDER = Symbol('OidcProvider');
