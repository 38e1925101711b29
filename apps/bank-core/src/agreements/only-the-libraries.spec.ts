import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { chainMachine, decisionRefusals, machineRefusals } from '#libs/contracts';
import { actSentences } from './domain/act.refusals.js';
import { APPLICATION_ACTS } from './domain/application.js';
import { agreementSentences } from './domain/agreement.refusals.js';
import { applicationSentences } from './domain/application.refusals.js';
import { contractSentences } from './domain/contract.refusals.js';
import { eventOfAct, PARTNER_ACTS } from './domain/partner-act.js';
import { deskSentences, proposalSentences } from './domain/proposal.refusals.js';
import { registerSentences } from './domain/register.refusals.js';
import { standingSentences } from './domain/standing.refusals.js';
import { versionSentences } from './domain/version.refusals.js';

/** The sources of the room, not its specs. */
const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('spec.ts') ? [path] : [];
  });
const files = sources(join(process.cwd(), 'apps/bank-core/src/agreements')).map((path) => ({
  path,
  source: readFileSync(path, 'utf8'),
}));
const text = files.map(({ source }) => source);

/**
 * What the house refuses besides: who may be party from when (the text names the banks, not how they join), what a
 * filing has to look like, and the way of an application, about which the agreement says nothing.
 */
const HOUSE = {
  filing: [
    'contract_period_wrong',
    'functions_and_directions_differ',
    'not_a_chain_partner',
    'partner_scope_too_wide',
    'too_many_proposals',
    'contract_not_open',
    'contract_changed',
    'proposal_closed',
    'version_conflict',
  ],
  parties: [
    'date_in_the_past',
    'period_wrong',
    'not_the_newest_version',
    'already_covered',
    'not_covered_now',
    'agreement_over',
    'agreement_missing',
    'intermediary_terminated',
    'not_a_service',
    'registration_known',
    'revoked_before_registered',
  ],
  applications: [
    'application_over',
    'step_not_open',
    'steps_left',
    'note_required',
    'target_in_the_past',
  ],
  platform: ['not_found', 'document_unknown'],
} as const;
/** Named by the clauses and by `mayPublish`: RKN-0.1, RKN-0.2, RKN-C1a, RKN-C2b. */
const OF_CLAUSES = [...Object.keys(agreementSentences), 'section_missing'];
const named = new Set<string>([
  ...Object.keys(machineRefusals),
  ...Object.keys(decisionRefusals),
  ...OF_CLAUSES,
  ...Object.values(HOUSE).flat(),
]);

describe('the room has no state or refusal that the libraries do not name, but those of the house', () => {
  test('every code refused here, and every sentence kept here, is named', () => {
    const codes = text.flatMap((source) =>
      [...source.matchAll(/refuse[d]?\(\s*'([a-z_]+)'/g)].map(([, code]) => code ?? ''),
    );
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !named.has(code))).toEqual([]);
    const sentences = {
      ...actSentences,
      ...applicationSentences,
      ...contractSentences,
      ...deskSentences,
      ...proposalSentences,
      ...registerSentences,
      ...standingSentences,
      ...versionSentences,
    };
    expect(Object.keys(sentences).filter((code) => !named.has(code))).toEqual([]);
  });

  test('every refusal of the house is refused somewhere here', () => {
    const all = text.join('\n');
    const unused = Object.values(HOUSE)
      .flat()
      .filter((code) => !all.includes(`'${code}'`));
    expect(unused).toEqual([]);
  });

  test('what an intermediary enters is an event of the machine, or moves nothing', () => {
    const events = new Set<string>(chainMachine.rows.map(({ event }) => event));
    const act = { id: 'x', text: 'x', instruction: 'x', dueAt: 1, at: 0 };
    for (const kind of PARTNER_ACTS) {
      const event = eventOfAct({ ...act, kind }, 14);
      expect(event === undefined ? kind : event.type).toBe(kind);
      expect(event === undefined ? kind === 'document_filed' : events.has(kind)).toBe(true);
    }
  });

  test('no state of a connection is written here: it is the machine’s', () => {
    const states = new Set(chainMachine.rows.flatMap(({ from, to }) => [...from, to] as string[]));
    // The documents of the interface show one as an example.
    const rules = files.filter(({ path }) => !path.endsWith('.dto.ts'));
    const written = rules.flatMap(({ source }) =>
      [...source.matchAll(/'([A-Z][A-Z_]{4,})'/g)].map(([, word]) => word ?? ''),
    );
    expect(written.filter((word) => states.has(word))).toEqual([]);
    expect(APPLICATION_ACTS.every((name) => !states.has(name))).toBe(true);
  });
});
