import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LINK_FUNCTIONS, LINK_RIGHTS } from '#libs/contracts';
import { ConsentsService } from '../../src/consents/index.js';
import { minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, partyOf } from './transfer-stories.js';

let bank: BankCoreUnderTest;

beforeAll(async () => {
  bank = await startBankCore();
});
afterAll(() => bank.stop());

interface Living {
  readonly loginId: string;
  readonly permissions: readonly string[];
  readonly partner?: string;
  readonly state?: string;
}

/** Rows as consents stand; nothing but their count is asked. */
async function fill(consents: readonly Living[]): Promise<void> {
  for (const [n, { loginId, permissions, partner = 'none', state }] of consents.entries()) {
    const { holderId } = await partyOf(bank, CHUO, loginId);
    await bank.admin(
      `insert into consent (institution_id, id, holder_id, epsp_id, client_id, chain_partner_id, permissions, purpose,
         state, state_reason, state_actor, wording_version, wording_hash, granted_at, expires_at, changed_at, asked_at,
         term_since, frozen_for)
       values ($1, 'cns_' || lpad($2::text, 26, '0'), $3, $4, $5, $6, $7, 'bookkeeping', $8, 'granted', 'holder', 'v1',
         'x', now(), now() + interval '90 days', now(), now(), now(),
         case $8 when 'frozen' then array['link_stopped'] else '{}' end)`,
      [CHUO, n, holderId, minato.epsp, minato.client, partner, permissions, state ?? 'authorised'],
    );
  }
}

const count = (reached: object) =>
  bank.database.inInstitution(CHUO, (tx) =>
    bank.app.get(ConsentsService, { strict: false }).countTouched(tx, CHUO, minato.epsp, {
      all: [],
      direct: [],
      chained: [],
      partners: [],
      ...reached,
    }),
  );

describe('how many consents and users a measure would touch', () => {
  test('RKN-S4c by function and by whose calls they are, each user once, ended consents never', async () => {
    const [cp, other] = ['cp_00000000000000000000000001', 'cp_00000000000000000000000002'];
    await fill([
      { loginId: 'taro-2963', permissions: ['accounts_read'] },
      { loginId: 'taro-2963', permissions: ['accounts_read', 'balances_read'], partner: cp },
      { loginId: 'hanako-2963', permissions: ['balances_read'], state: 'frozen' },
      { loginId: 'hanako-2963', permissions: ['transactions_read'], partner: other },
      { loginId: 'hanako-2963', permissions: ['accounts_read'], state: 'revoked' },
    ]);
    const asked: [object, number, number][] = [
      [{ all: LINK_RIGHTS }, 4, 2],
      [{ all: ['accounts_read'] }, 2, 1],
      [{ direct: ['accounts_read', 'balances_read'] }, 2, 2],
      [{ chained: ['transactions_read', 'balances_read'] }, 2, 2],
      [{ partners: [{ partnerId: cp, functions: ['balances_read'] }] }, 1, 1],
      [{ all: ['transactions_read'], direct: ['accounts_read'] }, 2, 2],
      [{ all: ['transfer_initiation', 'new_consents', 'full_rate'] }, 0, 0],
      [{}, 0, 0],
    ];
    for (const [reached, consents, users] of asked)
      expect([reached, await count(reached)]).toEqual([reached, { consents, users }]);
  });

  test('every function has a bit of its own, and no consent holds one without', async () => {
    const bits = await Promise.all(
      LINK_FUNCTIONS.map(async (name) => {
        const [row] = await bank.admin<{ bits: number }>(
          'select consent_function_bits(array[$1::text]) as bits',
          [name],
        );
        return row?.bits;
      }),
    );
    expect(bits).toEqual(LINK_FUNCTIONS.map((_, nth) => 2 ** nth));
    await expect(
      fill([{ loginId: 'taro-2963', permissions: ['everything_read'] }]),
    ).rejects.toThrow('consent_permissions_have_bits');
  });
});
