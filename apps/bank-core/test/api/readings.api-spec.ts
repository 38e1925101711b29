import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CaseWalk, finding, refusal } from './case-walk.js';
import { officerAtWork, type StaffAnswer } from './officers.js';

const READINGS = '/readings/2963';
const DAY_MS = 86_400_000;

let bank: BankCoreUnderTest;
let walk: CaseWalk;

beforeAll(async () => {
  bank = await startBankCore();
  walk = await CaseWalk.start(bank);
});
afterAll(() => bank.stop());

async function today(): Promise<CivilDate> {
  const [row] = await bank.admin<{ now: Date }>('select renkei_now() as now');
  return CivilDate.inTokyo(row?.now.getTime() ?? 0);
}
const propose = async (entry: string, reading: string, days: number, more: object = {}) => {
  const effectiveFrom = (await today()).plusDays(days).toString();
  return walk.officer.post(READINGS, { entry, reading, effectiveFrom, ...more });
};

interface Entry {
  readonly entry: string;
  readonly inForce: { readonly reading: string; readonly version: number };
  readonly coming: readonly object[];
}
async function entryOf(entry: string): Promise<Entry | undefined> {
  const { body } = await walk.officer.get(READINGS);
  return (body['entries'] as Entry[]).find((one) => one.entry === entry);
}

describe('which reading an institution takes', () => {
  test('INT-01 without a choice the register’s own readings hold, all thirty-one, unsigned', async () => {
    const { body } = await walk.officer.get('/readings/2951');
    expect(body).toMatchObject(refusal(403, 'role_missing').body);
    const own = await walk.officer.get(READINGS);
    const entries = own.body['entries'] as Entry[];
    expect(entries).toHaveLength(31);
    for (const { inForce } of entries)
      expect(inForce).toMatchObject({ reading: 'A', version: 0, status: 'proposed' });
  });

  test('INT-04 INT-20 INT-30 a choice that cannot be is refused, each by the library’s word', async () => {
    const refused: [Promise<StaffAnswer>, number, string][] = [
      [propose('INT-20', 'Z', 1), 422, 'reading_unknown'],
      [propose('INT-20', 'B', 0), 422, 'effective_date_passed'],
      [propose('INT-04', 'B', 1), 422, 'signature_required'],
      [propose('INT-30', 'C', 1), 422, 'reading_not_selectable'],
    ];
    for (const [answer, status, code] of refused)
      expect(await answer).toMatchObject(refusal(status, code));
    expect(await bank.admin('select 1 from reading_choice')).toEqual([]);
  });

  test('T-17 one proposes, another approves exactly that, and nobody changes it afterwards', async () => {
    const proposed = await propose('INT-16', 'C', 400);
    expect(await walk.approve(proposed, walk.officer)).toMatchObject({ status: 403 });
    expect(await walk.approved(proposed)).toEqual({ entry: 'INT-16', version: 1 });
    expect((await entryOf('INT-16'))?.coming).toMatchObject([{ reading: 'C', version: 1 }]);
    const again = await propose('INT-16', 'B', 400);
    expect(await walk.approved(again)).toMatchObject({ refused: { code: 'version_taken' } });
    await expect(bank.admin(`update reading_choice set reading = 'B'`)).rejects.toThrow(
      'append-only',
    );
  });
});

describe('decisions by the reading of their day', () => {
  test('INT-20 SM-14.1-3 copied into the decision; a later choice changes no earlier decision', async () => {
    const signsAlone = {
      policeReport: finding('no', 'ev'),
      otherTheftEvidence: finding('yes', 'ev-log'),
    };
    const caseId = await walk.claimed(signsAlone);
    const paid = await walk.approved(await walk.award(caseId));
    expect(paid).toMatchObject({ kind: 'full' });
    await walk.approved(await propose('INT-20', 'B', 1));
    expect(await walk.said(signsAlone)).toMatchObject({ kind: 'full' });
    await bank.admin('insert into sandbox_clock (offset_ms) values ($1)', [DAY_MS]);
    await walk.officer.logIn();
    await walk.approver.logIn();
    expect(await entryOf('INT-20')).toMatchObject({ inForce: { reading: 'B', version: 1 } });
    expect(await walk.said(signsAlone)).toMatchObject({ kind: 'not_claimable' });

    const later = await walk.claimed(signsAlone);
    const decided = await walk.approved(await walk.award(later));
    expect(decided).toMatchObject({ kind: 'not_claimable', paidYen: '0' });
    const replay = (id: string, decision: unknown) =>
      walk.post(id, `decisions/${String(decision)}/replays`);
    const now = await replay(later, decided['decisionId']);
    expect(now.body).toMatchObject({ same: true });
    expect(JSON.stringify(now.body['decision'])).toContain('chuo-approver@renkei.example');
    const then = await replay(caseId, paid['decisionId']);
    expect(then.body).toMatchObject({ same: true, decision: { outcome: { kind: 'full' } } });
    expect(readingOf(now.body)).toMatchObject({ reading: 'B', version: 1 });
    expect(readingOf(then.body)).toMatchObject({ reading: 'A', version: 0 });
    const officer = await officerAtWork(bank, 'saikai-clerk');
    const elsewhere = await officer.get('/readings/2825');
    const entries = elsewhere.body['entries'] as Entry[];
    expect(entries.find(({ entry }) => entry === 'INT-20')?.inForce.reading).toBe('A');
  });
});

function readingOf(body: StaffAnswer['body']): object | undefined {
  const { readings } = body['decision'] as { readings: { entry: string }[] };
  return readings.find(({ entry }) => entry === 'INT-20');
}
