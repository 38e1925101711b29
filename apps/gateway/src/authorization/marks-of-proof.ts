import type { KoaContextWithOIDC } from 'oidc-provider';
import { marksOfCertificate, type ClientsService } from '../clients/index.js';
import type { ClientCertificates } from '../platform/mutual-tls/client-certificates.js';

type Shown = Pick<ClientCertificates, 'of'>;

/**
 * The keys by which the client of this request can have proven itself: the one that its assertion names,
 * every key of the client where it names none, and the certificate of the connection. Called after the
 * client was authenticated.
 */
export async function marksOfProof(
  ctx: KoaContextWithOIDC,
  clients: Pick<ClientsService, 'find'>,
  certificates: Shown,
): Promise<readonly string[]> {
  const client = await clients.find(ctx.oidc.client?.clientId ?? '');
  const shown = marksOfShown(ctx, certificates);
  const assertion = ctx.oidc.params?.['client_assertion'];
  if (!client || typeof assertion !== 'string') return shown;
  const kid = kidOf(assertion);
  const named = client.keyMarks.filter((key) => key.kid === kid);
  const signing = named.length > 0 ? named : client.keyMarks;
  return [...signing.map(({ thumbprint }) => thumbprint), ...shown];
}

/** The marks of the certificate that the connection was made with; none where there is none. */
export function marksOfShown(ctx: KoaContextWithOIDC, certificates: Shown): string[] {
  const shown = certificates.of(ctx.req);
  return shown ? marksOfCertificate(shown.x509) : [];
}

function kidOf(assertion: string): unknown {
  const [header = ''] = assertion.split('.', 1);
  try {
    return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid?: unknown }).kid;
  } catch {
    return undefined;
  }
}
