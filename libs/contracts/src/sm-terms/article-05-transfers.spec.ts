import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { classifyTransfer, destinationClass, transferFee } from '../decisions/classify-transfer.js';
import { mayCancelReservation } from '../decisions/may-cancel-reservation.js';
import { demand } from '../demand.js';
import { smSampleBook } from '../samples/sample-book.js';
import { article05 } from './article-05-transfers.js';
import { smParameters } from './parameters.js';

const date = CivilDate.from;
const home = { institution: '2825', branch: '001' };
const tables = smSampleBook('2825').readAll(
  { fee: smParameters.transferFee, reasons: smParameters.returnReasonMap },
  date('2026-11-22'),
);
if (!tables.ok) throw new Error('The sample values are incomplete.');
const { fee, reasons } = tables.value.values;

describe('SM-5.1 and SM-5.2: what a transfer is, and when it is formed', () => {
  test.each([
    ['SM-5.1-1/a not registered', false, true, '1', 'debit_not_registered'],
    ['SM-5.1-1/b a branch that is in no master', true, false, '1', 'unknown_branch'],
    ['SM-5.1-1/c type 4 where it is not allowed', true, true, '4', 'account_type_not_allowed'],
    ['SM-5.1-1 an ordinary account', true, true, '1', 'allowed'],
  ] as const)('%s', (_title, debitRegistered, creditBranchKnown, creditAccountType, expected) => {
    const answer = article05
      .clause('SM-5.1-1')
      .apply(
        { debitRegistered, creditBranchKnown, creditAccountType },
        { creditTypes: ['1', '2'] },
      );
    expect(answer).toBe(expected);
  });

  test.each([
    ['SM-5.1-2-1/a another branch, same owner', { ...home, branch: '002' }, 'furikomi', 55n],
    ['SM-5.1-2-1/b another bank', { institution: '0001', branch: '001' }, 'furikomi', 220n],
    ["SM-5.1-2-2/a same branch, a third party's account", home, 'furikae', 0n],
    ['SM-5.1-2-2/b same branch, own savings', { ...home }, 'furikae', 0n],
  ] as const)('%s', (_title, credit, kind, feeYen) => {
    expect(classifyTransfer(home, credit)).toBe(kind);
    expect(transferFee(fee, destinationClass(home, credit), 'member', 30_000n)).toBe(feeYen);
  });

  test('SM-5.1-2-1 and SM-5.1-2-2 are complements: every pair of places is one or the other', () => {
    const places = ['2825/001', '2825/002', '0001/001', '0001/002'].map((text) => {
      const [institution = '', branch = ''] = text.split('/');
      return { institution, branch };
    });
    for (const debitPlace of places) {
      for (const creditPlace of places) {
        const facts = { debitPlace, creditPlace };
        const isFurikomi = article05.clause('SM-5.1-2-1').apply(facts);
        expect(article05.clause('SM-5.1-2-2').apply(facts)).toBe(!isFurikomi);
      }
    }
  });

  test('SM-5.1-2-2/c after a merger the new branch codes decide: 振込 becomes 振替', () => {
    const merged = (place: typeof home) => ({ ...place, branch: '001' });
    const other = { ...home, branch: '002' };
    expect(classifyTransfer(home, other)).toBe('furikomi');
    expect(classifyTransfer(merged(home), merged(other))).toBe('furikae');
  });

  test.each([
    [49_999n, 'member', 220n],
    [50_000n, 'member', 440n],
    [49_999n, 'non_member', 550n],
    [50_000n, 'non_member', 770n],
  ] as const)('SM-5.1-1 the fee for %s yen of a %s is %s', (amount, membership, feeYen) => {
    expect(transferFee(fee, 'other_institution', membership, amount)).toBe(feeYen);
  });

  test('SM-5.2/a what is fixed but not debited is not formed', () => {
    const clause = article05.clause('SM-5.2');
    expect(clause.apply({ debitedAt: undefined })).toEqual({ isFormed: false });
    expect(clause.apply({ debitedAt: 5 })).toEqual({ isFormed: true, formedAt: 5 });
  });
});

