import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, authorizeUrl, CONSENT, obtainToken } from './approve.js';
import { Browser } from './browser.js';
import { accountInformation, TSUBAME } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary, type Answer } from './intermediary.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let aoba: Intermediary;

const id = (n: number) => `cns_01j000000000000000000000${String(n).padStart(2, '0')}`;
const extension = (over: object = {}) => ({
  type: 'consent_extension',
  bank_code: '2963',
  consent_id: id(1),
  term_days: 200,
  chain_partner: 'none',
  ...over,
});

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  aoba = await Intermediary.of(gateway, gateway.aoba);
});
afterAll(() => gateway.stop());

const push = (who: Intermediary, detail: object): Promise<Answer> =>
  who.post('/par', who.request(detail).params);
const descriptionOf = ({ body }: Answer) => String(body['error_description']);

describe('an extension is pushed', () => {
  test('with a consent and a term; the bank gets these two and nothing else to believe (T-14)', async () => {
    const pushed = await minato.push(extension());
    await new Browser(gateway).open(authorizeUrl(minato, pushed));
    const body = gateway.bank.callsTo('approvals').at(-1)?.body as Record<string, unknown>;
    expect(body).toMatchObject({
      kind: 'consent_extension',
      bankCode: '2963',
      consentExtension: { consentId: id(1), termDays: 200 },
    });
    expect(body).not.toHaveProperty('accountInformation');
  });

  //    case                                            detail                                     expected
  test.each([
    ['T-08 another’s consent', { consent_id: id(6) }, 'not_found'],
    ['one that never was', { consent_id: id(99) }, 'not_found'],
    ['one that nobody decided yet', { consent_id: id(5) }, 'not_found'],
    ['RKN-S1/c one withdrawn', { consent_id: id(3) }, 'consent_revoked'],
    ['RKN-S1/c one over its term', { consent_id: id(4) }, 'consent_expired'],
    ['T-29 one frozen', { consent_id: id(2) }, 'holder_unavailable'],
    ['a term that is not longer', { term_days: 1 }, 'term_not_longer'],
    ['T-14 a partner that was not fixed', { chain_partner: TSUBAME }, 'chain_partner_unknown'],
    ['RKN-D1a neither partner nor none', { chain_partner: undefined }, 'chain_partner_missing'],
    ['other permissions', { permissions: ['transactions_read'] }, 'detail_malformed'],
    ['other accounts', { accounts: ['acc_1'] }, 'detail_malformed'],
    ['a term too long', { term_days: 367 }, 'detail_malformed'],
    ['no institution', { bank_code: undefined }, 'unknown_bank'],
  ])('%s is refused at the push', async (_, over, code) => {
    const answer = await push(minato, extension(over));
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_authorization_details']);
    expect(descriptionOf(answer)).toMatch(new RegExp(`^${code}: `));
  });

  test('T-14 a partner’s consent is extended through that partner alone', async () => {
    const of = (chain_partner: string) => extension({ consent_id: id(6), chain_partner });
    expect(descriptionOf(await push(aoba, of('none')))).toMatch(/^not_found: /);
    // The consent holds more than the partner's contract does: RKN-C1a/c.
    expect(descriptionOf(await push(aoba, of(TSUBAME)))).toMatch(/^chain_partner_scope: /);
  });

  test('RKN-S4c a stopped link extends nothing', async () => {
    const { epspId } = gateway.bank.catalogue.intermediaries[0]!;
    const link = { epspId, chainPartnerId: '*', function: '*' };
    gateway.bank.changeLink('2963', { ...link, state: 'suspended' });
    const refused = await push(minato, extension());
    gateway.bank.changeLink('2963', { ...link, state: 'active' });
    expect(descriptionOf(refused)).toMatch(/^linkage_suspended: /);
  });
});

describe('what an extension gives', () => {
  test('tokens on the same consent and in its words; the older ones go on to their own end', async () => {
    const consent = { ...CONSENT, consentId: id(1) };
    const before = await obtainToken(minato, accountInformation(), { ...APPROVED, consent });
    const longer = { ...consent, expiresAt: '2027-06-10T00:00:00.000+09:00' };
    const after = await obtainToken(minato, extension(), { ...APPROVED, consent: longer });
    expect(after.body['authorization_details']).toEqual([
      {
        type: 'account_information',
        bank_code: '2963',
        permissions: consent.permissions,
        purpose: consent.purpose,
        term_days: 200,
        chain_partner: 'none',
        consent_id: id(1),
      },
    ]);
    for (const { accessToken } of [before, after])
      expect((await minato.call('/v1/banks/2963/accounts', accessToken)).status).toBe(200);
    const refresh = (refreshToken: string) =>
      minato.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    for (const { refreshToken } of [before, after]) {
      const { body } = await refresh(refreshToken);
      expect(body['authorization_details']).toMatchObject([
        { chain_partner: 'none', consent_id: id(1) },
      ]);
    }
    gateway.bank.changeConsent(id(1), 'revoked', 'withdrawn');
    for (const { refreshToken } of [before, after])
      await expectEventually(async () => (await refresh(refreshToken)).body['error']);
  });

  test('giving the older tokens back ends their grant alone; with the last grant the consent ends', async () => {
    const consent = { ...CONSENT, consentId: 'cns_01j00000000000000000000042' };
    const result = { ...APPROVED, consent };
    const before = await obtainToken(minato, accountInformation(), result);
    const after = await obtainToken(minato, extension(), result);
    const giveBack = (token: string) => minato.post('/revoke', { token });
    const told = () => gateway.bank.callsTo(`${consent.consentId}/revocations`).length;
    expect((await giveBack(before.refreshToken)).status).toBe(200);
    const read = (token: string) => minato.call('/v1/banks/2963/accounts', token);
    await expectEventually(async () =>
      (await read(before.accessToken)).status === 401 ? 'invalid_grant' : undefined,
    );
    expect((await read(after.accessToken)).status).toBe(200);
    // Another consent's end is told meanwhile: the job has been round and has left this one alone.
    const other = { ...CONSENT, consentId: 'cns_01j00000000000000000000043' };
    const alone = await obtainToken(minato, accountInformation(), { ...APPROVED, consent: other });
    await giveBack(alone.refreshToken);
    const isTold = (consentId: string) => async () =>
      gateway.bank.callsTo(`${consentId}/revocations`).length > 0 ? 'invalid_grant' : undefined;
    await expectEventually(isTold(other.consentId));
    expect(told()).toBe(0);
    await giveBack(after.refreshToken);
    await expectEventually(isTold(consent.consentId));
    expect(told()).toBeGreaterThan(0);
  });

  test('a refusal of the holder leaves the consent as it was', async () => {
    const consent = { ...CONSENT, consentId: id(1) };
    await expect(
      obtainToken(minato, extension(), { outcome: 'refused', reason: 'user_cancelled', consent }),
    ).rejects.toThrow(/token:/);
  });
});

async function expectEventually(error: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; tries < 3_000; tries += 1) {
    if ((await error()) === 'invalid_grant') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('The grant lives on.');
}
