import { beforeEach, describe, expect, test } from '@jest/globals';
import type { LinkStateView } from '#libs/bank-core-client';
import { LinkCopy } from './link-copy.js';

const LEASE_MS = 2_000;
const AT = Date.parse('2026-11-22T14:05:00+09:00');
const party = {
  bankCode: '2963',
  epspId: 'epsp_a',
  chainPartnerId: 'none',
  fn: 'accounts_read',
};
const state = (over: Partial<LinkStateView> = {}): LinkStateView => ({
  epspId: 'epsp_a',
  chainPartnerId: '*',
  function: '*',
  state: 'suspended',
  clause: 'RKN-S4c',
  since: null,
  until: null,
  ...over,
});
const snapshot = (version: number, states: LinkStateView[] = [], bankCode = '2963') =>
  ({ type: 'snapshot', bankCode, version, states }) as const;
const change = (version: number, states: LinkStateView[], bankCode = '2963') =>
  ({ type: 'change', bankCode, version, states }) as const;
const beat = (versions: Record<string, number>) => ({ type: 'heartbeat', versions }) as const;

let copy: LinkCopy;
const verdict = (now: number, over: Partial<typeof party> = {}, at = AT) => {
  const answer = copy.stateFor({ ...party, ...over }, now, at);
  return answer === 'stale' ? 'stale' : (answer?.state ?? 'open');
};

beforeEach(() => {
  copy = new LinkCopy(LEASE_MS);
  copy.take(snapshot(5), 0);
});

test('INT-17 a state for every chained partner touches each of them, and not the intermediary itself', () => {
  copy.take(change(6, [state({ chainPartnerId: 'chained' })]), 10);
  expect(verdict(10)).toBe('open');
  expect(verdict(10, { chainPartnerId: 'cp_one' })).toBe('suspended');
  expect(verdict(10, { chainPartnerId: 'cp_two' })).toBe('suspended');
});

test('INT-17 lowered rates: one for each reach that touches the traffic, none of others', () => {
  const rate = (chainPartnerId: string, callsPerMinuteMax: number, over = {}) =>
    state({
      chainPartnerId,
      function: 'full_rate',
      state: 'restricted',
      callsPerMinuteMax,
      ...over,
    });
  copy.take(change(6, [rate('*', 9), rate('none', 8), rate('chained', 7), rate('cp_one', 6)]), 10);
  const ratesOf = (chainPartnerId: string, now = 10, at = AT) => {
    const rates = copy.ratesFor({ ...party, chainPartnerId }, now, at);
    return rates === 'stale' ? rates : rates.map((one) => one.callsPerMinuteMax);
  };
  expect(ratesOf('none')).toEqual([9, 8]);
  expect(ratesOf('cp_one')).toEqual([9, 7, 6]);
  expect(ratesOf('cp_two')).toEqual([9, 7]);
  // A rate takes no function away.
  expect(verdict(10)).toBe('open');
  const ended = { until: new Date(AT).toISOString() };
  copy.take(change(7, [rate('*', 9, { state: 'active' }), rate('none', 8, ended)]), 20);
  expect(ratesOf('none')).toEqual([]);
  // T-19 a copy that is not current knows of no rate.
  expect(ratesOf('none', 20 + LEASE_MS + 1)).toBe('stale');
});