describe('SM-5.4: reservations, returns, inquiries', () => {
  const day = date('2026-11-24');
  const later = { first: 'later_that_day', otherwise: 'not_processed' } as const;
  const run = (
    time: string,
    runWasMissed: boolean,
    missed: {
      first: 'later_that_day' | 'next_processing_day' | 'not_processed';
      otherwise: 'next_processing_day' | 'not_processed';
    } = later,
    requestState: 'reserved' | 'debited' = 'reserved',
    on = day,
  ) =>
    article05.clause('SM-5.4-1').apply(
      {
        requestState,
        designatedDate: day,
        now: on.at(time),
        runWasMissed,
        interbankCloseAt: day.at('15:30'),
      },
      { runTime: '07:00', missed },
    );

  test.each([
    ['SM-5.4-1/a a second before its time', () => run('06:59', false), 'wait'],
    [
      'SM-5.4-1/a the day before',
      () => run('23:59', false, later, 'reserved', day.minusDays(1)),
      'wait',
    ],
    ['SM-5.4-1 at its time', () => run('07:00', false), 'process'],
    ['SM-5.4-1/b missed, later that day', () => run('15:29', true), 'process_late'],
    ['SM-5.4-1/b missed, after the interbank close', () => run('15:30', true), 'not_processed'],
    [
      'SM-5.4-1/b the day is over',
      () => run('07:00', false, later, 'reserved', day.plusDays(1)),
      'not_processed',
    ],
    [
      'SM-5.4-1/b next processing day',
      () => run('09:00', true, { first: 'next_processing_day', otherwise: 'not_processed' }),
      'next_processing_day',
    ],
    [
      'SM-5.4-1/c a rerun of the batch',
      () => run('07:00', false, later, 'debited'),
      'nothing_to_do',
    ],
  ])('%s', (_title, decide, expected) => {
    expect(decide()).toBe(expected);
  });

  const returned = (more: { returnPosted?: boolean; debitClosed?: boolean } = {}) =>
    article05.clause('SM-5.4-2').apply(
      {
        transferAmount: 10_000n,
        returnPosted: false,
        returnReason: '1',
        debitClosed: false,
        ...more,
      },
      { returnReleases: 'none', reasons },
    );
  test('SM-5.4-2/a 10,000 with a fee of 330 come back as 10,000, with the reason', () => {
    expect(returned()).toMatchObject({
      to: 'debit_account',
      creditYen: 10_000n,
      feeRefundYen: 0n,
      reason: { code: '1' },
    });
  });
  test('SM-5.4-2/b a return that was posted before credits nobody', () => {
    expect(returned({ returnPosted: true })).toMatchObject({ to: 'nobody', creditYen: 0n });
  });
  test('SM-5.4-2/c a return for an account closed meanwhile goes to people', () => {
    expect(returned({ debitClosed: true })).toMatchObject({ to: 'operator_queue' });
  });
  test('SM-5.4-2/d the parameter says what limit a return gives back', () => {
    const given = article05
      .clause('SM-5.4-2')
      .apply(
        { transferAmount: 1n, returnPosted: false, returnReason: 'x', debitClosed: false },
        { returnReleases: 'both', reasons },
      );
    expect(given).toMatchObject({ releasesLimit: 'both', reason: undefined });
  });

  test('SM-5.4-3a an inquiry without its text or day is not opened', () => {
    const clause = article05.clause('SM-5.4-3a');
    expect(demand(clause, { inquiryText: '受取人名相違' })).toMatchObject({
      refusal: { code: 'record_incomplete', facts: { missing: ['inquiryOpenedOn'] } },
    });
  });

  const due = day.at('15:00');
  const second = 1000;
  test.each([
    ['SM-5.4-3a/a in time', due - second, due, false, 'forward_reply'],
    ['SM-5.4-3b/a at the deadline instant', due, due, false, 'forward_reply'],
    ['SM-5.4-3b/b one second later', due + second, due + second, false, 'return'],
    [
      'SM-5.4-3b/b no reply, one second after the deadline',
      undefined,
      due + second,
      false,
      'return',
    ],
    ['SM-5.4-3b no reply yet', undefined, due, false, 'wait'],
    ['SM-5.4-3b improper, though in time', due - second, due, true, 'return'],
  ] as const)('%s', (_title, repliedAt, now, replyImproper, expected) => {
    const answer = article05
      .clause('SM-5.4-3b')
      .apply({ repliedAt, replyDue: due, replyImproper, grounds: '別人の口座', now });
    expect(answer).toBe(expected);
  });

  test('SM-5.4-3b/c "improper" without grounds is no judgement', () => {
    const judge = (grounds: string) =>
      article05
        .clause('SM-5.4-3b')
        .apply({ repliedAt: due, replyDue: due, replyImproper: true, grounds, now: due });
    expect([judge(' '), judge('別人の口座')]).toEqual(['grounds_missing', 'return']);
  });
  test('SM-5.4-3b/d the funds go back as SM-5.4-2 says: the fee stays', () => {
    expect(article05.clause('SM-5.4-3b').refers).toContain('SM-5.4-2');
    expect(returned().feeRefundYen).toBe(0n);
  });
});

