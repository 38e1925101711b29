import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import {
  beginConsent,
  isInForce,
  stepConsent,
  type ConsentEvent,
  type ConsentState,
} from './consent.js';

const noon = CivilDate.from('2026-11-20').at('12:00');
const MINUTE = 60_000;
const term = CivilDate.from('2027-02-18').at('12:00');

let told = 0;
type Draft<T> = T extends ConsentEvent ? Omit<T, 'id' | 'happenedAt'> : never;
function tell(state: ConsentState, at: number, draft: Draft<ConsentEvent>) {
  told += 1;
  return stepConsent(state, { id: `e${told}`, happenedAt: at, ...draft }, at);
}
function after(state: ConsentState, at: number, draft: Draft<ConsentEvent>): ConsentState {
  const result = tell(state, at, draft);
  if (!result.ok) throw new Error(`Refused: ${result.refusal.code}`);
  return result.value.state;
}
const codeOf = (state: ConsentState, at: number, draft: Draft<ConsentEvent>) => {
  const result = tell(state, at, draft);
  return result.ok ? result.value.state.name : result.refusal.code;
};
const authorise = {
  type: 'authorised',
  wordingHash: 'sha256:ab',
  accounts: ['acc_1'],
  expiresAt: term,
  linkAllowsNew: true,
} as const;
const pushed = (kind: 'standing' | 'once' = 'standing') =>
  after(beginConsent(kind, noon), noon, { type: 'pushed', decideBy: noon + 10 * MINUTE });
const authorised = (kind: 'standing' | 'once' = 'standing') =>
  after(pushed(kind), noon + 1, authorise);

describe('RKN-S1 and RKN-D6: a consent from the push to its end', () => {
  test('RKN-S1/a a consent stores the hash of what was shown and the accounts chosen', () => {
    expect(codeOf(pushed(), noon, { ...authorise, wordingHash: '' })).toBe('wording_missing');
    expect(codeOf(pushed(), noon, { ...authorise, accounts: [] })).toBe('no_account_chosen');
    expect(authorised().facts).toMatchObject({ wordingHash: 'sha256:ab', expiresAt: term });
  });

  test('RKN-S4c/c no new consent through a link that takes none', () => {
    expect(codeOf(pushed(), noon, { ...authorise, linkAllowsNew: false })).toBe(
      'linkage_suspended',
    );
  });

  test('RKN-D6/a the holder decides in time or not at all', () => {
    const limit = noon + 10 * MINUTE;
    expect(codeOf(pushed(), limit, authorise)).toBe('authorised');
    expect(codeOf(pushed(), limit + 1, authorise)).toBe('event_late');
    expect(codeOf(pushed(), limit + 1, { type: 'deadline_reached', deadline: 'decision' })).toBe(
      'expired',
    );
    const cancel = { type: 'rejected', actor: 'holder', reason: 'user_cancelled' } as const;
    expect(after(pushed(), noon, cancel).facts).toMatchObject({
      endedBy: 'holder',
      endedBecause: 'user_cancelled',
    });
  });

  test('RKN-S1/c a revoked consent is over at once and stays over', () => {
    const revoke = { type: 'revoked', actor: 'holder', reason: 'holder_withdrew' } as const;
    const revoked = after(authorised(), noon + 5, revoke);
    expect(isInForce(revoked, noon + 5)).toBe(false);
    expect(codeOf(revoked, noon + 6, revoke)).toBe('event_out_of_order');
    expect(
      codeOf(revoked, noon + 6, { type: 'thawed', reason: 'link_stopped', actor: 'institution' }),
    ).toBe('event_out_of_order');
  });

  test('RKN-S1/c the term ends by itself: the last millisecond is in force, the next is not', () => {
    expect(isInForce(authorised(), term - 1)).toBe(true);
    expect(isInForce(authorised(), term)).toBe(false);
    const due = { type: 'deadline_reached', deadline: 'expiry' } as const;
    expect(codeOf(authorised(), term - 1, due)).toBe('period_not_over');
    expect(codeOf(authorised(), term, due)).toBe('expired');
  });

  test('a consent for one transfer is used once, a standing one is never used up', () => {
    const used = after(authorised('once'), noon + 5, { type: 'consumed' });
    expect(used.name).toBe('consumed');
    expect(codeOf(used, noon + 6, { type: 'consumed' })).toBe('event_out_of_order');
    expect(codeOf(authorised(), noon + 5, { type: 'consumed' })).toBe('consent_not_single_use');
  });

  test('an extension is longer, or it is refused', () => {
    const extend = (expiresAt: number) =>
      ({ type: 'extended', actor: 'holder', expiresAt }) as const;
    expect(codeOf(authorised(), noon + 5, extend(term))).toBe('not_longer');
    const longer = after(authorised(), noon + 5, extend(term + 1));
    expect(longer.deadlines).toMatchObject([{ name: 'expiry', dueAt: term }]);
  });
});

