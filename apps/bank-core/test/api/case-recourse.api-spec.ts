import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CaseWalk, refusal } from './case-walk.js';

let bank: BankCoreUnderTest;
let walk: CaseWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = await CaseWalk.start(bank);
});
afterAll(() => bank.stop());

describe.each([
  ['RKN-L2a', 'RKN-L2b', 'RKN-L3', 'EPSP', 'FI'],
  ['RKN-L4-1', 'RKN-L4-2', 'RKN-L4-3', 'FI', 'EPSP'],
] as const)('%s %s %s recourse of the side that paid', (full, agreed, consult, payer, other) => {
  test('RKN-L2a/b RKN-L4-1/b a claim above what was paid is refused', async () => {
    const caseId = await walk.paidCase(payer);
    await walk.attributed(caseId, other);
    expect(await walk.claim(caseId, payer, '80001')).toMatchObject(
      refusal(422, 'claim_exceeds_paid', full),
    );
  });

  test('RKN-L2a/c RKN-L4-1/c a claim of exactly what was paid stands, and there is no second one', async () => {
    const caseId = await walk.paidCase(payer);
    await walk.attributed(caseId, other);
    expect(await walk.claim(caseId, payer, '80000')).toMatchObject({
      status: 201,
      body: { number: 1, outcome: { kind: 'full', clause: full } },
    });
    expect(await walk.claim(caseId, payer, '1')).toMatchObject(
      refusal(422, 'claim_exceeds_room', full),
    );
  });

  test('RKN-L2a RKN-L4-1 the other side has no claim, nor has the payer against itself', async () => {
    const caseId = await walk.paidCase(payer);
    await walk.attributed(caseId, other);
    expect(await walk.claim(caseId, other, '1')).toMatchObject(refusal(409, 'claim_not_open'));
    await walk.attributed(caseId, payer);
    expect(await walk.claim(caseId, payer, '1')).toMatchObject(refusal(409, 'claim_not_open'));
  });

  test('RKN-L2b/a RKN-L4-2/a one acceptance is none', async () => {
    const caseId = await walk.paidCase(payer);
    await walk.attributed(caseId, 'BOTH');
    const half = { version: 1, claimant: payer, amountYen: '30000' };
    expect(await walk.agreed(caseId, half, ['EPSP'])).toMatchObject({ status: 200 });
    expect(await walk.claim(caseId, payer, '30000')).toMatchObject(
      refusal(409, 'agreement_not_accepted', agreed),
    );
  });

  test('RKN-L2b/b RKN-L4-2/b both acceptances open exactly that amount', async () => {
    const caseId = await walk.paidCase(payer);
    await walk.attributed(caseId, 'BOTH');
    const half = { version: 1, claimant: payer, amountYen: '30000' };
    await walk.agreed(caseId, half, ['EPSP', 'FI']);
    expect(await walk.claim(caseId, payer, '30001')).toMatchObject(
      refusal(422, 'claim_exceeds_agreed', agreed),
    );
    expect(await walk.claim(caseId, payer, '30000')).toMatchObject({ status: 201 });
  });

  test('RKN-L2b/c RKN-L4-2/c a change is a new version that both accept again', async () => {
    const caseId = await walk.paidCase(payer);
    await walk.attributed(caseId, 'BOTH');
    const first = { version: 1, claimant: payer, amountYen: '30000' };
    await walk.agreed(caseId, first, ['EPSP', 'FI']);
    expect(await walk.agreed(caseId, first, [])).toMatchObject(refusal(409, 'version_taken'));
    const second = { ...first, version: 2, amountYen: '20000' };
    await walk.agreed(caseId, second, ['FI']);
    for (const amountYen of ['20000', '30000'])
      expect(await walk.claim(caseId, payer, amountYen)).toMatchObject(
        refusal(409, 'agreement_not_accepted', agreed),
      );
    await walk.agreed(caseId, { ...second, version: 3 }, ['EPSP', 'FI']);
    expect(await walk.claim(caseId, payer, '20001')).toMatchObject(
      refusal(422, 'claim_exceeds_agreed', agreed),
    );
    expect(await walk.claim(caseId, payer, '20000')).toMatchObject({ status: 201 });
  });

  test('RKN-L2b/d RKN-L4-2/d an amount above what was paid is not put forward', async () => {
    const caseId = await walk.paidCase(payer);
    await walk.attributed(caseId, 'BOTH');
    const over = { version: 1, claimant: payer, amountYen: '80001' };
    expect(await walk.agreed(caseId, over, [])).toMatchObject(
      refusal(422, 'agreed_above_paid', agreed),
    );
    expect((await walk.page(caseId))['agreements']).toEqual([]);
  });

  test('RKN-L2b/e RKN-L4-2/e before a payment there is nothing to agree on', async () => {
    const caseId = await walk.reported({ category: 'outage' });
    await walk.attributed(caseId, 'BOTH');
    const early = { version: 1, claimant: payer, amountYen: '1' };
    expect(await walk.agreed(caseId, early, [])).toMatchObject(refusal(409, 'not_yet_compensated'));
  });

  test('RKN-L2b RKN-L4-2 what is accepted is one immutable text', async () => {
    const caseId = await walk.paidCase(payer);
    await walk.agreed(caseId, { version: 1, claimant: payer, amountYen: '3' }, []);
    const textHash = `sha256:${'0'.repeat(64)}`;
    const accept = { side: 'FI', textHash };
    expect(await walk.post(caseId, 'agreements/1/acceptances', accept)).toMatchObject(
      refusal(409, 'text_changed', 'RKN-L2b'),
    );
  });

  test('RKN-L3/a RKN-L4-3/a while unclear no share is computed and nothing can be claimed', async () => {
    const caseId = await walk.paidCase(payer);
    const decided = await walk.post(caseId, 'recourse-decisions');
    expect(decided.body['decision']).toMatchObject({
      outcome: { kind: 'consultation', clause: consult, claimableYen: '0' },
    });
    expect(await walk.claim(caseId, payer, '1')).toMatchObject(
      refusal(409, 'agreement_not_accepted', consult),
    );
  });

  test('RKN-L3/b RKN-L4-3/b new evidence opens the claim and the consultation is kept', async () => {
    const caseId = await walk.paidCase(payer);
    await walk.attributed(caseId, 'UNCLEAR', { evidence: [] });
    await walk.post(caseId, 'notes', { kind: 'minutes', text: '第一回協議', evidence: [] });
    await walk.agreed(caseId, { version: 1, claimant: payer, amountYen: '5' }, ['FI']);
    await walk.attributed(caseId, other);
    expect(await walk.claim(caseId, payer, '80000')).toMatchObject({ status: 201 });
    const page = await walk.page(caseId);
    expect(page['attributions']).toHaveLength(2);
    expect(page['agreements']).toHaveLength(1);
    expect(page['notes']).toMatchObject([{ kind: 'minutes', content: { text: '第一回協議' } }]);
  });
});

