import { describe, expect, test } from '@jest/globals';
import { beginTransfer, stepTransfer, type TransferEvent } from '#libs/contracts';
import { bankingCalendar, CivilDate } from '#libs/kernel';
import { asOfNow } from './current-status.js';
import { endsTheDraft } from './ends-the-draft.js';
import { expectedCreditAt } from './expected-credit.js';
import { visibleReason } from './visible-reason.js';

const day = CivilDate.from('2026-11-20');
const noon = day.at('12:00');

describe('the states that this room writes are moves of the machine in libs/contracts', () => {
  const draft = beginTransfer({ timing: 'same_day', throughIntermediary: true }, noon);
  type Told<E> = E extends unknown ? Omit<E, 'id' | 'happenedAt'> : never;
  const after = (...events: readonly Told<TransferEvent>[]) => {
    let state = draft;
    for (const [index, told] of events.entries()) {
      const event = { ...told, id: `event-${index}`, happenedAt: noon } as TransferEvent;
      const result = stepTransfer(state, event, noon);
      if (!result.ok) return result.refusal.code;
      state = result.value.state;
    }
    return state.name;
  };
  const shown = { type: 'content_shown', confirmBy: noon + 600_000 } as const;
  const confirmed = { type: 'confirmed', identityMatched: true, link: 'open' } as const;

  test('RCVD → ACTC → ACSP → ACSC: offer, fix_transfers, the relay', () => {
    expect(after()).toBe('RCVD');
    expect(after(shown)).toBe('ACTC');
    expect(after(shown, confirmed)).toBe('ACSP');
    expect(after(shown, confirmed, { type: 'sent' })).toBe('ACSC');
  });

  test('RJCT, CANC and EXPD are reached from a draft only', () => {
    const ends: readonly Told<TransferEvent>[] = [
      { type: 'not_processed', reason: 'insufficient_funds' },
      { type: 'abandoned' },
    ];
    expect(ends.map((event) => after(shown, event))).toEqual(['RJCT', 'CANC']);
    for (const event of ends) {
      expect(['RJCT', 'CANC']).not.toContain(after(shown, confirmed, event));
    }
  });

  test('RKN-S4c/e through a stopped link there is no move to ACSP', () => {
    expect(after(shown, { ...confirmed, link: 'closed' })).toBe('linkage_suspended');
  });
});

describe('SM-R3.2 a draft is expired from the very instant its time is over', () => {
  const draft = { status: 'ACTC', statusReason: null, expiresAt: noon } as const;

  test.each([
    [noon - 1, 'ACTC'],
    [noon, 'EXPD'],
    [noon + 1, 'EXPD'],
  ] as const)('at %d: %s', (now, expected) => {
    expect(asOfNow(draft, now).status).toBe(expected);
  });

  test('what is formed does not expire', () => {
    expect(asOfNow({ ...draft, status: 'ACSC' as const }, noon + 1).status).toBe('ACSC');
  });
});

describe('T-29 what an intermediary is told', () => {
  test.each([
    ['account_closed', 'holder_unavailable'],
    ['payment_stopped', 'holder_unavailable'],
    ['service_stopped', 'holder_unavailable'],
    ['holder_unavailable', 'holder_unavailable'],
    ['insufficient_funds', 'insufficient_funds'],
    ['limit_exceeded', 'limit_exceeded'],
    [null, null],
  ])('%s is told as %s', (reason, told) => {
    expect(visibleReason(reason)).toBe(told);
  });
});

describe('which refusals of a confirmation end the request', () => {
  test.each([
    ['content_changed', false],
    ['outside_service_hours', false],
    ['not_found', false],
    ['insufficient_funds', true],
    ['limit_exceeded', true],
    ['linkage_suspended', true],
    ['holder_unavailable', true],
  ] as const)('%s: %s', (code, ends) => {
    expect(endsTheDraft(code)).toBe(ends);
  });
});

describe('japan.md 7 when the payee has the money', () => {
  const cutoffs = { same_branch: 'none', same_institution: '15:00', other_institution: '15:00' };
  const at = (now: number, destination: 'same_branch' | 'other_institution') =>
    expectedCreditAt(now, destination, cutoffs, bankingCalendar);
  const friday = CivilDate.from('2026-11-20');

  test('round the clock at once, also on a Sunday', () => {
    const sunday = CivilDate.from('2026-11-22').at('03:00');
    expect(at(sunday, 'same_branch')).toBe(sunday);
  });

  test('before the cut-off of a business day at once; from it on, the next opening', () => {
    const before = friday.at('15:00') - 1;
    expect(at(before, 'other_institution')).toBe(before);
    // Saturday, Sunday and 勤労感謝の日 (23 November) are no business days.
    expect(at(friday.at('15:00'), 'other_institution')).toBe(
      CivilDate.from('2026-11-24').at('08:30'),
    );
  });
});
