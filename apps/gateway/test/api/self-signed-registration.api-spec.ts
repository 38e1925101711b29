import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JWK } from 'jose';
import { ChangeDesk } from '../../src/clients/index.js';
import { CertifiedIntermediary } from './certified.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { CREDENTIALS, decideChange, findingsOf, Registrant, type Answered } from './registrant.js';
import { SelfSigned } from './self-signed.js';
import { until } from './wait-until.js';

const METHOD = 'self_signed_tls_client_auth';
const CHOICE = {
  token_endpoint_auth_method: METHOD,
  tls_client_certificate_bound_access_tokens: true,
  dpop_bound_access_tokens: false,
};

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

const setOf = (...keys: JWK[]) => ({ jwks: { keys } });

async function registered(...keys: JWK[]): Promise<Registrant> {
  const made = await Registrant.of(gateway, setOf(...keys));
  const answer = await made.register(CHOICE);
  if (answer.status !== 201) throw new Error(`refused: ${JSON.stringify(answer.body)}`);
  return made;
}

/** Whether this certificate gets the software a token now. */
async function authenticates(registrant: Registrant, { pair }: SelfSigned): Promise<boolean> {
  const software = registrant.software();
  const seed = { ...software.seed, metadata: { token_endpoint_auth_method: METHOD } };
  const client = await CertifiedIntermediary.with(gateway, { ...software, seed }, pair);
  try {
    return (await client.token(CREDENTIALS)).status === 200;
  } finally {
    client.stop();
  }
}

const update = async (registrant: Registrant, by: SelfSigned, kid: string, ...keys: JWK[]) =>
  registrant.manage(
    'PUT',
    '',
    await registrant.wish({ ...CHOICE, ...setOf(...keys) }),
    by.own(kid),
  );

const changesIn = ({ body }: Answered): unknown =>
  (body['pending_change'] as Record<string, unknown> | undefined)?.['changes'];

describe('RFC 8705 section 2.2: the certificates of a JWK set', () => {
  test('T-12 a certificate that an update leaves out ends with the approval', async () => {
    const [one, two] = [await SelfSigned.make(), await SelfSigned.make()];
    const minato = await registered(one.jwk('one'), two.jwk('two'));
    for (const each of [one, two]) expect(await authenticates(minato, each)).toBe(true);
    const asked = await update(minato, two, 'two', two.jwk('two'));
    expect(asked.status).toBe(202);
    expect(changesIn(asked)).toMatchObject({ keys_ended: [{ kid: 'one', ends_at: 'approval' }] });
    expect((await decideChange(desk, asked)).ok).toBe(true);
    await until(async () => !(await authenticates(minato, one)));
    expect(await authenticates(minato, two)).toBe(true);
    // What was carried out is not asked for again.
    expect((await update(minato, two, 'two', two.jwk('two'))).status).toBe(200);
  });

  test('T-12 one certificate stands in for the other', async () => {
    const [old, next] = [await SelfSigned.make(), await SelfSigned.make()];
    const minato = await registered(old.jwk('old'));
    const asked = await update(minato, old, 'old', next.jwk('next'));
    expect(changesIn(asked)).toMatchObject({
      keys_added: [{ kid: 'next' }],
      keys_ended: [{ kid: 'old' }],
    });
    expect((await decideChange(desk, asked)).ok).toBe(true);
    await until(() => authenticates(minato, next));
    expect(await authenticates(minato, old)).toBe(false);
  });

  test('a certificate that was renewed for the same key has a kid of its own', async () => {
    const old = await SelfSigned.make();
    const next = await old.renewed();
    const minato = await registered(old.jwk('old'));
    const taken = await update(minato, old, 'old', next.jwk('old'));
    expect(findingsOf(taken)).toEqual(['jwks.keys[0].kid: key_id_wrong']);
    const asked = await update(minato, old, 'old', next.jwk('next'));
    expect(asked.status).toBe(202);
    expect((await decideChange(desk, asked)).ok).toBe(true);
    await until(() => authenticates(minato, next));
    expect(await authenticates(minato, old)).toBe(false);
  });

  test('software that signed with a key presents a certificate of it instead', async () => {
    const own = await SelfSigned.make();
    const minato = await Registrant.of(gateway, setOf(own.bare('sign')));
    expect((await minato.register()).status).toBe(201);
    const taken = await update(minato, own, 'sign', own.jwk('sign'));
    expect(findingsOf(taken)).toEqual(['jwks.keys[0].kid: key_id_wrong']);
    const asked = await update(minato, own, 'sign', own.jwk('tls'));
    expect((await decideChange(desk, asked)).ok).toBe(true);
    await until(() => authenticates(minato, own));
  });

  test('the same content again is told; another certificate of the key is other content', async () => {
    const own = await SelfSigned.make();
    const minato = await registered(own.jwk('one'));
    const again = async (jwk: JWK) => {
      const software_statement = await minato.fresh(setOf(jwk));
      return minato.send('POST', '/register', { software_statement, ...CHOICE });
    };
    const same = await again(own.jwk('one'));
    expect([same.status, same.body['client_id']]).toEqual([200, minato.clientId]);
    const other = await again((await own.renewed()).jwk('two'));
    expect(findingsOf(other)).toEqual(['jwks: registered_differently']);
  });
});
