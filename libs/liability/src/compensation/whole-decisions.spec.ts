import { readFileSync } from 'node:fs';
import { canonicalJson, established, excluded, notEstablished } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { aClaim, aTransfer, at, someTerms } from '../../test/a-claim.js';
import { decided } from '../../test/decided.js';
import type { CompensationClaim, Impediment } from './claim.js';
import { decideCompensation } from './decide-compensation.js';

/** Decisions as a whole, with every step, fact and duty: what a reader of the document relies on. */
const expected = JSON.parse(
  readFileSync(
    new URL(
      '../../../../../libs/liability/test/expected/whole-decisions.expected',
      import.meta.url,
    ),
    'utf8',
  ),
) as Record<string, unknown>;

const impediment = (id: string, changes: Partial<Impediment> = {}): Impediment => ({
  id,
  circumstance: `circumstance of ${id}`,
  from: '2026-03-05',
  to: '2026-03-14',
  proven: established(`ev-${id}`),
  ...changes,
});

const twoTransfers = [
  aTransfer('t-1', at('2026-02-28'), 100_000n, 0n, 0n),
  aTransfer('t-2', at('2026-03-01', '00:00'), 200_000n, 330n, 12n),
];
const determination = {
  amountYen: 60_000n,
  grounds: 'reused password',
  decidedBy: 'staff-1',
  approvedBy: 'staff-2',
};
const refund = { id: 's-1', kind: 'refund', amountYen: 30_000n } as const;
const damages = { id: 's-2', kind: 'damages', amountYen: 5_000n } as const;
const enrichment = { id: 's-3', kind: 'unjust_enrichment', amountYen: 2_000n } as const;
const careless = { value: 'ordinary', evidence: ['ev-interview'] } as const;
const gross = { value: 'gross', evidence: ['ev-interview'] } as const;

const workday = [{ from: '09:00', to: '17:00' }];
const closedOnSundays = {
  weekly: {
    sun: [],
    mon: workday,
    tue: workday,
    wed: workday,
    thu: workday,
    fri: workday,
    sat: workday,
  },
  exceptions: [],
};

type Case = readonly [
  title: string,
  claim: Partial<CompensationClaim>,
  letters?: Parameters<typeof someTerms>[1],
  parameters?: Parameters<typeof someTerms>[0],
];

const cases: readonly Case[] = [
  [
    'SM-14.2a in full, with fee, interest, a proven impediment and money already back',
    {
      transfers: twoTransfers,
      impediments: [impediment('hospital')],
      setOffs: [refund, damages, enrichment],
      theftDate: { status: 'known', date: '2026-02-20', evidence: ['ev-police'] },
      noticedAt: at('2026-03-30'),
    },
  ],
  ['SM-14.2b only the later of two transfers', { transfers: twoTransfers }],
  ['SM-13.1b not an individual', { holderIsIndividual: excluded('ev-register') }],
  [
    'SM-13.1b nobody has established the theft, and the explanation is poor',
    { credentialsStolen: notEstablished, adequateExplanation: excluded('ev-interview') },
  ],
  [
    'SM-14.1-1, SM-14.1-3 open conditions',
    {
      promptNotice: notEstablished,
      policeReport: notEstablished,
      otherTheftEvidence: notEstablished,
    },
  ],
  [
    'SM-14.1-3 the report is required and missing',
    { policeReport: excluded('ev-police'), otherTheftEvidence: established('ev-log') },
    { 'INT-20': 'B' },
  ],
  [
    'SM-14.3 barred by the day of the theft',
    { theftDate: { status: 'known', date: '2024-03-30', evidence: ['ev-police'] } },
  ],
  [
    'SM-14.4-1-1, SM-14.4-1-2, SM-14.4-1-3, SM-14.4-2 four grounds at once',
    {
      holderFault: gross,
      relation: { value: 'spouse', evidence: ['ev-register'] },
      falseStatement: established('ev-interview'),
      graveDisorder: established('ev-news'),
    },
  ],
  [
    'SM-14.4-1-0 a ground spared by the fault of the institution',
    {
      relation: { value: 'cohabiting_relative', evidence: ['ev-register'] },
      institutionFaultless: excluded('ev-log'),
    },
  ],
  [
    'SM-14.4-1-0 nobody has established the fault of the institution (X-17)',
    {
      relation: { value: 'spouse', evidence: ['ev-register'] },
      institutionFaultless: notEstablished,
      falseStatement: notEstablished,
      graveDisorder: notEstablished,
    },
  ],
  [
    'SM-14.4-1-1 taken alone under INT-04 B',
    { holderFault: gross, institutionGoodFaith: excluded('ev-log') },
    { 'INT-04': 'B' },
  ],
  ['SM-14.2e a part, not yet determined', { holderFault: careless, setOffs: [refund] }],
  [
    'SM-14.2e a part, determined by two',
    { holderFault: careless, setOffs: [refund], determination },
  ],
  [
    'SM-14.2e a part, set off before it (INT-07 B)',
    { holderFault: careless, setOffs: [refund], determination },
    { 'INT-07': 'B' },
  ],
  [
    'SM-14.2a no rule for gross negligence with the institution at fault',
    { holderFault: gross, institutionFaultless: excluded('ev-log') },
  ],
  [
    'SM-14.2a nothing by reading (INT-05 C)',
    { holderFault: { value: 'intent', evidence: [] } },
    { 'INT-05': 'C' },
  ],
  [
    'SM-14.2c an impediment whose proof is open decides a transfer',
    {
      transfers: twoTransfers,
      impediments: [
        impediment('journey', { proven: notEstablished }),
        impediment('flood', {
          from: '2026-02-01',
          to: '2026-02-03',
          countsThoughEarlier: notEstablished,
        }),
      ],
    },
  ],
  [
    'SM-14.2c an impediment that is not proven',
    { impediments: [impediment('journey', { proven: excluded() })] },
  ],
  [
    'SM-14.2a the fault of the holder is not established',
    { holderFault: { value: 'unknown', evidence: [] }, determination: undefined },
  ],
  [
    'SM-14.3 the desk was closed on the last day (INT-01 B), a loss report is the notice (INT-26 B)',
    {
      notices: [{ id: 'rep-1', at: at('2026-11-23'), kind: 'loss_report', tellsOfMisuse: false }],
      theftDate: { status: 'known', date: '2024-11-22', evidence: [] },
      transfers: [aTransfer('t-1', at('2026-11-20'), 1_000n)],
    },
    { 'INT-01': 'B', 'INT-26': 'B' },
    { 'P.sm.desk.hours': closedOnSundays },
  ],
];

describe('whole decisions', () => {
  // A rest parameter: jest would take a fourth named one for its callback in shorter rows.
  test.each(cases)('%s', (...[title, claim, letters, parameters]: Case) => {
    const decision = decided(decideCompensation(aClaim(claim), someTerms(parameters, letters)));
    const { outcome, trace, unknown, human, duties, readings } = decision;
    const taken = readings.map(({ entry, reading }) => `${entry} ${reading}`);
    const whole = { outcome, trace, unknown, human, duties, taken };
    // As text: a difference is short to find, and no comparison of large objects is needed.
    expect(canonicalJson(whole)).toBe(canonicalJson(expected[title]));
  });

  test('nothing is expected that no case asks', () => {
    expect(Object.keys(expected)).toEqual(cases.map(([title]) => title));
  });
});
