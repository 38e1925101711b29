import { established, excluded } from '#libs/kernel';
import type { CompensationClaim } from '#libs/liability';
import { ClaimsService } from '../../../apps/bank-core/src/cases/index.js';
import { ProposalDesk, type StaffMember } from '../../../apps/bank-core/src/staff/index.js';
import type { BankCoreUnderTest } from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import { stolen } from '../../../apps/bank-core/test/api/stolen-money.js';
import { partyOf, type Party } from '../../../apps/bank-core/test/api/transfer-stories.js';
import { seeded, type Random } from '../oracle/random.js';
import { Cut, type Cutter } from './cuts.js';
import { aCase, CHUO } from './room.js';

const STATEMENTS_MAX = 30;
const LOSS_YEN = 1_000n;

export interface KillFigures {
  readonly half_done: number;
  readonly lost_deadlines: number;
  readonly doubled_effects: number;
}

interface Ground {
  readonly bank: BankCoreUnderTest;
  readonly cutter: Cutter;
  readonly one: StaffMember;
  readonly other: StaffMember;
  readonly holder: Party;
}

/**
 * Claims from the report to the payment, each cut off at a random place and told again by whoever had no answer, with
 * the desk's job taking up what was approved. Afterwards the rows say what is half done, doubled or without deadline.
 */
export async function killRounds(
  bank: BankCoreUnderTest,
  cutter: Cutter,
  people: { one: StaffMember; other: StaffMember },
  options: { kills: number; seed: number },
): Promise<{ figures: KillFigures; cuts: number; rounds: number }> {
  const holder = await partyOf(bank, CHUO, 'taro-2963');
  const ground = { bank, cutter, ...people, holder };
  const { seed, kills } = options;
  let rounds = 0;
  for (; cutter.cuts < kills; rounds += 1)
    await oneClaim(ground, `kill-${seed}-${rounds}`, seeded(seed + rounds));
  cutter.disarm();
  await bank.app.get(ProposalDesk, { strict: false }).resume();
  const figures = await figuresOf(bank.admin, {
    rounds,
    named: `kill-${seed}-`,
    lossYen: LOSS_YEN,
  });
  return { figures, cuts: cutter.cuts, rounds };
}

/** Does a step with one cut somewhere in it, then again until it is answered. */
async function cutOff<Value>(
  { cutter }: Ground,
  random: Random,
  step: () => Promise<Value>,
): Promise<Value> {
  cutter.arm(random.between(1, STATEMENTS_MAX), random.chance(5));
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!isCut(error)) throw error;
    } finally {
      cutter.disarm();
    }
  }
}

const isCut = (error: unknown): boolean =>
  error instanceof Cut || /terminat|Connection|closed/i.test(String(error));

async function oneClaim(ground: Ground, name: string, random: Random): Promise<void> {
  const { bank, one, other, holder } = ground;
  const desk = bank.app.get(ProposalDesk, { strict: false });
  const claims = bank.app.get(ClaimsService, { strict: false });
  const { holderId } = holder;
  const told = { holderId, now: Date.now() };
  const at = new Date(told.now - 86_400_000).toISOString();
  const transferId = await stolen(bank, holder, { at, amountYen: `${LOSS_YEN}` });
  const claim = aClaim(transferId, Date.parse(at), told.now);
  const opened = await cutOff(ground, random, () => aCase(bank, name, LOSS_YEN, told));
  await cutOff(ground, random, () => claims.establish(opened, 0, claim, one.mailAddress));
  const content = { ...opened, factsVersion: 1, amountYen: null, grounds: null, accountId: null };
  const proposed = await cutOff(ground, random, () =>
    desk.propose(one, 'case_compensation', content, [CHUO]),
  );
  if (!proposed.ok) throw new Error(`A good award was refused: ${proposed.refusal.code}`);
  const { id, contentHash } = proposed.value.proposal;
  await cutOff(ground, random, () => desk.approve(id, other, contentHash));
  await cutOff(ground, random, () => desk.resume());
}

export function aClaim(transferId: string, happenedAt: number, now: number): CompensationClaim {
  return {
    holderIsIndividual: established('ev'),
    credentialsStolen: established('ev'),
    depositReduced: established('ev'),
    theftDate: { status: 'not_clear', evidence: [] },
    notices: [{ id: 'n', at: now - 3_600_000, kind: 'notice', tellsOfMisuse: true }],
    promptNotice: established('ev'),
    adequateExplanation: established('ev'),
    policeReport: established('ev'),
    otherTheftEvidence: excluded('ev'),
    cooperation: established('ev'),
    holderFault: { value: 'none', evidence: ['ev'] },
    institutionGoodFaith: established('ev'),
    institutionFaultless: established('ev'),
    relation: { value: 'stranger', evidence: ['ev'] },
    falseStatement: excluded('ev'),
    graveDisorder: excluded('ev'),
    transfers: [{ id: transferId, happenedAt, amount: LOSS_YEN, fee: 0n, interest: 0n }],
    impediments: [],
    setOffs: [],
  };
}

/** Judged by the rows: each claim decided, entered, posted and in writing exactly once, each case dated. */
export async function figuresOf(
  admin: BankCoreUnderTest['admin'],
  { rounds, named, lossYen }: { rounds: number; named: string; lossYen: bigint },
): Promise<KillFigures> {
  const [row] = await admin<Record<'whole' | 'cases' | 'undated' | 'doubled', string>>(
    `with mine as (
       select c.institution_id, c.id, c.cause_due_at, c.paid_fi,
         (select count(*) from case_event e where e.institution_id = c.institution_id and e.case_id = c.id
            and e.type = 'paid') as paid,
         (select count(*) from case_decision d where d.institution_id = c.institution_id and d.case_id = c.id
            and d.about = 'compensation') as decided,
         (select count(*) from document o where o.institution_id = c.institution_id and o.subject = c.id) as written,
         (select count(*) from case_compensation m join posting p
            on p.institution_id = m.institution_id and p.key = ledger_key(m.posting_key) and p.status = 'posted'
            where m.institution_id = c.institution_id and m.case_id = c.id and p.amount = m.paid) as posted,
         (select count(*) from posting p where p.institution_id = c.institution_id and p.debit_text = c.id
            and p.status = 'posted') as postings
       from loss_case c where c.reference like $1)
     select count(*)::text as cases,
       count(*) filter (where paid = 1 and decided = 1 and written = 1 and posted = 1 and paid_fi = $2)::text as whole,
       count(*) filter (where cause_due_at is null)::text as undated,
       count(*) filter (where greatest(paid, decided, written, posted, postings) > 1)::text as doubled
     from mine`,
    [`${named}%`, lossYen],
  );
  return {
    half_done: rounds - Number(row?.whole ?? 0),
    lost_deadlines: rounds - Number(row?.cases ?? 0) + Number(row?.undated ?? 0),
    doubled_effects: Number(row?.doubled ?? 0),
  };
}
