import { expect, test } from '@jest/globals';
import type { OutageView } from '../../bank/index.js';
import { statusOf } from './bank-status.js';

const NOW = Date.parse('2026-11-22T14:05:00+09:00');
const outage = (over: Partial<OutageView>): OutageView => ({
  outageId: 'out_1',
  bankCode: '2963',
  kind: 'planned',
  state: 'running',
  functions: [],
  announcedAt: '2026-11-01T00:00:00.000+09:00',
  startsAt: '2026-11-22T14:05:00.000+09:00',
  endsAt: '2026-11-22T15:00:00.000+09:00',
  endedAt: null,
  ...over,
});

const planned = (over: Partial<OutageView>) => outage({ state: 'planned', ...over });
const [BEFORE, LATER, LATEST] = ['13:00', '16:00', '17:00'].map(
  (time) => `2026-11-22T${time}:00.000+09:00`,
) as [string, string, string];

test.each<[string, boolean, OutageView[], string]>([
  ['nothing', true, [], 'available'],
  ['silence', false, [], 'unavailable'],
  ['silence in a window', false, [outage({})], 'unavailable'],
  ['a window', true, [outage({})], 'maintenance'],
  ['a window whose job is late', true, [outage({ state: 'planned' })], 'maintenance'],
  ['an incident', true, [outage({ kind: 'incident', endsAt: null })], 'incident'],
  ['some functions', true, [outage({ functions: ['accounts_read'] })], 'degraded'],
  ['both', true, [outage({ functions: ['accounts_read'] }), outage({})], 'maintenance'],
  ['another institution', true, [outage({ bankCode: '2972' })], 'available'],
  ['what is over', true, [outage({ state: 'over' })], 'available'],
  ['what was called off', true, [outage({ state: 'cancelled' })], 'available'],
  ['the next one', true, [planned({ startsAt: '2026-11-22T14:05:00.001+09:00' })], 'available'],
  ['the last one', true, [planned({ endsAt: '2026-11-22T14:05:00.000+09:00' })], 'available'],
  ['one begun, host behind', true, [outage({ startsAt: LATER, endsAt: LATEST })], 'maintenance'],
  ['one not over, host ahead', true, [outage({ startsAt: BEFORE, endsAt: BEFORE })], 'maintenance'],
])('B-12 the state with %s', (_title, answers, outages, expected) => {
  expect(statusOf({ bankCode: '2963', answers, outages }, NOW).state).toBe(expected);
});
