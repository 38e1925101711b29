import { expect, test } from '@jest/globals';
import type { OutageView } from '#libs/bank-core-client';
import { PlannedWindows } from './planned-windows.js';

const at = (time: string) => Date.parse(`2026-11-22T${time}+09:00`);
const outage = (over: Partial<OutageView>): OutageView => ({
  outageId: 'out_1',
  bankCode: '2963',
  kind: 'planned',
  state: 'running',
  functions: [],
  announcedAt: '2026-11-01T00:00:00.000+09:00',
  startsAt: '2026-11-22T02:00:00.000+09:00',
  endsAt: '2026-11-22T05:00:00.000+09:00',
  endedAt: null,
  ...over,
});
const reads = outage({ functions: ['accounts_read'] });
const longer = outage({
  startsAt: '2026-11-22T04:00:00.000+09:00',
  endsAt: '2026-11-22T06:00:00.000+09:00',
});

type Row = [title: string, outages: OutageView[], time: string, bank: string, until: string | null];
const planned = outage({ state: 'planned' });
const rows: Row[] = [
  ['nothing announced', [], '03:00:00', '2963', null],
  ['the last millisecond before', [planned], '01:59:59.999', '2963', null],
  ['its beginning, the job late', [planned], '02:00:00', '2963', '05:00:00'],
  ['its last millisecond', [planned], '04:59:59.999', '2963', '05:00:00'],
  ['its end', [planned], '05:00:00', '2963', null],
  ['running', [outage({})], '03:00:00', '2963', '05:00:00'],
  ['running, host behind', [outage({})], '01:00:00', '2963', '05:00:00'],
  ['running, host ahead', [outage({})], '06:00:00', '2963', '05:00:00'],
  ['another institution', [outage({})], '03:00:00', '2972', null],
  ['it ended early', [outage({ state: 'over' })], '03:00:00', '2963', null],
  ['it was called off', [outage({ state: 'cancelled' })], '03:00:00', '2963', null],
  ['an incident', [outage({ kind: 'incident', endsAt: null })], '03:00:00', '2963', null],
  ['two that overlap', [longer, outage({})], '04:30:00', '2963', '06:00:00'],
  ['the function is named', [reads], '03:00:00', '2963', '05:00:00'],
];

test.each(rows)('D.5 maintenance: %s', (_title, outages, time, bank, until) => {
  const asked = { now: at(time), isHeard: true };
  const found = new PlannedWindows(outages).until(bank, 'accounts_read', asked);
  expect(found).toBe(until === null ? undefined : at(until));
});

test.each<[string, OutageView[], string, string | null]>([
  ['running, host behind', [outage({})], '01:00:00', '05:00:00'],
  ['running, its last millisecond', [outage({})], '04:59:59.999', '05:00:00'],
  ['running, its end', [outage({})], '05:00:00', null],
  ['planned, its beginning', [planned], '02:00:00', '05:00:00'],
  ['planned, its end', [planned], '05:00:00', null],
])('D.5 maintenance, bank-core silent: %s', (_title, outages, time, until) => {
  const asked = { now: at(time), isHeard: false };
  const found = new PlannedWindows(outages).until('2963', 'accounts_read', asked);
  expect(found).toBe(until === null ? undefined : at(until));
});

test('D.5 maintenance: a function that is not named is served', () => {
  const windows = new PlannedWindows([reads]);
  const asked = { now: at('03:00:00'), isHeard: true };
  expect(windows.until('2963', 'transfer_initiation', asked)).toBeUndefined();
});
