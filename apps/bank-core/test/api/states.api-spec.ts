import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chainMachine, linkMachine, reviewMachine, type CauseStatus } from '#libs/contracts';
import type { CaseEvent } from '#libs/liability';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { MeasureWalk, underAssessment } from './measure-walk.js';
import { CHUO } from './transfer-stories.js';

let bank: BankCoreUnderTest;
/** `table.column` → the values that the database itself admits there. */
let admitted: Map<string, readonly string[]>;

beforeAll(async () => {
  bank = await startBankCore();
  const rows = await bank.admin<{ place: string; check: string }>(
    `select conrelid::regclass::text as place, pg_get_constraintdef(oid) as check
     from pg_constraint where contype = 'c'`,
  );
  const enumerations = rows.flatMap(({ place, check }) => {
    const [, column, values = ''] =
      /^CHECK \(\((\w+) = ANY \(ARRAY\[([^[\]]*)\]\)\)\)$/.exec(check) ?? [];
    const all = [...values.matchAll(/'([^']+)'::text/g)].map(([, value]) => value ?? '');
    return column && all.length > 0 ? [[`${place}.${column}`, all] as const] : [];
  });
  admitted = new Map(enumerations);
});
afterAll(() => bank.stop());

const statesOf = ({ rows }: { rows: readonly { from: readonly string[]; to: string }[] }) =>
  new Set(rows.flatMap(({ from, to }) => [...from, to]));
const eventsOf = ({ rows }: { rows: readonly { event: string }[] }) =>
  new Set(rows.map(({ event }) => event));

/** Exhaustive by its type: a status or an event of the libraries that is missing here does not compile. */
const CAUSES: Readonly<Record<CauseStatus, true>> = {
  OPEN: true,
  INVESTIGATING: true,
  FOUND: true,
  UNKNOWN: true,
};
const CASE_EVENTS: Readonly<Record<CaseEvent['type'], true>> = {
  loss_reported: true,
  cause_found: true,
  cause_unknown: true,
  exemption_found: true,
  scope_found: true,
  unavoidable_judged: true,
  showing_attached: true,
  paid: true,
  attributed: true,
  agreement_proposed: true,
  agreement_accepted: true,
  recourse_received: true,
  recovered: true,
  decided: true,
};

/** Registers of the house: the texts name no state for who is registered, employed or examined. */
const HOUSE: Readonly<Record<string, readonly string[]>> = {
  'federation.intermediary.status': ['pending', 'active', 'terminated'],
  'federation.chain_partner.status': ['proposed', 'withdrawn', 'contracted', 'stopped'],
  'federation.evidence_file.state': ['quarantined', 'clean', 'infected'],
  'federation.staff_account.state': ['active', 'locked', 'left'],
  'reading_choice.status': ['proposed', 'signed'],
};

/** Rooms in which other clauses are at work (SM-3 to SM-9), with tests of their own. */
const OTHER_ROOMS = [
  'consent.state',
  'consent_account.status',
  'clearing_outbox.state',
  'credential_otp.state',
  'hold.state',
  'scheduled_posting.state',
  'transfer.status',
];

describe('RKN-S4, RKN-C2, RKN-L what the database admits as a state is what the libraries name', () => {
  test('RKN-D5 of a link: states of its machine', () => {
    const states = statesOf(linkMachine);
    const names = new Set([...states].map((name) => name.toLowerCase()));
    expect(admitted.get('link_state.state')?.filter((name) => !names.has(name))).toEqual([]);
  });

  test('RKN-L1a of a case: the statuses of its cause and the events of its sequence, each of them', () => {
    const causes = admitted.get('loss_case.cause_status') ?? [];
    expect(causes.length).toBeGreaterThan(2);
    expect(causes.filter((name) => !(name in CAUSES))).toEqual([]);
    expect(new Set(admitted.get('case_event.type'))).toEqual(new Set(Object.keys(CASE_EVENTS)));
  });

  test('RKN-C1b, RKN-C1c, RKN-C1d what is entered of a partner: events of its machine, or a filing', () => {
    const events = eventsOf(chainMachine);
    const kinds = admitted.get('federation.partner_act.kind') ?? [];
    expect(kinds.filter((kind) => !events.has(kind))).toEqual(['document_filed']);
  });

  test('what the house registers besides is listed, to the last value; nothing else has states', async () => {
    for (const [place, values] of Object.entries(HOUSE))
      expect([place, new Set(admitted.get(place))]).toEqual([place, new Set(values)]);
    const isState = (place: string) => /\.(?:state|status|cause_status)$/.test(place);
    const known = new Set([
      ...Object.keys(HOUSE),
      ...OTHER_ROOMS,
      'link_state.state',
      'loss_case.cause_status',
    ]);
    const all = [...admitted.keys()].filter(isState);
    expect(all.filter((place) => !known.has(place))).toEqual([]);
    // A state that no check bounds would pass unseen.
    const open = await bank.admin<{ place: string }>(
      `select case when table_schema = 'public' then '' else table_schema || '.' end
         || table_name || '.' || column_name as place
       from information_schema.columns
       where table_schema in ('public', 'federation') and data_type = 'text'
         and column_name in ('state', 'status', 'cause_status') order by 1`,
    );
    const unbounded = open.map(({ place }) => place).filter((place) => !admitted.has(place));
    // What a feed repeats of others' states, and the random value of a login elsewhere (RFC 6749).
    expect(unbounded).toEqual([
      'consent_event.state',
      'federation.party_change.state',
      'federation.staff_oidc_attempt.state',
      'party_change.state',
    ]);
  });
});

describe('RKN-S4 what is kept of a procedure is the machine’s own state, and its events are the machine’s', () => {
  test('RKN-S4a after a demand: every state and every event has its name in the machine', async () => {
    const walk = new MeasureWalk(bank);
    await walk.logIn();
    await underAssessment(walk, [CHUO]);
    const grounds = { text: '4.2 の証拠がない', evidence: ['doc_1'] };
    await walk.take(walk.propose('found_deficient', { items: ['4.2'], grounds }));
    await walk.take(walk.propose('improvement_demanded', { items: ['4.2'], grounds }));
    await walk.receive('improvement_demand');
    const kept = await bank.admin<{ name: string; type: string }>(
      `select m.state ->> 'name' as name, e.event ->> 'type' as type from matter m
       join matter_event e using (institution_id, machine, key)
       where m.machine = 'security-review'`,
    );
    expect(new Set(kept.map(({ name }) => name))).toEqual(new Set(['IMPROVEMENT_REQUESTED']));
    expect(statesOf(reviewMachine)).toContain('IMPROVEMENT_REQUESTED');
    const events = eventsOf(reviewMachine);
    expect(kept.length).toBeGreaterThan(4);
    expect(kept.filter(({ type }) => !events.has(type))).toEqual([]);
  });
});
