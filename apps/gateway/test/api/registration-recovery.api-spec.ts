import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mintAuthority, type KeyPair } from '../../../../tools/certificates/mint.js';
import { localFetch } from '../../../../tools/http/local-fetch.js';
import { ChangeDesk } from '../../src/clients/index.js';
import {
  agentWith,
  CertifiedIntermediary,
  clientCertificate,
  registeredName,
} from './certified.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { newKey, Registrant, type Answered, type OwnKey } from './registrant.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
let desk: ChangeDesk;

beforeAll(async () => {
  gateway = await startGateway();
  desk = new ChangeDesk(gateway.databases.gateway.ownerUrl);
});
afterAll(async () => {
  await desk.close();
  await gateway.stop();
});

/** Registers a certificate beside the key, with the bank's approval. */
async function certify(registrant: Registrant, pair: KeyPair, kid = 'tls-1'): Promise<void> {
  const body = { certificate: pair.certificate, kid };
  const { body: change } = await registrant.manage('POST', '/certificates', body, registrant.own);
  const decided = await desk.decide({
    changeId: String(change['change_id']),
    contentHash: String(change['content_hash']),
    outcome: 'approved',
    proposalId: 'prp_01j00000000000000000000000',
    decidedBy: ['aiko@bank.example', 'goro@bank.example'],
  });
  if (!decided.ok) throw new Error(decided.refusal.code);
}

/** The host for certificates, with this one or with none. */
async function recover(registrant: Registrant, pair?: KeyPair, softwareId?: string) {
  const agent = agentWith(gateway, pair);
  const body = { software_id: softwareId ?? String(registrant.claims['software_id']) };
  const { mutualOrigin } = gateway;
  try {
    const fetch = localFetch(agent);
    return await registrant.send('POST', '/register/recoveries', body, {}, fetch, mutualOrigin);
  } finally {
    agent.destroy();
  }
}

const seen = ({ status, body }: Answered) => [status, body['error'] ?? body['client_id']];

describe('a lost registration', () => {
  test('B-8 is found by certificate and software id; the old token is void', async () => {
    const minato = await Registrant.registered(gateway);
    const pair = await clientCertificate(gateway, 'minato.example');
    await certify(minato, pair);
    const found = await recover(minato, pair);
    expect(seen(found)).toEqual([200, minato.clientId]);
    expect(found.headers.get('cache-control')).toBe('no-store');
    expect((await minato.manage('GET', '')).status).toBe(401);
    minato.token = String(found.body['registration_access_token']);
    expect((await minato.manage('GET', '')).status).toBe(200);
  });

  test('T-12 is not found by another certificate, without one, or under another software id', async () => {
    const minato = await Registrant.registered(gateway);
    const pair = await clientCertificate(gateway, 'minato.example');
    await certify(minato, pair);
    const other = await clientCertificate(gateway, 'minato.example');
    const none = [404, 'registration_not_found'];
    expect(seen(await recover(minato, other))).toEqual(none);
    expect(seen(await recover(minato))).toEqual(none);
    expect(seen(await recover(minato, pair, 'sw-another'))).toEqual(none);
    expect((await minato.manage('GET', '')).status).toBe(200);
  });

  test('T-11 is not found by a certificate that a header names', async () => {
    const minato = await Registrant.registered(gateway);
    const pair = await clientCertificate(gateway, 'minato.example');
    await certify(minato, pair);
    const der = pair.certificate.replace(/-----[^-]+-----|\s/g, '');
    const body = { software_id: minato.claims['software_id'] };
    const headers = { 'client-cert': `:${der}:`, 'x-ssl-client-cert': der };
    const answer = await minato.send('POST', '/register/recoveries', body, headers);
    expect(seen(answer)).toEqual([404, 'registration_not_found']);
  });

  test('B-8 is found by a registered key where there is no certificate', async () => {
    const minato = await Registrant.registered(gateway);
    const softwareId = String(minato.claims['software_id']);
    const body = { software_id: softwareId };
    const send = async (by = minato.own) => {
      const proof = await minato.proof('POST', '/register/recoveries', body, by, {
        iss: softwareId,
        sub: softwareId,
      });
      return minato.send('POST', '/register/recoveries', body, { 'key-proof': proof });
    };
    const stranger = await newKey('ES256', minato.own.kid);
    expect(seen(await send(stranger))).toEqual([403, 'key_proof_invalid']);
    const found = await send();
    expect(seen(found)).toEqual([200, minato.clientId]);
    expect((await minato.manage('GET', '')).status).toBe(401);
  });

  test('B-8 software of the same name that another directory vouches for hides nobody', async () => {
    // Ids of software and of keys are an issuer's and an owner's own choice: both pairs are the same.
    const elsewhere = { ...gateway, statements: gateway.otherStatements };
    const name = { software_id: 'sw-of-two' };
    const keys = [await newKey('ES256', 'same'), await newKey('ES256', 'same')] as const;
    const vouched = (key: OwnKey) => ({ ...name, jwks: { keys: [key.jwk] } });
    const first = await Registrant.registered(gateway, vouched(keys[0]));
    const second = await Registrant.registered(elsewhere, vouched(keys[1]));
    expect(second.clientId).not.toBe(first.clientId);
    const path = '/register/recoveries';
    const names = { iss: name.software_id, sub: name.software_id };
    const send = async (proof: string) =>
      seen(await first.send('POST', path, name, { 'key-proof': proof }));
    const proofs = await Promise.all(
      keys.map((key) => first.proof('POST', path, name, key, names)),
    );
    expect(await send(proofs[1]!)).toEqual([200, second.clientId]);
    expect(await send(proofs[0]!)).toEqual([200, first.clientId]);
    expect(await send(proofs[1]!)).toEqual([403, 'key_proof_used']);
    const stranger = await newKey('ES256', 'same');
    const foreign = await first.proof('POST', path, name, stranger, names);
    expect(await send(foreign)).toEqual([403, 'key_proof_invalid']);
  });
});