describe('RKN-L2a several institutions, and no claim at all', () => {
  test('RKN-L2a/d each institution has its share, settled apart and never beyond', async () => {
    const caseId = await walk.paidCase('EPSP');
    await walk.attributed(caseId, 'FI');
    const two = [{ institution: '2963' }, { institution: '2825' }];
    expect(await walk.claim(caseId, 'EPSP', '80000', two)).toMatchObject(
      refusal(422, 'split_missing', 'RKN-L2a'),
    );
    const uneven = [
      { institution: '2963', shareYen: '50000' },
      { institution: '2825', shareYen: '20000' },
    ];
    expect(await walk.claim(caseId, 'EPSP', '80000', uneven)).toMatchObject(
      refusal(422, 'split_does_not_add_up', 'RKN-L2a'),
    );
    expect(await walk.claim(caseId, 'EPSP', '70000', uneven)).toMatchObject({ status: 201 });
    const settle = (against: string, amountYen: string) =>
      walk.post(caseId, 'recourse/1/settlements', {
        id: walk.unique('settled'),
        against,
        amountYen,
      });
    expect(await settle('2825', '20001')).toMatchObject(refusal(422, 'claim_exceeds_room'));
    expect(await settle('2825', '20000')).toMatchObject({ status: 200 });
    expect(await settle('2963', '50000')).toMatchObject({ status: 200 });
    expect(await walk.page(caseId)).toMatchObject({
      recourse: [
        {
          shares: [
            { against: '2825', settledYen: '20000' },
            { against: '2963', settledYen: '50000' },
          ],
        },
      ],
      sides: [{ side: 'EPSP', recoveredYen: '70000', burdenYen: '10000' }, { side: 'FI' }],
    });
  });

  test('RKN-L4-1/d the intermediary is one: it owes the whole claim, settled up to it and no yen more', async () => {
    const caseId = await walk.paidCase('FI');
    await walk.attributed(caseId, 'EPSP');
    const settle = (against: string, amountYen: string) =>
      walk.post(caseId, 'recourse/1/settlements', {
        id: walk.unique('settled'),
        against,
        amountYen,
      });
    expect(await walk.claim(caseId, 'FI', '80000')).toMatchObject({
      status: 201,
      body: { outcome: { clause: 'RKN-L4-1' } },
    });
    // Nothing is split here, so no institution owes a part of it.
    expect(await settle('2825', '1')).toMatchObject({ status: 404 });
    expect(await settle('EPSP', '80001')).toMatchObject(
      refusal(422, 'amount_exceeds_paid', 'RKN-L*'),
    );
    expect(await settle('EPSP', '30000')).toMatchObject({ status: 200 });
    expect(await settle('EPSP', '50001')).toMatchObject(
      refusal(422, 'amount_exceeds_paid', 'RKN-L*'),
    );
    expect(await settle('EPSP', '50000')).toMatchObject({ status: 200 });
    expect(await walk.page(caseId)).toMatchObject({
      recourse: [{ shares: [{ against: 'EPSP', settledYen: '80000' }] }],
      sides: [{ side: 'EPSP' }, { side: 'FI', recoveredYen: '80000', burdenYen: '0' }],
    });
  });

  test('RKN-L2a/e the intermediary may leave it: the work ends without recourse', async () => {
    const caseId = await walk.paidCase('EPSP');
    await walk.attributed(caseId, 'FI');
    const closure = { kind: 'closure', text: '求償しない旨の連絡', evidence: ['ev-letter'] };
    expect(await walk.post(caseId, 'notes', closure)).toMatchObject({ status: 200 });
    const page = await walk.page(caseId);
    expect(page['closedAt']).not.toBeNull();
    expect(page['recourse']).toEqual([]);
  });
});