describe('SM-5.5: cancellation and recall', () => {
  test('SM-5.5-1/f what is cancelled is never run: no debit and no fee', () => {
    const answer = article05.clause('SM-5.4-1').apply(
      {
        requestState: 'cancelled',
        designatedDate: date('2026-11-24'),
        now: date('2026-11-24').at('07:00'),
        runWasMissed: false,
        interbankCloseAt: date('2026-11-24').at('15:30'),
      },
      { runTime: '07:00', missed: { first: 'later_that_day', otherwise: 'not_processed' } },
    );
    expect(answer).toBe('nothing_to_do');
  });

  const cutoff = { daysBefore: 0, time: '00:00' };
  const day = date('2026-11-24');
  const reservation = {
    isReservation: true,
    requestState: 'reserved',
    designatedDate: day,
  } as const;

  test.each([
    [
      'SM-5.5-1/c a same-day request',
      { ...reservation, isReservation: false },
      -1,
      'not_a_reservation',
    ],
    [
      'SM-5.5-1/d the second of two cancellations',
      { ...reservation, requestState: 'cancelled' },
      -1,
      'not_reserved_any_more',
    ],
    [
      'SM-5.5-1/e already debited by the batch',
      { ...reservation, requestState: 'debited' },
      -1,
      'not_reserved_any_more',
    ],
    ['SM-5.5-1/b at the cut-off', reservation, 0, 'cancel_cutoff_passed'],
    ['SM-5.5-1/a just before the cut-off', reservation, -1, 'allowed'],
  ] as const)('%s', (_title, request, offset, expected) => {
    const answer = mayCancelReservation({ ...request, now: day.startsAt() + offset }, cutoff);
    expect(answer.ok ? answer.value : answer.refusal.code).toBe(expected);
    if (!answer.ok) expect(answer.refusal.clause).toBe('SM-5.5-1');
  });

  test('SM-5.5-1 the cut-off may lie days before the date', () => {
    const early = { daysBefore: 1, time: '18:00' };
    const at = date('2026-11-23').at('18:00');
    expect(mayCancelReservation({ ...reservation, now: at - 1 }, early).ok).toBe(true);
    expect(mayCancelReservation({ ...reservation, now: at }, early).ok).toBe(false);
  });

  test('SM-5.5-2 a recall needs grounds, the branch, a person and a time', () => {
    expect(demand(article05.clause('SM-5.5-2'), {})).toMatchObject({
      refusal: {
        facts: { missing: ['grounds', 'acceptingBranch', 'enteredBy', 'decidedAt'] },
      },
    });
  });

  test.each([
    ['SM-5.5-3/a a failed recall leaves the funds with the payee', 'failed', 0n],
    ['SM-5.5-3/b a recall credits the amount and keeps the fee', 'recalled', 10_000n],
  ] as const)('%s', (_title, recallOutcome, creditYen) => {
    const answer = article05.clause('SM-5.5-3').apply({ recallOutcome, transferAmount: 10_000n });
    expect(answer).toEqual({ isFinal: true, creditYen, feeRefundYen: 0n });
  });
});
