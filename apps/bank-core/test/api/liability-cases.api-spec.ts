import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { at, CaseWalk, refusal } from './case-walk.js';
import { OwnWalk } from './own-walk.js';
import { CHUO, TransferWalk } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let walk: CaseWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = await CaseWalk.start(bank);
});
afterAll(() => bank.stop());

const now = (of: BankCoreUnderTest) => new TransferWalk(of).now();

describe('RKN-L1a the report and the cause', () => {
  test('RKN-L1a/a a report opens a case that is investigated, due after the target', async () => {
    const page = await walk.page(await walk.reported({ category: 'outage' }));
    expect(page).toMatchObject({ causeStatus: 'INVESTIGATING', lossYen: '100000' });
    // Five banking days after Tuesday 31 March 2026, to the end of the day.
    expect(page['causeDueAt']).toBe('2026-04-07T23:59:59.999+09:00');
  });

  test('RKN-L1a/b past the target the case is overdue and its state unchanged', async () => {
    const caseId = await walk.reported();
    const late = { causeOverdue: true, causeStatus: 'INVESTIGATING' };
    expect(await walk.page(caseId)).toMatchObject(late);
    const own = await new OwnWalk(bank).get(`/cases/${caseId}`);
    expect(own).toMatchObject({ status: 200, body: late });
    const today = new Date(await now(bank)).toISOString();
    const fresh = await walk.reported({ occurredAt: today, knownAt: today });
    expect(await walk.page(fresh)).toMatchObject({ ...late, causeOverdue: false });
  });

  test('RKN-L1a/c a cause without evidence is refused and nothing is changed', async () => {
    const caseId = await walk.reported();
    const cause = { status: 'found', evidence: [], grounds: '' };
    expect(await walk.post(caseId, 'cause', cause)).toMatchObject(
      refusal(422, 'evidence_required', 'RKN-L1a'),
    );
    expect(((await walk.page(caseId))['events'] as object[]).length).toBe(1);
    const found = await walk.post(caseId, 'cause', { ...cause, evidence: ['ev-trace'] });
    expect(found).toMatchObject({ status: 200, body: { causeStatus: 'FOUND' } });
  });

  test('RKN-L1a a report told twice opens one case; told otherwise it is refused', async () => {
    const reference = walk.unique('twice');
    const once = await walk.reported({ reference });
    expect(await walk.reported({ reference })).toBe(once);
    expect(await walk.report({ reference, lossYen: '7' })).toMatchObject(
      refusal(409, 'event_repeated', 'RKN-L1a'),
    );
  });

  test('RKN-L1a a loss known before it occurred, or not yet, is refused', async () => {
    expect(await walk.report({ knownAt: at('2026-03-19') })).toMatchObject(
      refusal(422, 'facts_contradict', 'RKN-L1a'),
    );
    expect(await walk.report({ knownAt: at('2099-01-01') })).toMatchObject(
      refusal(422, 'event_ahead_of_clock', 'RKN-L1a'),
    );
    expect(await walk.report({ lossYen: '0' })).toMatchObject(refusal(422, 'amount_not_positive'));
  });
});