describe('RKN-L4-0 the gates of the institution', () => {
  test('RKN-L4-0a/a RKN-L4-1/a without a payment of the institution there is no claim', async () => {
    const caseId = await walk.reported({ category: 'outage' });
    expect(await walk.claim(caseId, 'FI', '1')).toMatchObject(
      refusal(409, 'not_yet_compensated', 'RKN-L4-0a'),
    );
  });

  test('RKN-L4-0b/a gate B without grounds is refused', async () => {
    const caseId = await walk.paidCase('FI', 'service');
    const body = { grounds: ' ', evidence: ['ev-1'] };
    expect(await walk.post(caseId, 'unavoidable', body)).toMatchObject(
      refusal(422, 'grounds_missing', 'RKN-L4-0b'),
    );
  });

  test('RKN-L4-0b/b grounds recorded after the payment stand, with both times and a warning', async () => {
    const caseId = await walk.paidCase('FI', 'service');
    await walk.attributed(caseId, 'EPSP');
    expect(await walk.claim(caseId, 'FI', '1')).toMatchObject({ status: 409 });
    const body = { grounds: '利用者の生活資金であった', evidence: ['ev-1'] };
    const outcome = await walk.approved(await walk.post(caseId, 'unavoidable', body));
    expect(outcome).toMatchObject({ unavoidable: 'yes', recordedAfterPayment: true });
    expect(await walk.claim(caseId, 'FI', '80000')).toMatchObject({
      status: 201,
      body: { outcome: { gate: 'B' } },
    });
  });
});
