import { SettingError } from '#libs/platform';

/**
 * A resource server of the bank that may ask what a token is worth (RFC 7662, RFC 9701). It is named by the
 * operator's file and never registers itself: it is nobody's intermediary and gets no token.
 */
export interface ResourceServer {
  readonly clientId: string;
  /** RFC 7591 members: how it authenticates, its public keys, which algorithm its answers are signed with. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

const MEMBERS = [
  'token_endpoint_auth_method',
  'tls_client_auth_subject_dn',
  'tls_client_auth_san_dns',
  'introspection_signed_response_alg',
  'jwks',
];
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

const wrong = (why: string): SettingError =>
  new SettingError(`GATEWAY_RESOURCE_SERVERS must be a JSON list of resource servers: ${why}.`);

/** Reads the operator's list: `[{ client_id, jwks, … }]`. Ends the start with a sentence when it is wrong. */
export function readResourceServers(text: string | undefined): readonly ResourceServer[] {
  if (text === undefined) return [];
  const list = parsed(text);
  if (!Array.isArray(list)) throw wrong('it is no list');
  const servers = list.map(readOne);
  if (new Set(servers.map(({ clientId }) => clientId)).size !== servers.length)
    throw wrong('a client_id stands twice');
  return servers;
}

function readOne(entry: unknown): ResourceServer {
  const { client_id: clientId, ...metadata } = (entry ?? {}) as Record<string, unknown>;
  if (typeof clientId !== 'string' || !/^[A-Za-z0-9._-]{1,64}$/.test(clientId))
    throw wrong('an entry has no client_id');
  const unknown = Object.keys(metadata).find((member) => !MEMBERS.includes(member));
  if (unknown) throw wrong(`${clientId} has an unknown member ${unknown}`);
  const { keys } = (metadata['jwks'] ?? { keys: [] }) as { keys?: unknown };
  if (!Array.isArray(keys)) throw wrong(`jwks of ${clientId} holds no keys`);
  const isPublic = keys.every((key) => !PRIVATE.some((member) => member in (key as object)));
  if (!isPublic) throw wrong(`jwks of ${clientId} holds a private key`);
  return { clientId, metadata };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong('it is not JSON');
  }
}
