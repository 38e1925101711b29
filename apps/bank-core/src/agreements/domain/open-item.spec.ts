import { describe, expect, test } from '@jest/globals';
import { beginChain, type ChainFacts } from '#libs/contracts';
import { CivilDate } from '#libs/kernel';
import { openItems, rhythmIsPast } from './open-item.js';

import { aboutOf, type PartnerAct, type PartnerActKind } from './partner-act.js';

const begun = beginChain({ institution: '4', epsp: 'epsp_1', partner: 'cp_1' }, 0);
const chain = (facts: Partial<ChainFacts>) => ({ ...begun, facts: { ...begun.facts, ...facts } });
const act = (id: string, kind: PartnerActKind, about?: string): PartnerAct => ({
  id,
  partnerId: 'cp_1',
  kind,
  about,
  text: 'x',
  instruction: undefined,
  dueAt: 7,
  documents: [],
  told: [],
  at: 9,
});
const acts = [
  act('rpt_1', 'report_requested'),
  act('gdn_1', 'guidance_given'),
  act('gdn_2', 'guidance_concluded', 'gdn_1'),
  act('rpt_2', 'report_requested'),
];

describe('what has come due of a partner, as the machine says', () => {
  //   flag of the machine                          clause     ground              about     since
  test.each([
    [{ reportOverdue: true }, 'RKN-C1b', 'partner_default', 'rpt_2', 7],
    [{ guidanceOpen: true }, 'RKN-C1c', 'guidance_failure', 'gdn_1', 7],
    [{ reportToInstitutionOverdue: true }, 'RKN-C1d', 'guidance_failure', 'gdn_1', 9],
  ])('%j is %s/a', (facts, clause, ground, about, since) => {
    expect(openItems(chain(facts), acts)).toEqual([
      expect.objectContaining({ clause, ground, about, since }),
    ]);
  });

  test('RKN-C1b nothing is due while the machine has no flag, whatever was entered', () => {
    expect(openItems(chain({}), acts)).toEqual([]);
  });

  test('RKN-C1c a flag without an entry of ours is shown all the same', () => {
    expect(openItems(chain({ guidanceOpen: true }), [])).toEqual([
      expect.objectContaining({ about: undefined, since: undefined }),
    ]);
  });

  test('RKN-C1d an answer belongs to the newest of what it answers', () => {
    expect(aboutOf('partner_reported', acts)).toBe('rpt_2');
    expect(aboutOf('result_reported', acts)).toBe('gdn_1');
    expect(aboutOf('guidance_given', acts)).toBeUndefined();
    expect(aboutOf('partner_reported', [])).toBeUndefined();
  });
});

describe('a rhythm of reports', () => {
  const on = (text: string) => CivilDate.from(text);
  //  contract from   last report    months      today          past
  test.each<[string, string | undefined, number | undefined, string, boolean]>([
    ['2025-11-22', undefined, 12, '2026-11-22', false],
    ['2025-11-22', undefined, 12, '2026-11-23', true],
    ['2025-11-22', '2026-06-01', 12, '2026-11-23', false],
    ['2025-11-22', '2026-06-01', 5, '2026-11-02', true],
    ['2020-01-01', undefined, undefined, '2026-11-22', false],
  ])(
    'RKN-C1b from %s, last on %s, every %s months, today %s: %s',
    (from, last, months, today, past) => {
      const lastOn = last === undefined ? undefined : on(last);
      expect(rhythmIsPast(on(from), lastOn, months, on(today))).toBe(past);
    },
  );
});