describe('RKN-S4c the lease', () => {
  test('an institution nobody told about is stale', () => {
    expect(verdict(0, { bankCode: '2972' })).toBe('stale');
  });

  test('the copy is good to the last millisecond of the lease and not one longer', () => {
    expect(verdict(LEASE_MS)).toBe('open');
    expect(verdict(LEASE_MS + 1)).toBe('stale');
  });

  test('a heartbeat with our version renews it', () => {
    expect(copy.take(beat({ 2963: 5 }), 1_900)).toBe(true);
    expect(verdict(1_900 + LEASE_MS)).toBe('open');
  });

  test('T-19 a heartbeat ahead of us closes at once, and the change it was ahead of opens again', () => {
    expect(copy.take(beat({ 2963: 6 }), 100)).toBe(true);
    expect(verdict(100)).toBe('stale');
    copy.take(change(6, [state({ function: 'transfer_initiation' })]), 110);
    expect(verdict(110)).toBe('open');
    expect(verdict(110, { fn: 'transfer_initiation' })).toBe('suspended');
  });

  test('T-19 a heartbeat behind us, or without us, is a replay: closed, and the stream is dropped', () => {
    expect(copy.take(beat({ 2963: 4 }), 100)).toBe(false);
    expect(verdict(100)).toBe('stale');
    copy.take(snapshot(5), 200);
    expect(copy.take(beat({}), 300)).toBe(false);
    expect(verdict(300)).toBe('stale');
  });

  test('T-19 a gap or a repetition among the changes closes and drops the stream', () => {
    expect(copy.take(change(7, []), 10)).toBe(false);
    expect(verdict(10)).toBe('stale');
    copy.take(snapshot(7), 20);
    expect(copy.take(change(7, []), 30)).toBe(false);
    expect(verdict(30)).toBe('stale');
  });

  test('T-19 an old "resume" replayed as a snapshot is refused, the stop stays', () => {
    copy.take(change(6, [state()]), 10);
    copy.closeAll();
    expect(copy.take(snapshot(5, []), 20)).toBe(false);
    expect(verdict(20)).toBe('stale');
    expect(copy.take(snapshot(6, [state()]), 30)).toBe(true);
    expect(verdict(30)).toBe('suspended');
  });

  test('RKN-S4c/d one institution closing leaves the others open', () => {
    copy.take(snapshot(1, [], '2972'), 0);
    copy.take(beat({ 2963: 6, 2972: 1 }), 10);
    expect(verdict(10)).toBe('stale');
    expect(verdict(10, { bankCode: '2972' })).toBe('open');
  });
});

describe('RKN-D5 which state binds', () => {
  const cp = 'cp_tsubame';
  test.each<[string, Partial<LinkStateView>, Partial<typeof party>, string]>([
    ['everything of this intermediary', {}, {}, 'suspended'],
    ['its partners too', {}, { chainPartnerId: cp }, 'suspended'],
    ['another intermediary is untouched', {}, { epspId: 'epsp_b' }, 'open'],
    ['one function only', { function: 'balances_read' }, {}, 'open'],
    ['that function', { function: 'balances_read' }, { fn: 'balances_read' }, 'suspended'],
    ['X-09 a partner leaves the intermediary open', { chainPartnerId: cp }, {}, 'open'],
    ['that partner', { chainPartnerId: cp }, { chainPartnerId: cp }, 'suspended'],
    [
      'its own traffic leaves partners open',
      { chainPartnerId: 'none' },
      { chainPartnerId: cp },
      'open',
    ],
    ['RKN-S4c/f lifted', { state: 'active' }, {}, 'open'],
    ['not yet begun', { since: '2026-11-22T14:05:01+09:00' }, {}, 'open'],
    ['begun this second', { since: '2026-11-22T14:05:00+09:00' }, {}, 'suspended'],
    ['over this second', { until: '2026-11-22T14:05:00+09:00' }, {}, 'open'],
    ['over in a second', { until: '2026-11-22T14:05:01+09:00' }, {}, 'suspended'],
  ])('%s', (_title, over, asked, expected) => {
    copy.take(change(6, [state(over)]), 0);
    expect(verdict(0, asked)).toBe(expected);
  });

  test('T-19 a state that this version does not know narrows, whatever else is said', () => {
    const unknown = state({ state: 'under_review', function: 'accounts_read' });
    copy.take(change(6, [unknown, state({ state: 'restricted' })]), 0);
    expect(verdict(0)).toBe('under_review');
    expect(verdict(0, { fn: 'balances_read' })).toBe('restricted');
  });

  test('the strictest of several states is told', () => {
    const restricted = state({ state: 'restricted' });
    const terminated = state({ state: 'terminated', function: 'accounts_read' });
    copy.take(change(6, [restricted, terminated]), 0);
    expect(verdict(0)).toBe('terminated');
    expect(verdict(0, { fn: 'balances_read' })).toBe('restricted');
  });
});
