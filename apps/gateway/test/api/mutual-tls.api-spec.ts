import { X509Certificate } from 'node:crypto';
import { Agent, request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { localLookup } from '../../../../tools/http/local-agent.js';
import { mintAuthority, type KeyPair } from '../../../../tools/certificates/mint.js';
import { seed } from '../../seeds/index.js';
import { obtainToken } from './approve.js';
import { CertifiedIntermediary, clientCertificate, registeredName } from './certified.js';
import { accountInformation, MINATO } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { newSoftware, type Software } from './software.js';
import { until } from './wait-until.js';

const ACCOUNTS = '/v1/banks/2963/accounts';
const BOUND = { tls_client_certificate_bound_access_tokens: true };
const OWN_TOKEN = { grant_type: 'client_credentials', scope: 'transfers:status' };

let gateway: GatewayUnderTest;
let pair: KeyPair;
let other: KeyPair;
let selfSigned: KeyPair;
/** private_key_jwt with tokens bound by certificate; certificate by name; certificate by itself. */
let signing: Software;
let named: Software;
let pinned: Software;
const open: CertifiedIntermediary[] = [];

const thumbprintOf = ({ certificate }: KeyPair): string =>
  Buffer.from(new X509Certificate(certificate).fingerprint256.replaceAll(':', ''), 'hex').toString(
    'base64url',
  );

beforeAll(async () => {
  gateway = await startGateway();
  pair = await clientCertificate(gateway, 'mutual.example');
  other = await clientCertificate(gateway, 'other.example');
  selfSigned = await clientCertificate(
    gateway,
    'own.example',
    await mintAuthority('Own', Date.now()),
  );
  const der = new X509Certificate(selfSigned.certificate).raw.toString('base64');
  signing = await newSoftware('mutual-signing', MINATO, 'ES256', BOUND);
  named = await newSoftware('mutual-named', MINATO, 'ES256', {
    ...BOUND,
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_subject_dn: registeredName('mutual.example'),
  });
  const self = { ...BOUND, token_endpoint_auth_method: 'self_signed_tls_client_auth' };
  pinned = await newSoftware('mutual-pinned', MINATO, 'ES256', self, der);
  const clients = [signing, named, pinned].map((software) => software.seed);
  await seed(gateway.databases.gateway.ownerUrl, { clients });
});
afterEach(() => {
  for (const client of open.splice(0)) client.stop();
});
afterAll(() => gateway.stop());

const as = async (software: Software, certificate?: KeyPair, headers?: Record<string, string>) => {
  const client = await CertifiedIntermediary.with(gateway, software, certificate, headers);
  open.push(client);
  return client;
};
/** The same call over a new connection and over one that resumes it. */
async function resumed(accessToken: string) {
  const agent = new Agent({
    keepAlive: false,
    lookup: localLookup,
    ca: gateway.outsideAuthority,
    cert: pair.certificate,
    key: pair.key,
  });
  const once = () =>
    new Promise<{ status: number | undefined; isResumed: boolean }>((resolve, reject) => {
      const headers = { authorization: `Bearer ${accessToken}` };
      request(`${gateway.mutualOrigin}${ACCOUNTS}`, { agent, headers }, (answer) => {
        const isResumed = (answer.socket as TLSSocket).isSessionReused();
        answer.resume().once('end', () => resolve({ status: answer.statusCode, isResumed }));
      })
        .once('error', reject)
        .end();
    });
  return [await once(), await once()];
}

const verdict = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['error'] ?? body['code'],
];

