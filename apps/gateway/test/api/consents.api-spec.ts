import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, CONSENT, obtainToken } from './approve.js';
import { accountInformation, TSUBAME, transferInitiation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let aoba: Intermediary;
/** Tokens without a user, for the client's own affairs. */
let ofMinato: string;
let ofAoba: string;
/** A user's token, resting on consent 01. */
let ofTaro: string;

const consents = '/v1/banks/2963/consents';
const id = (n: number) => `cns_01j000000000000000000000${String(n).padStart(2, '0')}`;

async function ownToken(intermediary: Intermediary, scope = 'consents'): Promise<string> {
  const form = { grant_type: 'client_credentials', scope };
  return String((await intermediary.token(form)).body['access_token']);
}

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  aoba = await Intermediary.of(gateway, gateway.aoba);
  ofMinato = await ownToken(minato);
  ofAoba = await ownToken(aoba);
  const consent = { ...CONSENT, consentId: id(1) };
  const result = { ...APPROVED, consent };
  ofTaro = (await obtainToken(minato, accountInformation(), result)).accessToken;
});
afterAll(() => gateway.stop());

const idsOf = (body: Record<string, unknown>) =>
  (body['data'] as { consentId: string }[]).map(({ consentId }) => consentId);
const linksOf = (body: Record<string, unknown>) => body['links'] as { self: string; next?: string };

describe('the list of consents', () => {
  test('T-08 holds the own ones in every state, with reason and actor, and no other’s', async () => {
    const { status, body } = await minato.call(consents, ofMinato);
    expect(status).toBe(200);
    expect(idsOf(body)).toEqual([5, 4, 3, 2, 1].map(id));
    expect((body['data'] as object[])[3]).toMatchObject({
      state: 'frozen',
      reason: { code: 'holder_unavailable', by: 'bank' },
      chainPartnerId: 'none',
    });
    expect(idsOf((await aoba.call(consents, ofAoba)).body)).toEqual([id(6)]);
  });

  test('the pages together are the list, each consent once; the filter stays in the links', async () => {
    const seen: string[] = [];
    let path: string | undefined = `${consents}?limit=2`;
    while (path !== undefined) {
      const { body } = await minato.call(path, ofMinato);
      seen.push(...idsOf(body));
      path = linksOf(body).next;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1].map(id));
    const { body } = await minato.call(`${consents}?state=frozen&limit=1`, ofMinato);
    expect(idsOf(body)).toEqual([id(2)]);
    expect(linksOf(body).self).toContain('state=frozen');
  });

  test('T-08 a cursor opens no other list: not another client’s, filter or history', async () => {
    const { body } = await minato.call(`${consents}?limit=1`, ofMinato);
    const cursor = new URLSearchParams(linksOf(body).next?.split('?')[1]).get('cursor') ?? '';
    for (const [path, token, who] of [
      [`${consents}?limit=1&cursor=${cursor}`, ofAoba, aoba],
      [`${consents}?limit=1&state=frozen&cursor=${cursor}`, ofMinato, minato],
      [`${consents}/${id(1)}/history?cursor=${cursor}`, ofMinato, minato],
      [`${consents}?cursor=${cursor}x`, ofMinato, minato],
    ] as const) {
      const answer = await who.call(path, token);
      expect(answer).toMatchObject({ status: 400, body: { code: 'cursor_mismatch' } });
    }
  });

  test('RKN-S1 a user’s token lists the one consent that it rests on', async () => {
    expect(idsOf((await minato.call(consents, ofTaro)).body)).toEqual([id(1)]);
    expect(idsOf((await minato.call(`${consents}?state=frozen`, ofTaro)).body)).toEqual([]);
  });

  test.each([
    ['a state that is none', '?state=asleep'],
    ['a page of nothing', '?limit=0'],
    ['a page without end', '?limit=501'],
    ['an unknown member', '?holder=taro'],
  ])('%s is refused by name', async (_, query) => {
    const { status, body } = await minato.call(`${consents}${query}`, ofMinato);
    expect([status, body['code']]).toEqual([400, 'validation_failed']);
  });
});

