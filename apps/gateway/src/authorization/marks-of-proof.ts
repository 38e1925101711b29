import type { KoaContextWithOIDC } from 'oidc-provider';
import { marksOfCertificate, type ClientsService } from '../clients/index.js';
import type { ClientCertificates } from '../platform/mutual-tls/client-certificates.js';

/**
 * The keys that can have signed the client assertion of this request: the one that it names, or every key
 * of the client where it names none. Without an assertion, the certificate of the connection and its key.
 * Called after the client was authenticated.
 */
export async function marksOfProof(
  ctx: KoaContextWithOIDC,
  clients: Pick<ClientsService, 'find'>,
  certificates: Pick<ClientCertificates, 'of'>,
): Promise<readonly string[]> {
  const assertion = ctx.oidc.params?.['client_assertion'];
  const client = await clients.find(ctx.oidc.client?.clientId ?? '');
  if (!client) return [];
  if (typeof assertion !== 'string') {
    const certificate = certificates.of(ctx.req);
    return certificate ? marksOfCertificate(certificate.x509) : [];
  }
  const kid = kidOf(assertion);
  const named = client.keyMarks.filter((key) => key.kid === kid);
  return (named.length > 0 ? named : client.keyMarks).map(({ thumbprint }) => thumbprint);
}

function kidOf(assertion: string): unknown {
  const [header = ''] = assertion.split('.', 1);
  try {
    return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid?: unknown }).kid;
  } catch {
    return undefined;
  }
}
