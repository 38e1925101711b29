import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { carriesName, type SubjectMember } from '../platform/mutual-tls/certificate-names.js';
import type { ClientCertificates } from '../platform/mutual-tls/client-certificates.js';

type MutualTlsFeature = NonNullable<NonNullable<Configuration['features']>['mTLS']>;

/** RFC 8705: clients that authenticate by certificate, and tokens that are bound to one. */
export function mutualTls(certificates: ClientCertificates): MutualTlsFeature {
  const certificateOf = (ctx: KoaContextWithOIDC) => certificates.of(ctx.req);
  return {
    enabled: true,
    certificateBoundAccessTokens: true,
    tlsClientAuth: true,
    selfSignedTlsClientAuth: true,
    getCertificate: (ctx) => certificateOf(ctx)?.x509,
    certificateAuthorized: (ctx) => {
      const certificate = certificateOf(ctx);
      return certificate !== undefined && certificates.isVouchedFor(certificate);
    },
    certificateSubjectMatches: (ctx, member, value) => {
      const certificate = certificateOf(ctx);
      return (
        certificate !== undefined && carriesName(certificate.x509, member as SubjectMember, value)
      );
    },
  };
}

/**
 * RFC 8705 section 5: where the same endpoints ask for a certificate. Only members that stand at the top
 * level too, and never the authorization endpoint, which browsers open (oauth.md 4.2).
 */
export const endpointAliases = (origin: string): Record<string, string> => ({
  token_endpoint: `${origin}/token`,
  pushed_authorization_request_endpoint: `${origin}/par`,
  revocation_endpoint: `${origin}/revoke`,
  introspection_endpoint: `${origin}/introspect`,
  registration_endpoint: `${origin}/register`,
});
