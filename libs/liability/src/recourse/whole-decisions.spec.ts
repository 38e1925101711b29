import { readFileSync } from 'node:fs';
import { canonicalJson, established, notEstablished } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import {
  anAgreement,
  anAttribution,
  aQuestion,
  paidBy,
  recourseTerms,
  unavoidable,
} from '../../test/a-question.js';
import { decided } from '../../test/decided.js';
import { decideRecourse } from './decide-recourse.js';
import type { RecourseQuestion } from './question.js';

/** Decisions on recourse as a whole, with every step, fact and duty. */
const expected = JSON.parse(
  readFileSync(
    new URL('../../../../../libs/liability/test/expected/whole-recourse.expected', import.meta.url),
    'utf8',
  ),
) as Record<string, unknown>;

const linkage = { value: 'linkage', evidence: ['ev-scope'] } as const;
const functional = { value: 'function', evidence: ['ev-scope'] } as const;
const anyScope = { value: 'unknown', evidence: [] } as const;
const byFi = { payments: [paidBy('FI')] };
const caused = (...given: Parameters<typeof anAttribution>) => ({
  attribution: anAttribution(...given),
});

type Case = readonly [
  title: string,
  question: Partial<RecourseQuestion>,
  letters?: Parameters<typeof recourseTerms>[0],
];

const cases: readonly Case[] = [
  ['RKN-L2a in full', caused('FI')],
  [
    'RKN-L2a in full, less what came back',
    { ...caused('FI'), recoveredFromWrongdoerYen: 30_000n, recoursedYen: 20_000n },
  ],
  ['RKN-L2b both, nothing agreed yet', caused('BOTH')],
  [
    'RKN-L2b both, an amount accepted by both sides',
    { ...caused('BOTH'), agreements: [anAgreement('EPSP', 40_000n)] },
  ],
  ['RKN-L3 neither: the sides consult', caused('NEITHER')],
  ['RKN-L3 nobody has found a cause', {}],
  ['RKN-L3 not clear, without evidence', caused('UNCLEAR', { evidence: [] })],
  ['RKN-L2a the intermediary bears its own', caused('EPSP')],
  ['RKN-L4-0a, RKN-L4-1 gate A', { ...caused('EPSP'), ...byFi, scope: functional }],
  [
    'RKN-L4-0a, RKN-L4-1 gate A through the linkage',
    { ...caused('EPSP'), ...byFi, scope: linkage },
  ],
  ['RKN-L4-0b, RKN-L4-1 gate B', { ...caused('EPSP'), ...byFi, unavoidable }],
  [
    'RKN-L4-2 gate B, both responsible, agreed',
    { ...caused('BOTH'), ...byFi, unavoidable, agreements: [anAgreement('FI', 60_000n)] },
  ],
  ['RKN-L4-3 gate A, not clear', { ...caused('UNCLEAR'), ...byFi, scope: functional }],
  ['RKN-L4-0b the gate is shut', { ...caused('EPSP'), ...byFi }],
  [
    'RKN-L4-0b nobody has established whether payment was unavoidable',
    { ...caused('EPSP'), ...byFi, unavoidable: notEstablished },
  ],
  ['RKN-L4-0a nobody has established the scope', { ...caused('EPSP'), ...byFi, scope: anyScope }],
  ['RKN-L4-1 the institution bears its own', { ...caused('FI'), ...byFi, scope: functional }],
  ['RKN-L2a the intermediary paid outside the service', { ...caused('FI'), scope: functional }],
  ['RKN-L2a both paid', { ...caused('FI'), payments: [paidBy('EPSP'), paidBy('FI')] }],
  ['RKN-L2a nobody has paid', { ...caused('FI'), payments: [] }],
  ['RKN-L1c exempt by the service agreement', { ...caused('FI'), exempt: established('ev') }],
  ['RKN-L1d unauthorised withdrawal', { ...caused('FI'), fraud: established('ev-police') }],
  ['RKN-L1c, RKN-L1d flags not established', { exempt: notEstablished, fraud: notEstablished }],
  [
    'RKN-L2a at first sight, shown (INT-15 B)',
    { ...caused('FI'), primaFacie: ['ev-log'] },
    { 'INT-15': 'B' },
  ],
];

describe('whole decisions on recourse', () => {
  test.each(cases)('%s', (...[title, question, letters]: Case) => {
    const decision = decided(decideRecourse(aQuestion(question), recourseTerms(letters)));
    const { outcome, trace, unknown, human, duties } = decision;
    const whole = { outcome, trace, unknown, human, duties };
    expect(canonicalJson(whole)).toBe(canonicalJson(expected[title]));
  });

  test('nothing is expected that no case asks', () => {
    expect(Object.keys(expected)).toEqual(cases.map(([title]) => title));
  });
});
