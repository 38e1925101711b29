import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HoldersService, type ServiceState } from '../../src/holders/index.js';
import { ApprovalWalk, landed, stillHere } from './approval-walk.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: ApprovalWalk;
let consent: string;
let account: string;
let holder: string;

beforeAll(async () => {
  bank = await startBankCore();
  walk = new ApprovalWalk(bank);
  const browser = walk.browser();
  const permissions = ['accounts_read', 'balances_read', 'transactions_read'];
  const login = stillHere(await browser.open(await walk.open({ permissions })));
  const page = await walk.logIn(login, browser);
  const agree = stillHere(await browser.press(page.tick('account-1'), 'next'));
  const { body } = await walk.result(landed(await browser.press(agree, 'approve')));
  const given = body['consent'] as { consentId: string; accountIds: string[] };
  [consent, account] = [given.consentId, given.accountIds[0]!];
  const [row] = await bank.admin<{ id: string }>(
    `select id from holder where login_id = 'taro-2963'`,
  );
  holder = row!.id;
});
afterAll(() => bank.stop());

/** Everything that an intermediary can ask about this holder with this consent. */
const surfaces = (): readonly (readonly [string, string, object?])[] => [
  ['GET', '/institutions/2963/accounts'],
  ['GET', `/institutions/2963/accounts/${account}`],
  ['GET', `/institutions/2963/accounts/${account}/balances`],
  ['GET', `/institutions/2963/accounts/${account}/transactions?limit=5`],
  ['GET', `/institutions/2963/accounts/${account}/incoming-transfers?limit=5`],
  ['GET', `/institutions/2963/accounts/${account}/limits`],
  ['POST', '/institutions/2963/funds-confirmations', { accountId: account, amountYen: '1' }],
  ['GET', `/institutions/2963/consents/${consent}`],
  ['GET', `/institutions/2963/consents/${consent}/accounts`],
  ['GET', '/institutions/2963/consents?state=frozen'],
  ['POST', '/approvals', { extends: { consentId: consent, termDays: 366 } }],
];

/** What differs with the moment and the call, and so betrays nothing. */
const MOMENT = new Set(['asOf', 'instance', 'changedAt', 'version', 'approvalId', 'url']);
const still = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, one: unknown) => (MOMENT.has(key) ? null : one)));

async function answers(): Promise<unknown[]> {
  const given: unknown[] = [];
  for (const [method, path, body] of surfaces()) {
    const isApproval = path === '/approvals';
    const answer = isApproval
      ? await walk.handOver(body)
      : await bank.call({ method: method as 'GET', path, body, as: { consent } });
    given.push([path, answer.status, still(answer.body)]);
  }
  return given;
}

async function move(...states: readonly ServiceState[]): Promise<void> {
  for (const [i, to] of states.slice(1).entries())
    await bank.database.inInstitution(CHUO, (tx) =>
      bank.app.get(HoldersService, { strict: false }).moveServiceState(tx, {
        institutionId: CHUO,
        holderId: holder,
        from: [states[i]!],
        to,
        at: Date.now(),
      }),
    );
}

describe('T-29 everything on the holder’s side is one neutral answer', () => {
  const CAUSES: readonly (readonly [string, readonly ServiceState[]])[] = [
    ['a lock after wrong passwords', ['active', 'locked']],
    ['a stop by the holder, as after a loss', ['active', 'stopped']],
    ['a lock and then a stop', ['active', 'locked', 'stopped']],
    ['a stop and then a lock', ['active', 'stopped', 'locked']],
  ];

  test('T-29 the whole table: every cause gives every question the same bytes', async () => {
    const seen = new Map<string, unknown[]>();
    for (const [cause, states] of CAUSES) {
      await move(...states);
      seen.set(cause, await answers());
      await move(states.at(-1)!, 'active');
    }
    const [first = [], ...others] = seen.values();
    for (const other of others) expect(other).toEqual(first);
    const reads = first.slice(0, 7) as [string, number, { code: string }][];
    for (const [, status, body] of reads)
      expect([status, body.code]).toEqual([403, 'holder_unavailable']);
    expect(JSON.stringify(first)).not.toMatch(/lock|stop|loss|attach|investigat|password/i);
  });

  test('T-29 back again, the holder leaves no trace of why', async () => {
    const histories: unknown[] = [];
    for (const [, states] of CAUSES.slice(0, 2)) {
      await move(...states);
      await move(states.at(-1)!, 'active');
      const { body } = await bank.call({
        path: `/institutions/2963/consents/${consent}/history?limit=2`,
      });
      histories.push((body['data'] as { change: string; reason: object }[]).map(still));
    }
    const strip = (history: unknown) =>
      (history as { change: string; reason: object; state: string }[]).map(
        ({ change, reason, state }) => ({ change, reason, state }),
      );
    expect(strip(histories[0])).toEqual([
      { change: 'resumed', reason: { code: 'resumed', by: 'bank' }, state: 'authorised' },
      { change: 'frozen', reason: { code: 'holder_unavailable', by: 'bank' }, state: 'frozen' },
    ]);
    expect(strip(histories[1])).toEqual(strip(histories[0]));
    // What the bank itself has to know stands beside it, and goes no further.
    const causes = await bank.admin<{ cause: string }>(
      `select distinct cause from consent_event where consent_id = $1 and change = 'frozen'`,
      [consent],
    );
    expect(causes.map(({ cause }) => cause).sort()).toEqual(['holder_locked', 'self_lock']);
  });

  test('T-29 an attachment or a payment stop on the account changes no answer but what can be withdrawn', async () => {
    const before = await answers();
    const [ledger] = await bank.admin<{ id: string }>(
      'select account_id as id from account_detail where public_id = $1',
      [account],
    );
    const set = (count: number) =>
      bank.admin('update account set debit_stops = $3 where institution_id = $1 and id = $2', [
        CHUO,
        ledger!.id,
        count,
      ]);
    await set(1);
    const after = await answers();
    await set(0);
    const withoutFunds = (all: unknown[]) =>
      (all as [string][]).filter(([path]) => !/balances|funds/.test(path));
    expect(withoutFunds(after)).toEqual(withoutFunds(before));
    expect(JSON.stringify(after)).not.toMatch(/attach|stop/i);
  });
});
