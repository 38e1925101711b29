import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as contracts from '#libs/contracts';
import type { Words } from '#libs/kernel';
import { liabilityRefusals } from '#libs/liability';

const { decisionRefusals, machineRefusals } = contracts;
const LIBRARY: Readonly<Record<string, Words>> = {
  ...machineRefusals,
  ...decisionRefusals,
  ...liabilityRefusals,
};
const MACHINES = Object.entries(contracts).flatMap(([name, value]) =>
  name.endsWith('Machine') ? [[name, value as { rows: readonly TableRow[] }] as const] : [],
);
interface TableRow {
  readonly from: readonly string[];
  readonly to: string;
}
const STATES = new Set(
  MACHINES.flatMap(([, { rows }]) => rows.flatMap(({ from, to }) => [...from, to])),
);

/**
 * The rooms in which the contract is at work (RKN-0 to RKN-D, SM-13, SM-14), each with the refusals of the house: what
 * the texts say nothing about. Whether a thing is there, what a file or a list is, who works here, how often one may
 * ask. A rule of the contract is none of these: it stands in a library and is called from there.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'bank-core/src/measures': [
    ...['finding_unknown', 'letter_unknown', 'too_many_previews'],
    // An officer's word on a letter's arrival, held against when it was sent; and who is party at all (RKN-0.2).
    ...['arrived_before_sent', 'institution_not_covered', 'incident_unknown'],
    'statements_exhausted',
  ],
  'bank-core/src/links': [
    'hold_not_found',
    // What a caller outside is told of a state that the machine has.
    ...['linkage_restricted', 'linkage_terminated', 'not_a_scope'],
  ],
  'bank-core/src/matters': [],
  'bank-core/src/cases': [
    ...['case_unknown', 'transfer_unknown', 'transfer_in_other_case', 'text_changed'],
    ...['too_many_probes', 'institution_not_covered', 'role_missing'],
  ],
  'bank-core/src/reviews': [
    ...['evidence_infected', 'evidence_quarantined', 'evidence_too_much', 'evidence_unknown'],
    ...['file_empty', 'file_malformed', 'file_too_large', 'file_type_refused', 'answers_refused'],
    ...['item_unknown', 'standard_unknown', 'submission_unknown', 'template_unknown'],
    ...['gap_overdue', 'standard_unchanged', 'version_conflict', 'institution_not_covered'],
    // What is kept and for how long: the agreement leaves it to the institution (P.rkn.evidenceRetention).
    ...['evidence_erased', 'partner_unknown'],
  ],
  'bank-core/src/agreements': [
    // Who is party from when: the text names the banks, not how they join or leave.
    ...['agreement_missing', 'agreement_over', 'already_covered', 'not_covered_now'],
    ...['date_in_the_past', 'period_wrong', 'not_the_newest_version', 'institution_not_covered'],
    ...['registration_known', 'revoked_before_registered', 'intermediary_terminated'],
    // What a filing about a partner or a service has to look like, and what a call through a partner is told.
    ...['contract_not_open', 'contract_period_wrong', 'functions_and_directions_differ'],
    ...['contract_changed', 'proposal_closed'],
    ...['not_a_chain_partner', 'not_a_service', 'partner_scope_too_wide', 'section_missing'],
    ...['chain_partner_scope', 'chain_partner_stopped', 'chain_partner_unknown'],
    ...['too_many_proposals', 'version_conflict', 'document_unknown', 'not_found'],
    // The way from the first contact to going live, about which the agreement says nothing.
    ...['application_over', 'step_not_open', 'steps_left', 'note_required', 'target_in_the_past'],
  ],
  // Who told of what, once, and whether it has been read: no clause has a state for it.
  'bank-core/src/incidents': [
    ...['incident_unknown', 'entry_unknown', 'incident_reported_before'],
    ...['incident_reports_exhausted', 'incident_unread', 'incident_unresolved', 'incident_closed'],
    'institution_not_covered',
  ],
  'bank-core/src/documents': ['document_too_large', 'document_unknown'],
  'bank-core/src/staff': [
    ...['proposal_changed', 'proposal_ended', 'proposal_unknown'],
    ...['role_missing', 'role_of_oneself', 'role_unknown'],
    ...['staff_issuer_not_used', 'staff_issuer_unavailable'],
    ...['staff_login_failed', 'staff_session_missing'],
  ],
  // The gateway's side of an intermediary's own affairs: lists, versions, and a bank that does not answer.
  'gateway/src/participants': [
    ...['core_unavailable', 'list_cursor_invalid', 'not_found'],
    ...['version_conflict', 'version_required', 'validation_failed', 'period_too_long'],
  ],
};
const SOURCES = join(process.cwd(), 'apps');

interface Source {
  readonly path: string;
  readonly text: string;
}
const sourcesIn = (folder: string): readonly Source[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry): readonly Source[] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    const isSource = /\.tsx?$/.test(entry.name) && !/spec\.tsx?$/.test(entry.name);
    return isSource ? [{ path, text: readFileSync(path, 'utf8') }] : [];
  });
const matches = (sources: readonly Source[], pattern: RegExp): string[] =>
  sources.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, found]) => found ?? ''));

/** The codes for which a room's own `*.refusals.ts` write a sentence in both languages. */
const written = (sources: readonly Source[]): Map<string, Words> =>
  new Map(
    sources
      .filter(({ path }) => path.endsWith('.refusals.ts'))
      .flatMap(({ text }) => [
        ...text.matchAll(/\b([a-z_]+): \{[^{}]*?ja:\s*(['"])(.*?)\2,\s*en:\s*(['"])(.*?)\4/gs),
      ])
      .map(([, code = '', , ja = '', , en = '']) => [code, { ja, en }]),
  );

/** Said of an institution's own values, and not by a machine: unset is always a refusal (INT-12). */
const OF_PARAMETERS = ['parameter_unset', 'parameter_malformed'];
/** What an intermediary is told at its call, in words for it; the library's are for who moves the matter. */
const TOLD_OUTSIDE = ['linkage_suspended'];
/** The house says it of every approval, also of those that no machine knows (T-17). */
const OF_EVERY_APPROVAL = ['four_eyes_required'];

const IN_OTHER_WORDS = [...OF_PARAMETERS, ...TOLD_OUTSIDE, ...OF_EVERY_APPROVAL];

describe.each(Object.entries(ROOMS))('the room %s', (room, house) => {
  const sources = sourcesIn(join(SOURCES, room));
  const own = written(sources);

  test('refuses with a code of the libraries, or with one of the house that is listed', () => {
    const refused = new Set([
      ...matches(sources, /refused\(\s*'([a-z_]+)'/g),
      ...matches(sources, /\bcode: '([a-z_]+)'/g),
      ...own.keys(),
    ]);
    const foreign = [...refused].filter((code) => !(code in LIBRARY)).sort();
    expect(foreign).toEqual([...house].sort());
  });

  test('says nothing of its own where a library has said it', () => {
    const again = [...own].filter(([code]) => code in LIBRARY && !IN_OTHER_WORDS.includes(code));
    for (const [code, words] of again)
      expect({ code, ...words }).toEqual({ code, ...LIBRARY[code] });
  });

  test('lists no refusal as the house’s that a library names', () => {
    expect(house.filter((code) => code in LIBRARY)).toEqual([]);
  });

  test('looks at no state that no machine has', () => {
    const looked = matches(sources, /\b(?:name|state|cameTo) (?:===|!==) '([A-Z][A-Z_]+)'/g);
    expect(looked.filter((state) => !STATES.has(state))).toEqual([]);
  });

  test('keeps machines of the libraries and none of its own', () => {
    const kept = matches(sources, /readonly machine = (\w+);/g);
    const known = MACHINES.map(([name]) => name);
    expect(kept.filter((name) => !known.includes(name))).toEqual([]);
    const ofMachines = /import \{[^}]*\browsOf\b[^}]*\} from '#libs\/contracts'/;
    const tables = sources.filter(({ text }) => ofMachines.test(text)).map(({ path }) => path);
    expect(tables).toEqual([]);
  });
});

describe('the search finds what it looks for', () => {
  const all = Object.keys(ROOMS).flatMap((room) => sourcesIn(join(SOURCES, room)));

  test('refusals, words, states and machines are there to be judged', () => {
    expect(matches(all, /refused\(\s*'([a-z_]+)'/g).length).toBeGreaterThan(50);
    expect(written(all).size).toBeGreaterThan(20);
    expect(matches(all, /readonly machine = (\w+);/g).sort()).toEqual(
      expect.arrayContaining(['chainMachine', 'holdMachine', 'linkMachine', 'reviewMachine']),
    );
    expect(matches(all, /\b(?:name|state) === '([A-Z][A-Z_]+)'/g).length).toBeGreaterThan(5);
    expect(STATES.size).toBeGreaterThan(40);
  });
});
