import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { definitions, isUserAdmitted, type UserFacts } from '#libs/contracts';
import { sha256Hex, type Tri } from '#libs/kernel';
import { ConsentsService } from '../../src/consents/index.js';
import { changeLink } from '../../src/links/index.js';
import { ReadRecorder } from '../../src/records/read-recorder.js';
import { ApprovalWalk } from './approval-walk.js';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, must, partyOf, TransferWalk, type Party } from './transfer-stories.js';

const TSUBAME = 'cp_01j0000000000000000000tsbm';
const KODAMA = 'cp_01j0000000000000000000kdma';
const LONG_MS = 120_000;

let bank: BankCoreUnderTest;
let walk: TransferWalk;
let taro: Party;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new TransferWalk(bank);
  taro = await partyOf(bank, CHUO, 'taro-2963');
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

const consents = () => bank.app.get(ConsentsService, { strict: false });

async function granted(party: typeof aoba | typeof minato = minato): Promise<string> {
  const at = await walk.now();
  const text = 'Wording';
  const made = await bank.database.inInstitution(CHUO, (tx) =>
    consents().grant(tx, {
      institutionId: CHUO,
      holderId: taro.holderId,
      clientId: party.client,
      epspId: party.epsp,
      chainPartnerId: party.partner,
      permissions: ['accounts_read'],
      purpose: 'household_accounting',
      accountIds: [taro.accountId],
      wording: { version: '1', text, hash: `sha256:${sha256Hex(text)}` },
      askedAt: at,
      decideBy: at + 600_000,
      at,
      expiresAt: at + 90 * 86_400_000,
      interactionId: randomUUID(),
    }),
  );
  return must(made);
}

const accounts = (consent: string, as: object = {}) =>
  bank.call({ path: '/institutions/2963/accounts', as: { consent, ...as } });

describe('RKN-D6 who is a user', () => {
  const FACTS = [
    'consentedToService',
    'consentedToFunction',
    'admittedByEpsp',
    'admittedByInstitution',
  ] as const;
  /** Every combination of the four facts, as a row of the truth table. */
  const rows = Array.from({ length: 16 }, (_, bits) =>
    FACTS.map((fact, place) => [fact, ((bits >> place) & 1) === 1 ? 'yes' : 'no'] as const),
  );

  /** How the loss of a fact reaches the bank: by the intermediary, by the holder, by the bank itself. */
  const losses: Record<(typeof FACTS)[number], (consentId: string) => Promise<unknown>> = {
    consentedToService: (consentId) => endedByEpsp(consentId, 'service_consent_withdrawn'),
    admittedByEpsp: (consentId) => endedByEpsp(consentId, 'user_no_longer_admitted'),
    consentedToFunction: async (consentId) => {
      const at = await walk.now();
      return bank.database.inInstitution(CHUO, (tx) =>
        consents().revoke(tx, {
          institutionId: CHUO,
          consentId,
          actor: 'holder',
          reason: 'withdrawn_by_holder',
          at,
          interactionId: randomUUID(),
        }),
      );
    },
    admittedByInstitution: () => admit('terminated'),
  };
  const endedByEpsp = (consentId: string, reason: string) =>
    bank.call({
      method: 'POST',
      path: `/institutions/2963/consents/${consentId}/revocations`,
      body: { reason },
    });
  const admit = (state: 'active' | 'terminated') =>
    bank.admin('update holder set service_state = $1 where institution_id = $2 and id = $3', [
      state,
      CHUO,
      taro.holderId,
    ]);

  test.each(rows.map((row) => [row.map(([fact, value]) => `${fact}=${value}`).join(' '), row]))(
    'RKN-D6 %s',
    async (_title, row) => {
      const consentId = await granted();
      expect((await accounts(consentId)).status).toBe(200);
      try {
        for (const [fact, value] of row as (typeof rows)[number])
          if (value === 'no') await losses[fact](consentId);
        const facts = Object.fromEntries(row as [string, Tri][]) as unknown as UserFacts;
        const { status, body } = await accounts(consentId);
        expect(status === 200).toBe(isUserAdmitted(facts).ok);
        // Refused at once, and with nothing of the person in it.
        if (status !== 200)
          expect([status, JSON.stringify(body)]).toEqual([401, expect.not.stringContaining('ﾐﾅﾄ')]);
      } finally {
        await admit('active');
      }
    },
    LONG_MS,
  );

  test('RKN-D6 exactly one of the sixteen rows is a user', () => {
    const admitted = rows.filter(
      (row) => isUserAdmitted(Object.fromEntries(row) as unknown as UserFacts).ok,
    );
    expect(admitted).toEqual([FACTS.map((fact) => [fact, 'yes'])]);
  });
});