describe('RFC 8705 section 3: tokens bound to a certificate', () => {
  test.each([
    ['private_key_jwt', () => signing, () => pair],
    ['tls_client_auth', () => named, () => pair],
    ['self_signed_tls_client_auth', () => pinned, () => selfSigned],
  ])('%s: push, approve, redeem, read', async (_method, software, certificate) => {
    const client = await as(software(), certificate());
    const { accessToken, body } = await obtainToken(client, accountInformation());
    expect(body['token_type']).toBe('Bearer');
    expect((await client.call(ACCOUNTS, accessToken)).status).toBe(200);
    const [stored] = await gateway.asOwner<{ x5t: string }>(
      `select payload ->> 'x5t#S256' as x5t from oidc_artifact
       where model = 'AccessToken' order by expires_at desc limit 1`,
    );
    expect(stored?.x5t).toBe(thumbprintOf(certificate()));
  });

  test('D.5 a consent that bank-core finds dead challenges by the scheme of the host', async () => {
    const client = await as(named, pair);
    const { accessToken } = await obtainToken(client, accountInformation());
    gateway.bank.refusals.set('2963/accounts', { status: 401, code: 'consent_revoked' });
    const { body, headers } = await client.call(ACCOUNTS, accessToken);
    gateway.bank.refusals.clear();
    expect([body['code'], headers.get('www-authenticate')]).toEqual([
      'consent_revoked',
      'Bearer error="invalid_token", DPoP error="invalid_token", algs="ES256 PS256"',
    ]);
  });

  test('RKN-S1/d another certificate, none, or the other host prove nothing', async () => {
    const client = await as(named, pair);
    const { accessToken } = await obtainToken(client, accountInformation());
    const at = async (who: Promise<CertifiedIntermediary>) =>
      (await who).call(ACCOUNTS, accessToken);
    const wrong = await at(as(named, other));
    expect(verdict(wrong)).toEqual([401, 'binding_mismatch']);
    expect(wrong.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token", DPoP /);
    expect(verdict(await at(as(named)))).toEqual([401, 'client_certificate_missing']);
    const plain = await client.send('GET', `${gateway.origin}${ACCOUNTS}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(verdict(plain)).toEqual([401, 'client_certificate_missing']);
    const headers = { authorization: `DPoP ${accessToken}` };
    expect(verdict(await client.send('GET', ACCOUNTS, { headers }))).toEqual([
      401,
      'invalid_token',
    ]);
  });

  test('a token that is bound by DPoP stays so at the host for certificates', async () => {
    const minato = await Intermediary.of(gateway);
    const { accessToken } = await obtainToken(minato, accountInformation());
    const client = await as(gateway.minato, pair);
    expect(verdict(await client.call(ACCOUNTS, accessToken))).toEqual([401, 'invalid_token']);
    const url = `${gateway.mutualOrigin}${ACCOUNTS}`;
    const proofed = async (nonce?: string) =>
      client.send('GET', ACCOUNTS, {
        headers: {
          authorization: `DPoP ${accessToken}`,
          dpop: await minato.key.proof('GET', url, { nonce, token: accessToken }),
        },
      });
    const nonce = (await proofed()).headers.get('dpop-nonce') ?? '';
    expect((await proofed(nonce)).status).toBe(200);
  });

  test('ensure-holder-of-key-required: no certificate at the token endpoint', async () => {
    const bare = await as(signing);
    expect(verdict(await bare.token(OWN_TOKEN))).toEqual([400, 'invalid_grant']);
    const nameless = await as(named);
    expect(verdict(await nameless.token(OWN_TOKEN))).toEqual([401, 'invalid_client']);
  });

  test('RFC 8446 section 2.2: a resumed connection is still the one of its certificate', async () => {
    const client = await as(named, pair);
    const { accessToken } = await obtainToken(client, accountInformation());
    const [first, second] = await resumed(accessToken);
    expect(first).toEqual({ status: 200, isResumed: false });
    expect(second).toEqual({ status: 200, isResumed: true });
  });

  test('a client that authenticates by certificate may still bind its tokens by DPoP', async () => {
    const software = await newSoftware('mutual-dpop', MINATO, 'ES256', {
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_san_dns: 'mutual.example',
    });
    await seed(gateway.databases.gateway.ownerUrl, { clients: [software.seed] });
    const client = await as(software, pair);
    const url = `${gateway.mutualOrigin}/token`;
    const ask = async (nonce?: string, htu = url) =>
      client.post(
        '/token',
        { grant_type: 'client_credentials', scope: 'transfers:status' },
        { dpop: await client.key.proof('POST', htu, { nonce }) },
      );
    const nonce = (await ask()).headers.get('dpop-nonce') ?? '';
    expect((await ask(nonce)).body).toMatchObject({ token_type: 'DPoP' });
    // The proof names the host that is called, and no other.
    expect(verdict(await ask(nonce, `${gateway.origin}/token`))).toEqual([
      400,
      'invalid_dpop_proof',
    ]);
    expect(verdict(await client.token(OWN_TOKEN))).toEqual([400, 'invalid_grant']);
  });
});

describe('RFC 8705 section 2: clients known by certificate', () => {
  test('another subject, another authority, another self-signed one', async () => {
    const foreign = await mintAuthority('Nobody we know', Date.now());
    const forged = await clientCertificate(gateway, 'mutual.example', foreign);
    for (const [software, certificate] of [
      [named, other],
      [named, forged],
      [pinned, pair],
      [pinned, forged],
    ] as const) {
      const client = await as(software, certificate);
      expect(verdict(await client.token(OWN_TOKEN))).toEqual([401, 'invalid_client']);
    }
  });

  test('a certificate does not stand in for an assertion, nor the other way round', async () => {
    const client = await as(signing, pair);
    const none = { client_assertion: undefined, client_assertion_type: undefined };
    expect(verdict(await client.token({ ...OWN_TOKEN, ...none }))).toEqual([401, 'invalid_client']);
    const plain = new Intermediary(gateway, named, (await Intermediary.of(gateway)).key);
    expect(verdict(await plain.token(OWN_TOKEN))).toEqual([401, 'invalid_client']);
  });

  test('a client that is gone is refused on a connection that is still open', async () => {
    const software = await newSoftware('mutual-gone', MINATO, 'ES256', {
      ...BOUND,
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_san_dns: 'mutual.example',
    });
    await seed(gateway.databases.gateway.ownerUrl, { clients: [software.seed] });
    const client = await as(software, pair);
    const { body } = await client.token(OWN_TOKEN);
    const call = () =>
      client.call('/v1/banks/2963/transfers?instructionId=x', String(body['access_token']));
    expect((await call()).status).toBe(404);
    await gateway.asOwner(`update client set status = 'deleted' where client_id = 'mutual-gone'`);
    await until(async () => (await call()).status === 401);
    await until(async () => (await client.token(OWN_TOKEN)).status === 401);
  });

  test('T-09 a certificate that was reported as compromised ends what it obtained, and obtains no more', async () => {
    const stolen = await clientCertificate(gateway, 'stolen.example');
    const software = await newSoftware('mutual-stolen', MINATO, 'ES256', {
      ...BOUND,
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_san_dns: 'stolen.example',
    });
    await seed(gateway.databases.gateway.ownerUrl, { clients: [software.seed] });
    const client = await as(software, stolen);
    const { accessToken, refreshToken } = await obtainToken(client, accountInformation());
    expect((await client.call(ACCOUNTS, accessToken)).status).toBe(200);
    await gateway.asOwner(
      `insert into compromised_key (mark, client_id, kid, reason, reported_by)
       values ($1, 'mutual-stolen', 'tls', 'stolen', 'mutual-stolen')`,
      [thumbprintOf(stolen)],
    );
    await until(async () => (await client.call(ACCOUNTS, accessToken)).status === 401);
    const refresh = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect(verdict(await client.token(refresh))).toEqual([401, 'invalid_client']);
    expect(verdict(await client.token(OWN_TOKEN))).toEqual([401, 'invalid_client']);
  });
});

describe('T-11 headers of a proxy that is not configured', () => {
  const der = () => new X509Certificate(pair.certificate).raw.toString('base64');
  const forged = (): Record<string, string> => ({
    'client-cert': `:${der()}:`,
    'x-client-cert': encodeURIComponent(pair.certificate),
    'x-ssl-client-verify': 'SUCCESS',
    'x-forwarded-client-cert': `Cert="${encodeURIComponent(pair.certificate)}"`,
    'x-forwarded-host': 'elsewhere.example',
    'x-forwarded-proto': 'http',
    'x-forwarded-for': '203.0.113.9',
  });

  test('T-11 they authenticate nobody, with another certificate or without', async () => {
    for (const certificate of [undefined, other]) {
      const client = await as(named, certificate, forged());
      expect(verdict(await client.token(OWN_TOKEN))).toEqual([401, 'invalid_client']);
    }
  });

  test('T-11 they prove no possession and change no address', async () => {
    const { accessToken } = await obtainToken(await as(named, pair), accountInformation());
    const forger = await as(named, other, forged());
    expect(verdict(await forger.call(ACCOUNTS, accessToken))).toEqual([401, 'binding_mismatch']);
    const honest = await as(named, pair, { ...forged(), 'client-cert': ':AAAA:' });
    expect((await honest.call(ACCOUNTS, accessToken)).status).toBe(200);
    const metadata = await gateway.fetch(`${gateway.origin}/.well-known/openid-configuration`, {
      headers: forged(),
    });
    expect(await metadata.json()).toMatchObject({ token_endpoint: `${gateway.origin}/token` });
  });
});

describe('T-11 behind a proxy that shows its own certificate', () => {
  let behind: GatewayUnderTest;
  let proxyPair: KeyPair;
  let software: Software;
  let passedOn: KeyPair;
  beforeAll(async () => {
    behind = await startGateway({ isBehindProxy: true, hasRevocations: true });
    proxyPair = await clientCertificate(behind, 'proxy.internal', behind.proxyAuthority);
    passedOn = await clientCertificate(behind, 'mutual.example');
    software = await newSoftware('behind-proxy', MINATO, 'ES256', {
      ...BOUND,
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn: registeredName('mutual.example'),
    });
    await seed(behind.databases.gateway.ownerUrl, { clients: [software.seed] });
  });
  afterAll(() => behind.stop());

  const through = async (connection: KeyPair | undefined, header: Record<string, string>) => {
    const client = await CertifiedIntermediary.with(behind, software, connection, header);
    open.push(client);
    return client;
  };
  const headerOf = ({ certificate }: KeyPair) => ({
    'client-cert': `:${new X509Certificate(certificate).raw.toString('base64')}:`,
  });

  test('T-11 what it passes on in Client-Cert (RFC 9440) is the client certificate', async () => {
    const client = await through(proxyPair, headerOf(passedOn));
    const { accessToken } = await obtainToken(client, accountInformation());
    expect((await client.call(ACCOUNTS, accessToken)).status).toBe(200);
    const another = await through(
      proxyPair,
      headerOf(await clientCertificate(behind, 'x.example')),
    );
    expect(verdict(await another.call(ACCOUNTS, accessToken))).toEqual([401, 'binding_mismatch']);
    const without = await through(proxyPair, {});
    expect(verdict(await without.call(ACCOUNTS, accessToken))).toEqual([
      401,
      'client_certificate_missing',
    ]);
  });

  test.each([
    ['nothing between the colons', '::'],
    ['no colons', 'AAAA'],
    ['no certificate inside', ':AAAA:'],
  ])('T-11 a malformed Client-Cert is none: %s', async (_title, value) => {
    const client = await through(proxyPair, { 'client-cert': value });
    expect(verdict(await client.token(OWN_TOKEN))).toEqual([401, 'invalid_client']);
  });

  test('T-11 the same header from anybody else changes nothing', async () => {
    const samesaid = await clientCertificate(behind, 'proxy.internal');
    const otherName = await clientCertificate(behind, 'web.internal', behind.proxyAuthority);
    for (const connection of [undefined, samesaid, otherName]) {
      const client = await through(connection, headerOf(passedOn));
      expect(verdict(await client.token(OWN_TOKEN))).toEqual([401, 'invalid_client']);
    }
    // Without the proxy in between the connection's own certificate counts, whatever a header says.
    const direct = await through(passedOn, headerOf(otherName));
    expect((await direct.token(OWN_TOKEN)).status).toBe(200);
  });

  test('T-11 a certificate that was taken back is refused on the connection that is open', async () => {
    const taken = await clientCertificate(behind, 'mutual.example');
    const direct = await through(taken, {});
    const proxied = await through(proxyPair, headerOf(taken));
    const { accessToken } = await obtainToken(direct, accountInformation());
    for (const client of [direct, proxied])
      expect((await client.call(ACCOUNTS, accessToken)).status).toBe(200);
    await behind.revoke(new X509Certificate(taken.certificate).serialNumber);
    for (const client of [direct, proxied]) {
      await until(async () => (await client.call(ACCOUNTS, accessToken)).status === 401);
      expect(verdict(await client.token(OWN_TOKEN))).toEqual([401, 'invalid_client']);
    }
    expect((await (await through(passedOn, {})).token(OWN_TOKEN)).status).toBe(200);
  });
});

describe('the host for certificates', () => {
  test.each(['/authorize', '/.well-known/openid-configuration', '/jwks', '/health', '/'])(
    'serves no page and no metadata: %s',
    async (path) => {
      const answer = await (await as(named, pair)).send('GET', path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('x-fapi-interaction-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  test('T-23 it goes by its own name only', async () => {
    const { agent } = await as(named, pair);
    const headers = { host: new URL(gateway.origin).host };
    const servername = 'mtls.gateway.localhost';
    const status = await new Promise((resolve, reject) => {
      request(`${gateway.mutualOrigin}/token`, { agent, servername, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .once('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});