describe('RKN-L1b, RKN-L1c, RKN-L* payments to the user', () => {
  test('RKN-L1b/a the intermediary names the clause under which it pays', async () => {
    const caseId = await walk.reported();
    expect(await walk.pay(caseId, 'EPSP', '1000', { agreementClause: ' ' })).toMatchObject(
      refusal(422, 'agreement_clause_required', 'RKN-L1b'),
    );
  });

  test('RKN-L1b/b RKN-L2a/a before payment no recourse, after it RKN-L2 is open', async () => {
    const caseId = await walk.reported({ category: 'outage' });
    await walk.attributed(caseId, 'FI');
    await walk.post(caseId, 'scope', { scope: 'service', evidence: ['ev-scope'] });
    expect(await walk.claim(caseId, 'EPSP', '1')).toMatchObject(
      refusal(409, 'not_yet_compensated', 'RKN-L2a'),
    );
    expect(await walk.pay(caseId, 'EPSP', '100000')).toMatchObject({ status: 200 });
    expect(await walk.claim(caseId, 'EPSP', '100000')).toMatchObject({ status: 201 });
  });

  test('RKN-L1c/a an exemption of the agreement ends an outage', async () => {
    const caseId = await walk.reported({ category: 'outage' });
    expect(await walk.post(caseId, 'exemption', { agreementClause: ' ' })).toMatchObject(
      refusal(422, 'agreement_clause_required', 'RKN-L1c'),
    );
    const answer = await walk.post(caseId, 'exemption', { agreementClause: '第15条' });
    expect(answer).toMatchObject({ status: 200, body: { exempt: { value: 'yes' } } });
  });

  test('RKN-L1c/b for fraud the exemption alone is refused', async () => {
    const caseId = await walk.reported();
    const body = { agreementClause: '第15条' };
    expect(await walk.post(caseId, 'exemption', body)).toMatchObject(
      refusal(409, 'fraud_assessment_required', 'RKN-L1d'),
    );
  });

  test('RKN-L* the user is never paid more than the loss, by whomever', async () => {
    const caseId = await walk.reported();
    expect(await walk.pay(caseId, 'EPSP', '60000')).toMatchObject({ status: 200 });
    expect(await walk.pay(caseId, 'FI', '40001')).toMatchObject(
      refusal(422, 'payment_exceeds_loss', 'RKN-L*'),
    );
    expect(await walk.pay(caseId, 'FI', '40000')).toMatchObject({ status: 200 });
  });

  test('RKN-L* one payment is entered once', async () => {
    const caseId = await walk.reported();
    const id = walk.unique('once');
    expect(await walk.pay(caseId, 'EPSP', '10', { id })).toMatchObject({ status: 200 });
    expect(await walk.pay(caseId, 'EPSP', '10', { id })).toMatchObject(refusal(409, 'named_twice'));
  });

  test('RKN-L* the database refuses by itself what the library would never send', async () => {
    const caseId = await walk.reported();
    await walk.pay(caseId, 'EPSP', '100000');
    const insert = (event: object, amount: string, side: string, sequence: number) =>
      bank.database.inInstitution(CHUO, (tx) =>
        tx.query(
          `insert into case_event (institution_id, case_id, sequence, type, event, state_hash, entry_id, side, amount,
             recorded_at, recorded_by)
           values ($8, $1, $5, $2, $3, 'sha256:' || repeat('0', 64), $6, $7, $4, now(), 'nobody')`,
          [
            caseId,
            (event as { type: string }).type,
            JSON.stringify(event),
            amount,
            sequence,
            'forged',
            side,
            CHUO,
          ],
        ),
      );
    const payment = { id: 'forged', by: 'FI', amountYen: '1' };
    await expect(insert({ type: 'paid', payment }, '1', 'FI', 3)).rejects.toThrow(
      /paid_within_loss/,
    );
    await expect(insert({ type: 'paid', payment }, '2', 'FI', 3)).rejects.toThrow(/not the event/);
    const received = { type: 'recourse_received', id: 'forged', by: 'EPSP', amountYen: '100001' };
    await expect(insert(received, '100001', 'EPSP', 3)).rejects.toThrow(/within_paid/);
    await expect(bank.admin('update case_event set amount = 1')).rejects.toThrow(/append-only/);
    await expect(
      bank.database.inInstitution(CHUO, (tx) => tx.query('update loss_case set paid_fi = 1')),
    ).rejects.toThrow(/permission denied/);
  });

  test('RKN-L* a payment does not wait for the attribution, nor may it bear a time to come', async () => {
    const caseId = await walk.reported();
    expect(await walk.pay(caseId, 'EPSP', '1', { paidAt: at('2099-01-01') })).toMatchObject(
      refusal(422, 'event_ahead_of_clock', 'RKN-L1b'),
    );
    expect(await walk.pay(caseId, 'EPSP', '1')).toMatchObject({ status: 200 });
  });
});