describe('RKN-D1, RKN-D7 what is said of the chain, and where information is from', () => {
  test('RKN-D1a a read that says nothing of a chain partner is refused before anything is read', async () => {
    const answer = await bank.app.inject({
      url: '/internal/v1/institutions/2963/accounts',
      headers: {
        'x-renkei-client': minato.client,
        'x-renkei-epsp': minato.epsp,
        'x-renkei-consent': await granted(),
      },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('x-renkei-chain-partner');
  });

  test('RKN-D7 what was obtained stands in the record: from where, on whose word, passed on to whom', async () => {
    const consentId = await granted({ ...aoba, partner: TSUBAME });
    const read = await accounts(consentId, { ...aoba, partner: TSUBAME });
    expect(read.status).toBe(200);
    await bank.app.get(ReadRecorder, { strict: false }).flush();
    const rows = await bank.admin<Record<string, unknown>>(
      `select institution_id, holder_id, epsp_id, chain_partner_id, kind, content from record
       where consent_id = $1 and kind = 'inquiry_answered'`,
      [consentId],
    );
    expect(rows).toEqual([
      expect.objectContaining({
        institution_id: CHUO,
        holder_id: taro.holderId,
        epsp_id: aoba.epsp,
        chain_partner_id: TSUBAME,
        content: expect.objectContaining({ fn: 'accounts_read' }),
      }),
    ]);
    const D7 = definitions.clause('RKN-D7');
    const told = { provenance: 'institution_through_function', onUsersInstruction: true } as const;
    expect(D7.apply(told)).toEqual({ isUserInformation: true });
  });

  test('RKN-D7 what was refused was not obtained, and what the user gave elsewhere leaves no such line', async () => {
    const consentId = await granted();
    await accounts(consentId, { epsp: aoba.epsp, client: aoba.client });
    await bank.app.get(ReadRecorder, { strict: false }).flush();
    const rows = await bank.admin<{ n: number }>(
      `select count(*)::int as n from record where consent_id = $1 and kind = 'inquiry_answered'`,
      [consentId],
    );
    expect(rows[0]?.n).toBe(0);
  });
});

describe('RKN-D4, RKN-D5 what is linked, and its state', () => {
  test('RKN-D4 each institution has a catalogue of its own: what is not in it cannot be asked for', async () => {
    const { body } = await bank.call({ path: '/catalogue' });
    const institutions = body['institutions'] as {
      bankCode: string;
      functions: Record<string, boolean>;
    }[];
    const functionsOf = (code: string) =>
      institutions.find(({ bankCode }) => bankCode === code)?.functions ?? {};
    expect(functionsOf('2963')['accounts_read']).toBe(true);
    expect(functionsOf('2950')['accounts_read']).toBe(false);
    const approvals = new ApprovalWalk(bank);
    const refusedOne = await approvals.handOver({ bankCode: '2950' });
    expect([refusedOne.status, refusedOne.body['code']]).toEqual([403, 'function_not_offered']);
    expect((await approvals.handOver({ bankCode: '2963' })).status).toBe(201);
  });

  test('RKN-D5 the linkage has a state for each institution, intermediary, partner and function', async () => {
    const approvals = new ApprovalWalk(bank);
    await bank.database.inInstitution(CHUO, (tx) =>
      changeLink(tx, CHUO, 0, ({ put }) =>
        put({
          epspId: aoba.epsp,
          chainPartnerId: TSUBAME,
          function: 'balances_read',
          state: 'restricted',
          clause: 'RKN-S4c',
          since: 0,
          until: undefined,
          basis: 'a test',
          measureId: 'msr_of_a_test',
        }),
      ),
    );
    const asks = async (partner: string, fn: string, bankCode = '2963', as = aoba) => {
      const asked = { bankCode, permissions: [fn], as: { ...as, partner } };
      const { status, body } = await approvals.handOver(asked);
      return status === 201 ? 'passes' : body['code'];
    };
    expect(await asks(TSUBAME, 'balances_read')).toBe('linkage_restricted');
    expect(await asks(TSUBAME, 'accounts_read')).toBe('passes');
    expect(await asks(KODAMA, 'balances_read')).toBe('passes');
    expect(await asks('none', 'balances_read')).toBe('passes');
    expect(await asks('none', 'balances_read', '2963', minato)).toBe('passes');
    expect(await asks(TSUBAME, 'balances_read', '2954')).toBe('passes');
  });
});
