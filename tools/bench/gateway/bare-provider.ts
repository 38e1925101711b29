import { createServer } from 'node:https';
import Provider from 'oidc-provider';
import { failAtStart, liveUnderSupervisor, Settings, sayReady, TLS_PROFILE } from '#libs/platform';

/**
 * The library alone, with the memory it brings and what FAPI 2.0 asks of a client credentials grant: the
 * same client authentication, proof, nonce and kind of token as our own token endpoint, and no room of ours.
 */
function main(): void {
  const settings = new Settings();
  const issuer = settings.origin('GATEWAY_PUBLIC_ORIGIN');
  const client = JSON.parse(settings.text('BENCH_CLIENT')) as Record<string, unknown>;
  const scope = settings.text('BENCH_SCOPE');
  const provider = new Provider(issuer, {
    clients: [{ ...client, client_id: String(client['client_id']) }],
    clientAuthMethods: ['private_key_jwt'],
    scopes: [scope],
    routes: { token: '/token' },
    ttl: { ClientCredentials: 300 },
    features: {
      devInteractions: { enabled: false },
      fapi: { enabled: true, profile: '2.0' },
      clientCredentials: { enabled: true },
      dPoP: {
        enabled: true,
        nonceSecret: Buffer.alloc(32, 1),
        requireNonce: () => true,
        allowReplay: false,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `${issuer}/v1`,
        getResourceServerInfo: () => ({
          scope,
          audience: `${issuer}/v1`,
          accessTokenTTL: 300,
          accessTokenFormat: 'opaque',
        }),
      },
    },
  });
  const files = {
    cert: settings.file('GATEWAY_TLS_CERT'),
    key: settings.file('GATEWAY_TLS_KEY'),
  };
  const server = createServer({ ...TLS_PROFILE, ...files }, provider.callback());
  const { host, port } = settings.address('GATEWAY_LISTEN');
  server.listen(port, host, sayReady);
  liveUnderSupervisor(async () => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  });
}

try {
  main();
} catch (error) {
  failAtStart(error);
}
