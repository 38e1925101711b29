import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  beginLink,
  EVERYTHING,
  LINK_FUNCTIONS,
  LINK_RIGHTS,
  mayUseLink,
  type HoldInForce,
  type LinkState,
  type Measure,
  type RemovedRight,
  type Traffic,
} from '#libs/contracts';
import { projectLink, type ProjectedState } from './project-link.js';

const RIGHTS = [...LINK_FUNCTIONS, 'new_consents'] as const;
const TRAFFICS: readonly Traffic[] = ['direct', 'cp_one', 'cp_two'];
const NAMES = ['active', 'restricted', 'suspended'] as const;

/** As link_stop reads the table, in the words of its migration. */
function stopIn(rows: readonly ProjectedState[], right: string, traffic: Traffic, at: number) {
  const partner = traffic === 'direct' ? 'none' : traffic;
  const reaching = partner === 'none' ? ['*', 'none'] : ['*', 'chained', partner];
  const standing = rows.filter(
    (row) =>
      reaching.includes(row.chainPartnerId) &&
      ['*', right].includes(row.function) &&
      row.since <= at &&
      (row.until === undefined || at < row.until),
  );
  const strictest = NAMES.findLast((name) => standing.some(({ state }) => state === name));
  return strictest && `linkage_${strictest}`;
}

/** As the gateway reads it: the lowest of the rates that reach this traffic. */
function rateIn(rows: readonly ProjectedState[], traffic: Traffic, at: number): number {
  const reaching = traffic === 'direct' ? ['*', 'none'] : ['*', 'chained', traffic];
  const rates = rows.filter(
    (row) =>
      row.function === 'full_rate' &&
      reaching.includes(row.chainPartnerId) &&
      row.since <= at &&
      (row.until === undefined || at < row.until),
  );
  return Math.min(...rates.map(({ callsPerMinuteMax }) => callsPerMinuteMax ?? Infinity));
}

const link = (measures: readonly Measure[], holds: readonly HoldInForce[]): LinkState => {
  const begun = beginLink('4', 'epsp_1', 0);
  return { ...begun, facts: { ...begun.facts, measures, holds } };
};

const removed = fc.oneof(
  { weight: 1, arbitrary: fc.constant<readonly RemovedRight[]>(EVERYTHING) },
  {
    weight: 3,
    arbitrary: fc.array(
      fc.record(
        {
          right: fc.constantFrom(...LINK_RIGHTS),
          reach: fc.constantFrom('all', 'direct', 'chained', 'cp_one'),
          callsPerMinuteMax: fc.integer({ min: 0, max: 60 }),
        },
        { requiredKeys: ['right', 'reach'] },
      ) as fc.Arbitrary<RemovedRight>,
      { minLength: 1, maxLength: 9 },
    ),
  },
);
const until = fc.option(fc.integer({ min: 50, max: 120 }), { nil: undefined });
const acts = fc.array(fc.record({ removed, since: fc.integer({ min: 0, max: 40 }), until }), {
  maxLength: 4,
});
interface Drawn {
  readonly removed: readonly RemovedRight[];
  readonly since: number;
  readonly until: number | undefined;
}
const linkOf = (drawn: readonly Drawn[]): LinkState =>
  link(
    drawn
      .filter((_, at) => at % 2 === 0)
      .map(({ until, ...act }, at) => ({
        ...act,
        id: `mea_${at}`,
        basis: 'RKN-S4c' as const,
        ...(until === undefined ? {} : { until }),
      })),
    drawn
      .filter((_, at) => at % 2 === 1)
      .map(({ until, ...act }, at) => ({
        ...act,
        id: `hold_${at}`,
        basis: '調査',
        latestEnd: until ?? 110,
      })),
  );

describe('INT-17 measures and holds add up in the table', () => {
  test('INT-17 whoever calls, whenever, the table answers as mayUseLink does', () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 45, max: 130 }), (drawn, at) => {
        const state = linkOf(drawn);
        const rows = projectLink('epsp_1', state, 45);
        // At the very end of an act the contract still counts it and the table no longer does: one millisecond.
        fc.pre(drawn.every((act) => act.until !== at) && at !== 110);
        for (const right of RIGHTS)
          for (const traffic of TRAFFICS) {
            const answer = mayUseLink(state, { right, traffic }, at);
            const expected = answer.ok ? undefined : answer.refusal.code;
            const found = stopIn(rows, right, traffic, at);
            expect(found).toBe(expected);
          }
      }),
      { numRuns: 300 },
    );
  });

  test('INT-17 the table leaves the lowest rate of all measures at once, and later never more than is allowed', () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 45, max: 130 }), (drawn, later) => {
        const state = linkOf(drawn);
        const rows = projectLink('epsp_1', state, 45);
        fc.pre(drawn.every((act) => act.until !== later) && later !== 110);
        for (const at of [45, later])
          for (const traffic of TRAFFICS) {
            const answer = mayUseLink(state, { right: 'accounts_read', traffic }, at);
            if (!answer.ok) continue;
            const allowed = answer.value.callsPerMinuteMax ?? Infinity;
            const left = rateIn(rows, traffic, at);
            expect(left).toBeLessThanOrEqual(allowed);
            if (at === 45) expect(left).toBe(allowed);
          }
      }),
      { numRuns: 300 },
    );
  });

  test('INT-17 what one measure gives back another one still holds', () => {
    const writes: RemovedRight[] = [{ right: 'transfer_initiation', reach: 'all' }];
    const hold = { id: 'hold_1', basis: '調査', removed: EVERYTHING, since: 1, latestEnd: 90 };
    const measure = { id: 'mea_1', basis: 'RKN-S4c', removed: writes, since: 2 } as const;
    const both = projectLink('epsp_1', link([measure], [hold]), 10);
    expect(both).toMatchObject([
      { function: '*', chainPartnerId: '*', state: 'suspended', clause: 'INT-13', until: 90 },
      { function: 'transfer_initiation', state: 'restricted', clause: 'RKN-S4c', until: undefined },
    ]);
    const left = projectLink('epsp_1', link([measure], []), 20);
    expect(left).toMatchObject([{ function: 'transfer_initiation', measureId: 'mea_1', since: 2 }]);
    expect(projectLink('epsp_1', link([], []), 20)).toEqual([]);
  });

  test('RKN-0.2 an agreement that has ended leaves one row that nothing lifts', () => {
    const ended = { ...link([], []), name: 'terminated' as const };
    expect(projectLink('epsp_1', ended, 20)).toMatchObject([
      { function: '*', chainPartnerId: '*', state: 'terminated', until: undefined },
    ]);
  });
});