describe('T-09 a certificate reported as compromised', () => {
  test('T-09 its tokens die, it recovers nothing, and it is refused with the key it was made for', async () => {
    const minato = await Registrant.registered(
      gateway,
      {},
      { tls_client_certificate_bound_access_tokens: true },
    );
    const pair = await clientCertificate(gateway, 'minato.example');
    await certify(minato, pair);
    const client = await CertifiedIntermediary.with(gateway, minato.software(), pair);
    const form = { grant_type: 'client_credentials', scope: 'transfers:status' };
    const token = String((await client.token(form)).body['access_token']);
    const path = '/v1/banks/2963/transfers?instructionId=x';
    expect((await client.call(path, token)).status).toBe(404);
    const report = { reason: 'the backup was stolen' };
    const full = '/certificates/tls-1/compromises';
    expect((await minato.manage('POST', full, report, minato.own)).status).toBe(201);
    await until(async () => (await client.call(path, token)).status === 401);
    await until(async () => (await client.token(form)).status === 401);
    expect(seen(await recover(minato, pair))).toEqual([404, 'registration_not_found']);
    client.stop();
    // The registered key still authenticates, with another certificate.
    const next = await clientCertificate(gateway, 'minato.example');
    const fresh = await CertifiedIntermediary.with(gateway, minato.software(), next);
    expect((await fresh.token(form)).status).toBe(200);
    fresh.stop();
  });
});

describe('software that authenticates by certificate registers itself', () => {
  const form = { grant_type: 'client_credentials', scope: 'transfers:status' };
  const bound = { tls_client_certificate_bound_access_tokens: true };

  /** A token at the host for certificates, as this software with this certificate. */
  async function tokenOf(registrant: Registrant, pair: KeyPair, method: string) {
    const software = registrant.software();
    const metadata = { token_endpoint_auth_method: method };
    const seed = { ...software.seed, metadata };
    const client = await CertifiedIntermediary.with(gateway, { ...software, seed }, pair);
    try {
      return (await client.token(form)).status;
    } finally {
      client.stop();
    }
  }

  test('by a name that an admitted authority certifies', async () => {
    const method = 'tls_client_auth';
    const minato = await Registrant.registered(
      gateway,
      {},
      {
        ...bound,
        token_endpoint_auth_method: method,
        tls_client_auth_subject_dn: registeredName('minato.example'),
      },
    );
    const pair = await clientCertificate(gateway, 'minato.example');
    expect(await tokenOf(minato, pair, method)).toBe(200);
    const other = await clientCertificate(gateway, 'aoba.example');
    expect(await tokenOf(minato, other, method)).toBe(401);
  });

  test('by a self-signed certificate, which is part of its keys', async () => {
    const method = 'self_signed_tls_client_auth';
    const pair = await mintAuthority('Minato', Date.now());
    const certificate = new X509Certificate(pair.certificate);
    const jwk = {
      ...(certificate.publicKey.export({ format: 'jwk' }) as Record<string, unknown>),
      kid: 'self-signed-1',
      x5c: [certificate.raw.toString('base64')],
    };
    const minato = await Registrant.of(gateway, { jwks: { keys: [jwk] } });
    const chosen = { ...bound, token_endpoint_auth_method: method };
    expect((await minato.register(chosen)).status).toBe(201);
    expect(await tokenOf(minato, pair, method)).toBe(200);
    const other = await mintAuthority('Minato', Date.now());
    expect(await tokenOf(minato, other, method)).toBe(401);
    const { body } = await minato.manage('GET', '/certificates');
    expect(body['keys']).toMatchObject([
      { kid: 'self-signed-1', purpose: 'tls', standing: 'good' },
    ]);
    // The same certificate finds the registration again.
    expect(seen(await recover(minato, pair))).toEqual([200, minato.clientId]);
  });
});
