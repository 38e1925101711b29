import type { CaseEvent } from '#libs/liability';
import { CasesService, type CaseName } from '../../../apps/bank-core/src/cases/index.js';
import type { StaffMember, StaffRole } from '../../../apps/bank-core/src/staff/index.js';
import type { BankCoreUnderTest } from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import { CHUO } from '../../../apps/bank-core/test/api/transfer-stories.js';

export { CHUO };

export const casesOf = (bank: BankCoreUnderTest): CasesService =>
  bank.app.get(CasesService, { strict: false });

/** An officer of the seeds as the desk knows one after log-in. */
export async function officer(
  bank: BankCoreUnderTest,
  name: string,
  role: StaffRole,
): Promise<StaffMember> {
  const mailAddress = `${name}@renkei.example`;
  const [row] = await bank.admin<{ person_id: string }>(
    'select person_id from federation.staff_account where mail_address = $1',
    [mailAddress],
  );
  const grants = [{ role, institutionId: CHUO }];
  return { mailAddress, personId: row?.person_id ?? '', nameJa: name, nameEn: name, grants };
}

/** A report of a loss with a name of its own. */
export async function aCase(
  bank: BankCoreUnderTest,
  reference: string,
  lossYen: bigint,
  { holderId, now = Date.now() }: { holderId?: string; now?: number } = {},
): Promise<CaseName> {
  const told = await casesOf(bank).report(
    CHUO,
    {
      origin: 'institution',
      reference,
      category: 'fraud',
      lossYen,
      occurredAt: now - 86_400_000,
      knownAt: now - 3_600_000,
      requestIds: [],
      ...(holderId !== undefined && { holderId }),
    },
    'campaign',
  );
  if (!told.ok) throw new Error(`A good report was refused: ${told.refusal.code}`);
  return told.value;
}

/** Tells the room an event; true when it was taken. */
export async function told(
  bank: BankCoreUnderTest,
  name: CaseName,
  event: CaseEvent,
): Promise<boolean> {
  const cases = casesOf(bank);
  if (event.type === 'agreement_proposed')
    return (await cases.propose(name, event.agreement, 'campaign')).ok;
  return (await cases.tell(name, event, 'campaign')).ok;
}

/** What the rows themselves say: recomputed from the events, not read from the sums. Findings in words. */
export async function brokenRows(bank: BankCoreUnderTest): Promise<readonly string[]> {
  const rows = await bank.admin<{ id: string; fault: string }>(`
    with counted as (
      select c.institution_id, c.id, c.loss,
        coalesce(sum(e.amount) filter (where e.type = 'paid' and e.side = 'EPSP'), 0) as paid_epsp,
        coalesce(sum(e.amount) filter (where e.type = 'paid' and e.side = 'FI'), 0) as paid_fi,
        coalesce(sum(e.amount) filter (where e.type = 'recourse_received' and e.side = 'EPSP'), 0) as back_epsp,
        coalesce(sum(e.amount) filter (where e.type = 'recourse_received' and e.side = 'FI'), 0) as back_fi,
        coalesce(sum(e.to_payer) filter (where e.side = 'EPSP'), 0) as got_epsp,
        coalesce(sum(e.to_payer) filter (where e.side = 'FI'), 0) as got_fi,
        count(e.entry_id) - count(distinct e.entry_id) as twice,
        count(e.*) as events, c.events as said,
        (c.paid_epsp, c.paid_fi, c.recourse_epsp, c.recourse_fi) as sums
      from loss_case c join case_event e on e.institution_id = c.institution_id and e.case_id = c.id
      group by c.institution_id, c.id
    )
    select id, case
      when paid_epsp + paid_fi > loss then 'paid above the loss'
      when back_epsp + back_fi > paid_epsp + paid_fi then 'recourse above what was paid'
      when back_epsp + got_epsp > paid_epsp + back_fi then 'EPSP recovered more than it bears'
      when back_fi + got_fi > paid_fi + back_epsp then 'FI recovered more than it bears'
      when twice > 0 then 'an entry stands twice'
      when events <> said then 'events were not counted'
      when sums is distinct from (paid_epsp::bigint, paid_fi::bigint, back_epsp::bigint, back_fi::bigint)
        then 'the sums are not those of the events'
    end as fault from counted`);
  return rows.filter(({ fault }) => fault !== null).map(({ id, fault }) => `${id}: ${fault}`);
}