describe('RKN-S4c/f and SM-9.2/e: freezing takes nothing away for good', () => {
  const freeze = (reason: 'link_stopped' | 'holder_locked') =>
    ({ type: 'frozen', reason, actor: 'institution' }) as const;
  const thaw = (reason: 'link_stopped' | 'holder_locked') =>
    ({ type: 'thawed', reason, actor: 'institution' }) as const;

  test('RKN-S4c/f lifting revives an unexpired consent with its old term', () => {
    const frozen = after(authorised(), noon + 5, freeze('link_stopped'));
    expect(isInForce(frozen, noon + 5)).toBe(false);
    const revived = after(frozen, noon + 9, thaw('link_stopped'));
    expect(revived).toMatchObject({ name: 'authorised', deadlines: [{ dueAt: term - 1 }] });
    expect(isInForce(revived, noon + 9)).toBe(true);
  });

  test('RKN-S4c/f a consent that ran out while frozen is not revived', () => {
    const frozen = after(authorised(), noon + 5, freeze('link_stopped'));
    expect(codeOf(frozen, term, thaw('link_stopped'))).toBe('event_late');
    expect(codeOf(frozen, term, { type: 'deadline_reached', deadline: 'expiry' })).toBe('expired');
  });

  test('SM-9.2/e frozen for two reasons, it thaws when the last one ends', () => {
    const twice = after(
      after(authorised(), noon + 5, freeze('link_stopped')),
      noon + 6,
      freeze('holder_locked'),
    );
    expect(codeOf(twice, noon + 7, freeze('holder_locked'))).toBe('already_frozen_for_that');
    const once = after(twice, noon + 7, thaw('link_stopped'));
    expect(once.name).toBe('frozen');
    expect(codeOf(once, noon + 8, thaw('link_stopped'))).toBe('not_frozen_for_that');
    expect(after(once, noon + 8, thaw('holder_locked')).name).toBe('authorised');
  });
});

describe('RKN-D6: a consent that has ended says by whom and why', () => {
  const limit = noon + 10 * MINUTE;
  const frozen = () =>
    after(authorised(), noon + 5, { type: 'frozen', reason: 'self_lock', actor: 'holder' });
  const expiry = { type: 'deadline_reached', deadline: 'expiry' } as const;
  const revoke = { type: 'revoked', actor: 'epsp', reason: 'service_ended' } as const;

  //  what ends it               the consent before              at     the end     by        why
  test.each([
    [
      'its first time is over',
      pushed,
      limit + 1,
      { ...expiry, deadline: 'decision' },
      'expired',
      'system',
      'not_decided_in_time',
    ],
    [
      'its single use',
      () => authorised('once'),
      noon + 5,
      { type: 'consumed' },
      'consumed',
      'system',
      'used',
    ],
    ['a withdrawal', () => authorised(), noon + 5, revoke, 'revoked', 'epsp', 'service_ended'],
    ['a withdrawal while frozen', frozen, noon + 6, revoke, 'revoked', 'epsp', 'service_ended'],
    ['its term', () => authorised(), term, expiry, 'expired', 'system', 'term_over'],
    ['its term while frozen', frozen, term, expiry, 'expired', 'system', 'term_over'],
  ] as const)('RKN-D6 %s', (_, consent, at, event, name, endedBy, endedBecause) => {
    expect(after(consent(), at, event)).toMatchObject({
      name,
      facts: { endedBy, endedBecause, frozenFor: [] },
      deadlines: [],
    });
  });

  test('RKN-S1/a blanks are no hash of what was shown', () => {
    expect(codeOf(pushed(), noon, { ...authorise, wordingHash: ' ' })).toBe('wording_missing');
  });

  test('RKN-S1/c an extension told in time but taken in late must still reach beyond now', () => {
    const extendUntil = (expiresAt: number) =>
      stepConsent(
        authorised(),
        { type: 'extended', actor: 'holder', id: 'x', happenedAt: term - 1, expiresAt },
        term + 9,
      );
    expect(extendUntil(term + 8)).toMatchObject({ refusal: { code: 'not_longer' } });
    expect(extendUntil(term + 9)).toMatchObject({ refusal: { code: 'not_longer' } });
    expect(extendUntil(term + 10)).toMatchObject({
      ok: true,
      value: { state: { facts: { expiresAt: term + 10 } } },
    });
  });
});
