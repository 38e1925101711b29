import type { ResourceServer } from '../platform/resource-servers.js';

/** The bank's own resource servers as the library knows clients: they authenticate and introspect, no more. */
export class ResourceServers {
  private readonly byId: ReadonlyMap<string, ResourceServer>;

  constructor(servers: readonly ResourceServer[]) {
    this.byId = new Map(servers.map((server) => [server.clientId, server]));
  }

  has(clientId: string): boolean {
    return this.byId.has(clientId);
  }

  /** RFC 7591 metadata with no grant, no redirect URI and no scope. */
  metadataOf(clientId: string): Record<string, unknown> | undefined {
    const server = this.byId.get(clientId);
    if (!server) return undefined;
    return {
      token_endpoint_auth_method: 'private_key_jwt',
      ...server.metadata,
      client_id: server.clientId,
      redirect_uris: [],
      grant_types: [],
      response_types: [],
      dpop_bound_access_tokens: true,
    };
  }
}
