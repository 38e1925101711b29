import type { Agent } from 'node:https';
import { must } from '../report.js';
import type { Variant } from '../variants.js';
import { send } from './wire.js';

export type Metadata = Readonly<Record<string, unknown>>;

/** Where a client of one variant sends what (RFC 8414, RFC 8705 section 5). */
export interface Endpoints {
  readonly metadata: Metadata;
  readonly authorization: string;
  readonly par: string;
  readonly token: string;
  /** Origin of the API for tokens of this variant. */
  readonly api: string;
}

export const usesMtls = ({ clientAuth, constraint }: Variant): boolean =>
  clientAuth === 'mtls' || constraint === 'mtls';

export async function readMetadata(issuer: string, agent: Agent): Promise<Metadata> {
  const answer = await send(`${issuer}/.well-known/openid-configuration`, agent);
  must(answer.status === 200, `metadata: ${answer.status}`);
  return answer.body;
}

/** The addresses of a variant: the aliases where a certificate is presented anywhere. */
export function endpointsOf(metadata: Metadata, variant: Variant): Endpoints {
  const aliases = (usesMtls(variant) ? metadata['mtls_endpoint_aliases'] : undefined) ?? {};
  const at = (name: string): string => {
    const url = (aliases as Metadata)[name] ?? metadata[name];
    must(typeof url === 'string', `The metadata has no ${name}.`);
    return url;
  };
  const token = at('token_endpoint');
  const own = String(metadata['token_endpoint']);
  return {
    metadata,
    authorization: String(metadata['authorization_endpoint']),
    par: at('pushed_authorization_request_endpoint'),
    token,
    api: new URL(variant.constraint === 'mtls' ? token : own).origin,
  };
}
