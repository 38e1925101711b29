import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import {
  clauseOfGround,
  isDormancyCandidate,
  whenTerminated,
  type Ending,
} from '../decisions/when-terminated.js';
import { demand } from '../demand.js';
import type { DeliveryFailure, Facts } from '../facts/index.js';
import { article11 } from './article-11-termination.js';

const date = CivilDate.from;
const posted = date('2026-11-20').at('17:00');
const form = {
  by: 'holder',
  channel: 'branch',
  terminationForm: 'F-1',
  sealCheckedBy: 'Ito',
  receivedAt: posted,
} as const;
const letter = (failure?: DeliveryFailure, arrivedAt?: number) => ({
  channel: 'post' as const,
  sentAt: posted,
  ...(failure ? { failure } : {}),
  ...(arrivedAt === undefined ? {} : { arrivedAt }),
});
const said = (ending: Ending, reading: 'A' | 'B' = 'A') => {
  const answer = whenTerminated(ending, 3, reading);
  return answer.ok ? answer.value : `${answer.refusal.code} ${answer.refusal.clause}`;
};

describe('SM-11 termination', () => {
  test.each([
    [
      'SM-11.1/a the holder asks at the terminal',
      { ...form, channel: 'terminal' },
      'written_form_required SM-11.1',
    ],
    [
      'SM-11.1/b the branch enters no form',
      { ...form, terminationForm: undefined },
      'form_missing SM-11.1',
    ],
    [
      'SM-13.5/a the form without a seal check',
      { ...form, sealCheckedBy: ' ' },
      'seal_check_missing SM-13.5',
    ],
  ] as const)('%s', (_title, ending, expected) => {
    expect(said(ending)).toBe(expected);
  });
  test('SM-11.1 the written form ends the contract on receipt', () => {
    expect(said(form)).toEqual({ clause: 'SM-11.1', effectiveAt: posted, isDeemed: false });
  });

  test('SM-11.2/a a refused letter counts from the deemed day, a received one from its day', () => {
    const refusedLetter = { by: 'institution', notice: letter('refused_by_holder') } as const;
    expect(said(refusedLetter)).toEqual({
      clause: 'SM-11.1',
      effectiveAt: date('2026-11-23').startsAt(),
      isDeemed: true,
    });
    const arrivedAt = date('2026-11-21').at('10:00');
    expect(said({ by: 'institution', notice: letter(undefined, arrivedAt) })).toMatchObject({
      effectiveAt: arrivedAt,
      isDeemed: false,
    });
  });
  test('SM-11.2/b an address wrong by our own error deems nothing', () => {
    const notice = letter('institution_error_in_address');
    expect(said({ by: 'institution', notice })).toBe('notice_not_arrived SM-11.2');
  });

  const closure = (isMainAccount: boolean, closedOn: CivilDate | undefined, afterCloseDays = 62) =>
    article11.clause('SM-11.3a').apply({ closedOn, isMainAccount }, { afterCloseDays });
  test('SM-11.3a/a closing one account leaves the others alone', () => {
    expect(closure(false, date('2026-11-20'))).toMatchObject({ ends: true, others: 'unaffected' });
    expect(closure(false, undefined)).toEqual({ ends: false, others: 'unaffected' });
    expect(closure(true, date('2026-11-20')).ends).toBe(false);
  });
  test('SM-11.3a/b only inquiry remains, for the days of SM-4.3', () => {
    expect(String(closure(false, date('2026-11-20')).inquiryUntil)).toBe('2027-01-21');
    expect(String(closure(false, date('2026-11-20'), 0).inquiryUntil)).toBe('2026-11-20');
  });

  const main = (mainAccountCloses: boolean) =>
    article11.clause('SM-11.3b').apply({ mainAccountCloses });
  test('SM-11.3b/a, SM-11.3b/c closing the main account ends contract, sessions, tokens, consents', () => {
    expect(main(true)).toMatchObject({
      contractEnds: true,
      sessionsEnd: true,
      tokensEnd: true,
      consentsRevoked: true,
    });
    expect(main(false)).toMatchObject({ contractEnds: false, consentsRevoked: false });
    expect(said({ by: 'main_account_closed', closedAt: 5 })).toMatchObject({
      clause: 'SM-11.3b',
      effectiveAt: 5,
    });
  });
  test('SM-11.3b/b and leaves no inquiry', () => {
    expect(main(true).inquiryAfterwards).toBe(false);
  });

  const full = {
    evidence: ['evt_1'],
    enteredBy: 'Sato',
    secondApprover: 'Ito',
    decidedAt: 1,
    arrears: '2026-09, 220円',
    lastUseDate: date('2024-01-01'),
    grounds: '規定違反',
  } satisfies Partial<Facts>;
  test.each([
    ['SM-11.4-1', 'suspension_of_payments_or_insolvency'],
    ['SM-11.4-2', 'whereabouts_unknown'],
    ['SM-11.4-3', 'fee_unpaid'],
    ['SM-11.4-4', 'succession_opened'],
    ['SM-11.4-5', 'dormant'],
    ['SM-11.4-6', 'other_adequate_cause'],
  ] as const)(
    '%s/a–c one ground suffices, without notice, recorded with evidence',
    (id, ground) => {
      const clause = article11.clause(id);
      expect(demand(clause, full).ok).toBe(true);
      expect(demand(clause, { ...full, evidence: [] })).toMatchObject({
        refusal: { code: 'record_incomplete', clause: id, facts: { missing: ['evidence'] } },
      });
      expect(clauseOfGround(ground)).toBe(id);
      expect(said({ by: 'forced', ground, recordedAt: 7 })).toEqual({
        clause: id,
        effectiveAt: 7,
        isDeemed: false,
      });
    },
  );
  test('SM-11.4-3 the arrears are part of the record', () => {
    expect(demand(article11.clause('SM-11.4-3'), { ...full, arrears: '' }).ok).toBe(false);
  });
  test('SM-11.4-6/a another cause left empty is no cause, and one person is not two', () => {
    const clause = article11.clause('SM-11.4-6');
    expect(demand(clause, { ...full, grounds: '' })).toMatchObject({
      refusal: { facts: { missing: ['grounds'] } },
    });
    expect(demand(clause, { ...full, secondApprover: 'Sato' })).toMatchObject({
      refusal: { code: 'second_person_required' },
    });
  });
  test('SM-11.4-1 INT-27 reading B waits for the notice to arrive', () => {
    const forced = { by: 'forced', ground: 'fee_unpaid', recordedAt: 7 } as const;
    expect(said(forced, 'B')).toBe('notice_not_arrived SM-11.4-3');
    expect(said({ ...forced, notice: letter('refused_by_holder') }, 'B')).toMatchObject({
      clause: 'SM-11.4-3',
      isDeemed: true,
    });
  });

  const dormant = (today: string) =>
    isDormancyCandidate(date('2024-11-22'), date(today), { months: 24, counts: ['login'] });
  test('SM-11.4-5/a exactly the period: not yet', () => {
    expect(dormant('2026-11-22')).toBe(false);
  });
  test('SM-11.4-5/b the period and a day: a candidate', () => {
    expect(dormant('2026-11-23')).toBe(true);
  });
});
