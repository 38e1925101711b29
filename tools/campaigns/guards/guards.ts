import type { Alteration } from './alterations.js';
import { MONEY_TABLES } from './trials/tenancy.js';

export interface Guard {
  readonly name: string;
  /** What takes it away. */
  readonly away: readonly Alteration[];
  /**
   * Guards that stand before it and are taken away first: behind them this one is never asked, so that only
   * without them it can be seen at work.
   */
  readonly behind?: readonly string[];
}

const many = (from: string | RegExp, to: string): Alteration => ({
  fn: 'ledger_post_many',
  from,
  to,
});
const one = (from: string, to: string): Alteration => ({ fn: 'ledger_post_one', from, to });

const againstLostUpdates: readonly Guard[] = [
  { name: 'row lock', away: [many('order by id for no key update', 'order by id')] },
  {
    name: 'version check',
    behind: ['row lock', 'place of the row'],
    away: [many('and a.version = v.loaded', '')],
  },
  {
    // A row that somebody has changed stands elsewhere.
    name: 'place of the row',
    behind: ['row lock', 'version check'],
    away: [many('a.ctid = v.row_place and', '')],
  },
  {
    name: 'unique key of the debit leg',
    behind: ['row lock', 'version check', 'place of the row'],
    away: [{ drop: 'unique', table: 'posting', on: /debit_account, debit_seq/ }],
  },
  {
    name: 'unique key of the credit leg',
    behind: ['row lock', 'version check', 'place of the row'],
    away: [{ drop: 'unique', table: 'posting', on: /credit_account, credit_seq/ }],
  },
];

/** They overlap: what is left when all of them are gone, the rows themselves must show. */
const allAgainstLostUpdates: Guard = {
  name: 'all of these together',
  away: againstLostUpdates.flatMap(({ away }) => away),
};

const order: readonly Guard[] = [
  {
    name: 'lock order of a batch',
    away: [many('order by id for no key update', 'order by id desc for no key update')],
  },
  {
    name: 'lock order of a single posting',
    away: [
      one('if p_credit < p_debit then', 'if p_credit > p_debit then'),
      one('if p_debit < p_credit then', 'if p_debit > p_credit then'),
    ],
  },
];

const onceAndTrue: readonly Guard[] = [
  {
    name: 'primary key of the posting',
    away: [{ drop: 'unique', table: 'posting', on: /^PRIMARY KEY \(institution_id, key, line\)/ }],
  },
  {
    name: 'hash compare',
    away: [
      many(
        'statuses[i] := case when known_hashes[i] = p_hashes[i] then',
        'statuses[i] := case when true then',
      ),
    ],
  },
  {
    name: 'decision on the funds of a batch',
    away: [
      many(
        'and amount <= balances[d] - held_sums[d] + p_use_overdraft[i]::int * overdrafts[d] then',
        'then',
      ),
    ],
  },
  {
    name: 'decision on the funds of a single posting',
    away: [one('and p_amount <= a.balance - a.held + p_use_overdraft::int * a.overdraft', '')],
  },
  {
    name: 'check of the account',
    behind: ['decision on the funds of a batch', 'decision on the funds of a single posting'],
    away: [{ drop: 'check', table: 'account', on: /balance - held/ }],
  },
  {
    name: 'decision on one account twice',
    away: [many('elsif p_debits[j] = p_credits[j] then', 'elsif false then')],
  },
  {
    name: 'check of the posting',
    behind: ['decision on one account twice'],
    away: [{ drop: 'check', table: 'posting', on: /debit_account <> credit_account/ }],
  },
];

/** Reads what stands there and writes the new sums at the end: the same answers as long as nobody else is there. */
const SUMS_WITHOUT_LOCK = `
      insert into limit_use (institution_id, subject, on_date)
      select p_institution, w.subject, w.day from unnest(p_subjects, p_days) w(subject, day)
      on conflict do nothing;
      select array_agg(u.requested order by w.place), array_agg(u.designated order by w.place)
      into request_sums, designated_sums
      from unnest(p_subjects, p_days) with ordinality w(subject, day, place)
      join limit_use u on u.institution_id = p_institution and u.subject = w.subject and u.on_date = w.day;`;

const limitsAndLinks: readonly Guard[] = [
  { name: 'day of the limit, single', away: [one('and u.on_date = p_day', '')] },
  { name: 'day of the limit, batch', away: [many('and u.on_date = v.day', '')] },
  {
    name: 'lock of the limit rows',
    away: [
      many(/with charged as \([^;]*;/, SUMS_WITHOUT_LOCK),
      many('if has_refused and request_sums is not null then', 'if request_sums is not null then'),
    ],
  },
  {
    name: 'link lock, batch',
    away: [many('perform lock_link_shared(p_institution)', 'perform 1')],
  },
  {
    name: 'link lock, single',
    away: [one('pg_advisory_xact_lock_shared(renkei_link_key(p_institution)) is null', 'false')],
  },
];

const tenancyAndHistory: readonly Guard[] = [
  ...MONEY_TABLES.map((table) => ({
    name: `row-level security of ${table}`,
    away: [{ sql: `alter table ${table} disable row level security` }],
  })),
  ...MONEY_TABLES.map((table) => ({
    name: `row-level security of ${table}, forced on its owner`,
    away: [{ sql: `alter table ${table} no force row level security` }],
  })),
  {
    name: 'one institution per transaction, batch',
    away: [
      {
        fn: 'renkei_enter',
        from: 'raise exception',
        to: `perform set_config('renkei.institution', institution::text, true); raise notice`,
      },
    ],
  },
  {
    name: 'one institution per transaction, single',
    away: [one('if renkei_institution() <> p_institution then', 'if false then')],
  },
  {
    name: 'append-only trigger of posting',
    away: [{ sql: 'drop trigger posting_is_append_only on posting' }],
  },
  {
    name: 'append-only trigger of posting_correction',
    away: [{ sql: 'drop trigger posting_correction_is_append_only on posting_correction' }],
  },
  ...MONEY_TABLES.map((table) => ({
    name: `no right to write ${table}`,
    away: [{ sql: `grant insert, update, delete on ${table} to renkei_bank_app` }],
  })),
];

/** Every guard of the ledger that is tried; what stands behind another comes after it. */
export const guards: readonly Guard[] = [
  ...againstLostUpdates,
  allAgainstLostUpdates,
  ...order,
  ...onceAndTrue,
  ...limitsAndLinks,
  ...tenancyAndHistory,
];

/** Not a guard: batches take turns for speed alone, so without it nothing may be found (ledger.md 3.2). */
export const turn: Guard = {
  name: 'turn of the batches',
  away: [many('perform lock_ledger_turn(p_institution)', 'perform 1')],
};
