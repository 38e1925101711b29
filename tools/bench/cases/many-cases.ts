import type { BankCoreUnderTest } from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import { CHUO } from '../../../apps/bank-core/test/api/transfer-stories.js';

/**
 * Other cases of the same institution, each with a few events, notes and facts: rows as the room writes them, filled in
 * behind it, since telling 10⁵ cases would take the better part of an hour.
 */
export async function fillCases(bank: BankCoreUnderTest, cases: number): Promise<void> {
  const event = { type: 'showing_attached', evidence: ['ev-1', 'ev-2'], recordedAt: 0 };
  await bank.admin(
    `insert into loss_case (institution_id, id, origin, reference, report_hash, category, request_ids, loss,
       occurred_at, known_at, reported_at, opened_by, cause_status)
     select $1, 'case_' || lpad(to_hex(n), 26, '0'), 'institution', 'filled-' || n, 'x', 'outage', '{}', 100000,
       now(), now(), now(), 'bench', 'INVESTIGATING' from generate_series(1, $2) n`,
    [CHUO, cases],
  );
  // Sums stay as they are: events of this kind move no money, and only the owner may leave the counting out.
  await bank.admin('alter table case_event disable trigger case_event_is_counted');
  await bank.admin(
    `insert into case_event (institution_id, case_id, sequence, type, event, state_hash, recorded_at, recorded_by)
     select $1, 'case_' || lpad(to_hex(n), 26, '0'), s, 'showing_attached', $3,
       'sha256:' || repeat('0', 64), now(), 'bench' from generate_series(1, $2) n, generate_series(1, 4) s`,
    [CHUO, cases, JSON.stringify(event)],
  );
  await bank.admin('alter table case_event enable trigger case_event_is_counted');
  await bank.admin(
    `insert into case_note (institution_id, case_id, kind, content, recorded_at, recorded_by)
     select $1, 'case_' || lpad(to_hex(n), 26, '0'), 'minutes', '{"text":"filled"}', now(), 'bench'
     from generate_series(1, $2) n`,
    [CHUO, cases],
  );
  await bank.admin('analyze loss_case, case_event, case_note');
}