describe('one consent', () => {
  test('shows its state, its accounts with theirs, its history and its extensions', async () => {
    const one = await minato.call(`${consents}/${id(1)}`, ofMinato);
    expect(one.body).toMatchObject({ consentId: id(1), bankCode: '2963', state: 'authorised' });
    const accounts = await minato.call(`${consents}/${id(1)}/accounts`, ofMinato);
    expect(accounts.body['data']).toEqual([
      expect.objectContaining({ status: 'available' }),
      expect.objectContaining({
        status: 'unavailable',
        reason: { code: 'holder_unavailable', by: 'bank' },
      }),
    ]);
    const first = await minato.call(`${consents}/${id(1)}/history?limit=2`, ofMinato);
    const next = await minato.call(linksOf(first.body).next ?? '', ofMinato);
    const changes = [first, next].flatMap(({ body }) =>
      (body['data'] as { change: string }[]).map(({ change }) => change),
    );
    expect(changes).toEqual(['extended', 'authorised', 'asked']);
    const extensions = await minato.call(`${consents}/${id(1)}/extensions`, ofMinato);
    expect(extensions.body).toMatchObject({ data: [{ change: 'extended' }], meta: { count: 1 } });
  });

  test.each(['', '/accounts', '/history', '/extensions'])(
    'T-08 another’s consent is answered byte for byte as one that never was: %s',
    async (part) => {
      const headers = { 'x-fapi-interaction-id': '11111111-1111-4111-8111-111111111111' };
      const read = (of: string) => minato.call(`${consents}/${of}${part}`, ofMinato, { headers });
      const [foreign, unknown] = [await read(id(6)), await read(id(99))];
      expect(foreign.status).toBe(404);
      expect(foreign.text).toBe(unknown.text);
    },
  );

  test('T-08 a user’s token sees no second consent, be it of the same client', async () => {
    const answer = await minato.call(`${consents}/${id(2)}`, ofTaro);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const before = gateway.bank.callsTo('revocations').length;
    const gone = await minato.call(`${consents}/${id(2)}?reason=no_longer_needed`, ofTaro, {
      method: 'DELETE',
    });
    expect(gone.status).toBe(404);
    expect(gateway.bank.callsTo('revocations')).toHaveLength(before);
  });

  test('RKN-S1/a tokens of other purposes see no consent', async () => {
    const status = await ownToken(minato, 'transfers:status');
    const paying = await obtainToken(minato, transferInitiation('no-consents'), {
      outcome: 'approved',
      subject: 'sub-of-taro-at-minato',
      bankCode: '2963',
      transfer: { transferId: 'trf_00000000000000000000000001', status: 'ACSC' },
    });
    for (const token of [status, paying.accessToken]) {
      const answer = await minato.call(`${consents}/${id(1)}`, token);
      expect(answer).toMatchObject({ status: 403, body: { code: 'permission_not_granted' } });
    }
  });

  test('T-14 a partner of another intermediary is unknown, also for a withdrawal', async () => {
    const headers = { 'x-chain-partner-id': TSUBAME };
    for (const token of [ofMinato, ofTaro]) {
      const answer = await minato.call(`${consents}/${id(1)}`, token, { headers });
      expect(answer).toMatchObject({ status: 403, body: { code: 'chain_partner_unknown' } });
    }
    expect((await aoba.call(`${consents}/${id(6)}`, ofAoba, { headers })).status).toBe(200);
  });
});

describe('a withdrawal by the intermediary', () => {
  test('RKN-S1/c with its reason, also while the link is stopped; token and grant are gone at once', async () => {
    const consent = { ...CONSENT, consentId: id(2) };
    const taken = await obtainToken(minato, accountInformation(), { ...APPROVED, consent });
    gateway.bank.changeLink('2963', {
      epspId: minato.gateway.bank.catalogue.intermediaries[0]!.epspId,
      chainPartnerId: '*',
      function: '*',
      state: 'suspended',
    });
    const path = `${consents}/${id(2)}`;
    const gone = await minato.call(`${path}?reason=customer_request`, ofMinato, {
      method: 'DELETE',
    });
    expect(gone.status).toBe(204);
    expect(gateway.bank.callsTo(`${id(2)}/revocations`).at(-1)?.body).toEqual({
      reason: 'customer_request',
    });
    const [grant] = await gateway.asOwner<{ ended_code: string }>(
      'select ended_code from consent_grant where consent_id = $1',
      [id(2)],
    );
    expect(grant?.ended_code).toBe('consent_revoked');
    const read = await minato.call('/v1/banks/2963/accounts', taken.accessToken);
    expect(read).toMatchObject({ status: 401, body: { code: 'consent_revoked' } });
    const refresh = { grant_type: 'refresh_token', refresh_token: taken.refreshToken };
    expect((await minato.token(refresh)).body['error']).toBe('invalid_grant');
    gateway.bank.changeLink('2963', {
      epspId: minato.gateway.bank.catalogue.intermediaries[0]!.epspId,
      chainPartnerId: '*',
      function: '*',
      state: 'active',
    });
  });

  test.each(['', '?reason=because', '?reason=customer_request&note=taro'])(
    'without a reason of the catalogue nothing ends: %s',
    async (query) => {
      const before = gateway.bank.callsTo('revocations').length;
      const answer = await minato.call(`${consents}/${id(1)}${query}`, ofMinato, {
        method: 'DELETE',
      });
      expect([answer.status, answer.body['code']]).toEqual([400, 'validation_failed']);
      expect(gateway.bank.callsTo('revocations')).toHaveLength(before);
    },
  );

  test('the bank silent: 503, and the grant lives on, since nothing is known to have ended', async () => {
    gateway.bank.refusals.set('revocations', 'silence');
    const answer = await minato.call(`${consents}/${id(1)}?reason=service_ended`, ofMinato, {
      method: 'DELETE',
    });
    gateway.bank.refusals.clear();
    expect([answer.status, answer.body['code']]).toEqual([503, 'core_unavailable']);
    expect((await minato.call(`${consents}/${id(1)}`, ofTaro)).status).toBe(200);
  });
});
