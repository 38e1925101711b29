import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { CookieJar } from 'tough-cookie';
import { Agent, fetch } from 'undici';
import type { Instant } from '#libs/kernel';
import { newSigningKey } from '../../../../tools/start/secrets.js';
import { mintAuthority, mintLeaf } from '../../../../tools/certificates/mint.js';

/** A bank's directory: a real OpenID provider over TLS, where whoever comes is logged in as `subject`. */
export interface IssuerUnderTest {
  readonly url: string;
  readonly ca: string;
  /** Who is logged in there, and with which `acr`. */
  who: { subject: string; acr: string };
  /** Follows the redirects as a browser would; answers with the address at the bank that it ends at. */
  walk(address: string): Promise<string>;
  stop(): Promise<void>;
}

export const CLIENT = { id: 'console', secret: 'console-secret-of-this-test-alone-0000' };

export async function startIssuer(returnAddress: string, now: Instant): Promise<IssuerUnderTest> {
  const authority = await mintAuthority('issuer of a test', now);
  const leaf = await mintLeaf(authority, { name: 'localhost', use: 'server' }, now);
  let answer: Parameters<typeof createServer>[1] = () => undefined;
  const server = createServer({ cert: leaf.certificate, key: leaf.key }, (request, response) =>
    answer?.(request, response),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  const who = { subject: 'somebody', acr: 'mfa' };
  const provider = new Provider(url, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [returnAddress],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    acrValues: ['mfa', 'password'],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
    cookies: { keys: ['of this test alone'] },
    jwks: { keys: [await newSigningKey('ES256')] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    ttl: { Interaction: 60, Grant: 60, Session: 60, AccessToken: 60, IdToken: 60 },
  });
  const callback = provider.callback();
  answer = (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response);
    void (async () => {
      const { grantId, params } = await provider.interactionDetails(request, response);
      const grant = grantId
        ? await provider.Grant.find(grantId)
        : new provider.Grant({ accountId: who.subject, clientId: String(params['client_id']) });
      grant?.addOIDCScope('openid');
      await provider.interactionFinished(request, response, {
        login: { accountId: who.subject, acr: who.acr },
        consent: { grantId: await grant?.save() },
      });
    })();
  };
  const dispatcher = new Agent({ connect: { ca: authority.certificate } });
  return {
    url,
    ca: authority.certificate,
    who,
    walk: async (address) => {
      const jar = new CookieJar();
      let next = address;
      for (let hop = 0; hop < 10 && next.startsWith(url); hop += 1) {
        const reply = await fetch(next, {
          dispatcher,
          redirect: 'manual',
          headers: { cookie: await jar.getCookieString(next) },
        });
        for (const cookie of reply.headers.getSetCookie()) await jar.setCookie(cookie, next);
        next = new URL(reply.headers.get('location') ?? 'about:blank', next).href;
      }
      return next;
    },
    stop: async () => {
      await dispatcher.close();
      server.close();
      server.closeAllConnections();
    },
  };
}
