import type { BankCoreUnderTest } from './bank-core-under-test.js';

/** Who is logged in and when he last came, how often somebody asked, the answer that a client's key gets again. */
const OF_THE_CALLER = [
  'federation.staff_account',
  'federation.staff_session',
  'federation.staff_oidc_attempt',
  'federation.idempotent_answer',
  'public.idempotent_answer',
  'public.case_probe',
  'public.sandbox_clock',
];

/** What the server's jobs make of rows that were there before: seals, digests, feeds, mail, findings of the watch. */
const OF_JOBS = [
  'public.posting_block',
  'federation.audit_digest',
  'public.party_change',
  'federation.party_change',
  'public.call_count',
  'public.notice',
  'public.mailbox_mail',
  'public.watch_finding',
];
const BESIDE_THE_MATTER = [...OF_THE_CALLER, ...OF_JOBS];

/** Every table of the database with a digest of its rows, so that a test can say that nothing has changed. */
export async function wholeDatabase(bank: BankCoreUnderTest): Promise<Map<string, string>> {
  const tables = await bank.admin<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables
     where schemaname in ('public', 'federation') order by 1`,
  );
  const one = ({ name }: { name: string }) =>
    `select '${name}' as name,
       count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as digest from ${name} t`;
  const kept = tables.filter(({ name }) => !BESIDE_THE_MATTER.includes(name));
  const rows = await bank.admin<{ name: string; digest: string }>(
    kept.map(one).join(' union all '),
  );
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}
