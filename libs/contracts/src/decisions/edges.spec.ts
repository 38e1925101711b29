import { canonicalJson, CivilDate, established, excluded } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { arrivalOf, normalArrival } from '../conditions/deemed-arrival.js';
import { nextOpening } from '../conditions/within-service-hours.js';
import type { DeliveryFailure } from '../facts/index.js';
import { ReadingBook } from '../readings.js';
import { smSampleBook } from '../samples/sample-book.js';
import { article14 } from '../sm-terms/article-14-misuse-of-stolen-passwords.js';
import { article19 } from '../sm-terms/article-19-term-and-renewal.js';
import { smParameters } from '../sm-terms/parameters.js';
import { applyClause } from './apply-clause.js';
import { destinationClass, transferFee } from './classify-transfer.js';
import { decideRenewal } from './decide-renewal.js';
import { decideProcessing } from './may-process-request.js';
import { mayRecall } from './may-recall.js';
import { partialAward } from './partial-award.js';
import { raiseApplicationAmount } from './raise-application-amount.js';
import { all, always, ConflictError, decideByRules, is, not, rule } from './rules.js';
import { lackingFactors, whichFactors } from './which-factors.js';
import { whenTerminated } from './when-terminated.js';

const date = CivilDate.from;
const words = { ja: '理由。', en: 'Reason.' };
const normal = { mailMinutes: 60, postDays: 3 };
const grounds = {
  parameters: smSampleBook('2825'),
  readings: new ReadingBook('2825'),
  asOf: date('2026-11-24'),
};

describe('arrival at its edges', () => {
  const mail = (failure: DeliveryFailure, arrivedAt?: number) =>
    arrivalOf(
      { channel: 'mail', sentAt: 0, failure, ...(arrivedAt === undefined ? {} : { arrivedAt }) },
      normal,
    );
  test.each<DeliveryFailure>([
    'address_registered_wrongly',
    'address_change_not_notified',
    'holder_environment',
    'line_failure',
    'refused_by_holder',
  ])('%s deems arrival where the clause names no causes of its own', (failure) => {
    expect(mail(failure)).toEqual({ how: 'deemed', at: 3_600_000 });
  });
  test('what arrives at the very instant it was due has arrived', () => {
    expect(mail('line_failure', 3_600_000)).toEqual({ how: 'arrived', at: 3_600_000 });
    expect(mail('line_failure', 3_600_001)).toEqual({ how: 'deemed', at: 3_600_000 });
  });
  test('a screen or a hand delivers at once', () => {
    expect(normalArrival({ channel: 'screen', sentAt: 7 }, normal)).toBe(7);
    expect(normalArrival({ channel: 'by_hand', sentAt: 7 }, normal)).toBe(7);
  });
  test('an opening 400 days away is found, one 401 days away is not', () => {
    const closed = { sun: [], mon: [], tue: [], wed: [], thu: [], fri: [], sat: [] };
    const opensAfter = (days: number) => {
      const day = date('2026-01-01').plusDays(days);
      const exceptions = [{ date: String(day), openings: [{ from: '09:00', to: '10:00' }] }];
      return nextOpening({ weekly: closed, exceptions }, date('2026-01-01').at('12:00'));
    };
    expect(opensAfter(400)).toBe(date('2026-01-01').plusDays(400).at('09:00'));
    expect(opensAfter(401)).toBeUndefined();
  });
});

describe('rules at their edges', () => {
  test('not and always are conditions like others', () => {
    const fallback = rule('SM-20').when(always).then('always', words);
    expect(decideByRules([fallback], {})).toMatchObject({ outcome: 'always', unknown: [] });
    const unless = rule('SM-20')
      .when(not(all(is('a'), is('b'))))
      .then('unless', words);
    expect(decideByRules([unless], { a: established(), b: excluded() }).outcome).toBe('unless');
    expect(decideByRules([unless], { a: established() }).unknown).toEqual(['b']);
  });
  test('a conflict has its name and says which clauses', () => {
    const error = new ConflictError(['SM-1', 'SM-2']);
    expect([error.name, error.message]).toEqual([
      'ConflictError',
      'No order between the clauses that apply: SM-1, SM-2.',
    ]);
  });
  test('twelve unknown facts are tried in every completion, thirteen are a bug', () => {
    const some = (count: number) =>
      rule('SM-20')
        .when(all(...Array.from({ length: count }, (_, n) => is(`f${n}`))))
        .then('x', words);
    expect(decideByRules([some(12)], {}).unknown).toHaveLength(12);
    expect(() => decideByRules([some(13)], {})).toThrow('Too many unknown facts');
  });
  test('a fact that decides only beside another is named with it', () => {
    const both = rule('SM-20')
      .when(all(is('a'), is('b')))
      .then('both', words);
    expect(decideByRules([both], {}).unknown).toEqual(['a', 'b']);
  });
});

describe('one clause as a decision, at its edges', () => {
  test('an undetermined clause says so, with its own words and no invented evidence', () => {
    const answer = applyClause(article14.clause('SM-14.2a'), { holderFault: 'unknown' }, grounds);
    expect(answer).toMatchObject({
      value: {
        trace: [
          {
            effect: 'undetermined',
            facts: [{ name: 'holderFault', value: 'unknown', evidence: [] }],
            reason: { ja: article14.clause('SM-14.2a').ja, en: article14.clause('SM-14.2a').en },
          },
        ],
        unknown: ['holderFault'],
      },
    });
  });
  test('the hash is that of clause, facts, figures, parameters and readings', () => {
    const hash = (noticeDate: string, readings = grounds.readings) => {
      const answer = applyClause(
        article14.clause('SM-14.2b'),
        { noticeDate: date(noticeDate) },
        { ...grounds, readings },
      );
      return answer.ok ? answer.value.inputHash : '';
    };
    const chosen = new ReadingBook('2825', [
      {
        entry: 'INT-02',
        reading: 'B',
        institution: '2825',
        version: 1,
        effectiveFrom: date('2026-01-01'),
        chosenBy: 'Sato',
        approvedBy: 'Ito',
        status: 'signed',
      },
    ]);
    const hashes = [hash('2026-03-31'), hash('2026-03-30'), hash('2026-03-31', chosen)];
    expect(new Set(hashes).size).toBe(3);
    expect(hash('2026-03-31')).toBe(hashes[0]);
  });
  test('SM-19 a clause without readings prints none', () => {
    const today = date('2026-11-24');
    const answer = applyClause(
      article19.clause('SM-19'),
      { contractDate: today, objectionDate: undefined, today },
      grounds,
    );
    expect(answer).toMatchObject({ value: { readings: [], parameters: [] } });
    expect(canonicalJson(answer)).toContain('"isInForce":true');
  });
});

describe('fees, recalls and traces at their edges', () => {
  const row = (fromYen: bigint, feeYen: bigint) =>
    ({ destination: 'other_institution', membership: 'member', fromYen, feeYen }) as const;
  test('SM-5.1-1 the fee is that of the highest start reached, whatever the order of the rows', () => {
    const table = [row(50_000n, 440n), row(0n, 220n), row(30_000n, 330n)];
    const fees = [29_999n, 30_000n, 50_000n].map((amount) =>
      [table, [...table].reverse()].map((rows) =>
        transferFee(rows, 'other_institution', 'member', amount),
      ),
    );
    expect(fees).toEqual([
      [220n, 220n],
      [330n, 330n],
      [440n, 440n],
    ]);
    expect(transferFee([], 'other_institution', 'member', 1n)).toBe(0n);
  });
  test('SM-5.1-2-2 within one branch there is a class of its own and no fee', () => {
    const place = { institution: '2825', branch: '001' };
    expect(destinationClass(place, { ...place })).toBe('same_branch');
    const trap = { ...row(0n, 9n), destination: 'same_branch' } as never;
    expect(transferFee([trap], 'same_branch', 'member', 1n)).toBe(0n);
  });
  test.each(['returned', 'cancelled', 'not_processed'] as const)(
    'SM-5.5-2 a request that is %s cannot be recalled',
    (requestState) => {
      const place = { acceptingBranch: '001', debitBranch: '001' };
      expect(mayRecall({ channel: 'branch', ...place, requestState })).toEqual({
        ok: false,
        refusal: { code: 'already_final', clause: 'SM-5.5-2' },
      });
    },
  );
  test('SM-3.4-1-2a each ground is told in words, met or not, and only the funds are figures', () => {
    const facts = {
      transferKind: 'furikomi',
      transferAmount: 10n,
      feeYen: 0n,
      debitClosed: false,
      paymentStops: [],
      serviceStopped: false,
      funds: { balance: 10n, holds: 0n, overdraftLimit: 0n },
    } as const;
    const trace = (more: object) => {
      const answer = decideProcessing({ ...facts, ...more }, grounds.parameters, grounds.asOf);
      return answer.ok ? answer.value.trace : [];
    };
    const worst = {
      debitClosed: true,
      paymentStops: [{ kind: 'attachment' }],
      serviceStopped: true,
    };
    const sentences = [...trace({}), ...trace(worst)].map(({ reason }) => reason.en);
    expect(new Set(sentences).size).toBe(8);
    expect(trace({}).map(({ value }) => value)).toEqual([
      false,
      false,
      false,
      { total: 10n, payable: 10n, exceeds: false },
    ]);
    expect(
      trace({}).flatMap(({ facts: used }) => used.map(({ evidence }) => evidence.length)),
    ).toEqual(Array.from({ length: 8 }, () => 0));
  });
  test('SM-19 a renewal prints both dates and the reason, and hashes its facts', () => {
    const notice = { channel: 'by_hand', sentAt: date('2026-11-20').at('09:00') } as const;
    const decide = (today: string, arrivedAt?: number) =>
      decideRenewal(
        {
          contractDate: date('2025-12-01'),
          today: date(today),
          objection: { ...notice, ...(arrivedAt === undefined ? {} : { arrivedAt }) },
        },
        normal,
        '2825',
      );
    const lost = decide('2026-12-05');
    expect(lost.outcome.outcome).toBe('in_force');
    const ended = decide('2026-12-05', date('2026-11-30').at('09:00'));
    expect(ended.outcome.outcome).toBe('ended_by_objection');
    expect(ended.trace[0]?.facts).toEqual([
      { name: 'contractDate', value: date('2025-12-01'), evidence: [] },
      { name: 'objectionDate', value: date('2026-11-30'), evidence: [] },
    ]);
    expect(lost.trace[0]?.effect).toBe('applies');
    expect(lost.trace[0]?.reason.en).toContain('lies within');
    expect(ended.trace[0]?.reason.en).toContain('before the term expired');
    expect(lost.inputHash).not.toBe(ended.inputHash);
    const timely = decide('2026-11-22', date('2026-11-21').at('09:00'));
    expect(timely.human).toBeUndefined();
    const late = decide('2026-12-05', date('2026-12-02').at('09:00'));
    expect(late.human?.why.en).toContain('after expiry');
  });
});

describe('decisions of the terms, at their edges', () => {
  const base = {
    login: ['login_id', 'login_password'],
    inquiry: [],
    transfer: ['confirmation_password'],
    change: ['confirmation_password'],
    deactivate_otp: [],
  } as const;
  const matrix = {
    base: {
      pc: base,
      smartphone: { ...base, transfer: ['confirmation_password', 'secret_word'] },
      intermediary: base,
    },
    throughIntermediary: 'one_of_otp_and_mail',
  } as const;
  const ask = (
    terminalClass: 'pc' | 'smartphone' | 'uncertain' | 'intermediary',
    operation: 'transfer' | 'change',
  ) =>
    whichFactors(
      { terminalClass, operation, meansStarted: { oneTimePassword: true, mailPassword: true } },
      { matrix, mailOperations: ['change'] },
    );
  test('SM-7.3b/b an uncertain terminal gets what a PC and a smartphone need together', () => {
    expect(ask('pc', 'transfer')).toMatchObject({
      value: { all: ['confirmation_password', 'one_time_password'] },
    });
    expect(ask('uncertain', 'transfer')).toMatchObject({
      value: { all: ['confirmation_password', 'secret_word', 'one_time_password'] },
    });
  });
  test('SM-R2.7 what the terminal adds is not added through an intermediary', () => {
    expect(ask('intermediary', 'change')).toMatchObject({
      value: { all: ['confirmation_password'], oneOf: [] },
    });
  });
  test('SM-R2.7 a refusal names its clause; nothing required lacks nothing', () => {
    const none = { oneTimePassword: false, mailPassword: false };
    const answer = whichFactors(
      { terminalClass: 'intermediary', operation: 'transfer', meansStarted: none },
      { matrix, mailOperations: ['change'] },
    );
    expect(answer).toEqual({
      ok: false,
      refusal: { code: 'second_factor_not_started', clause: 'SM-R2.7' },
    });
    expect(lackingFactors({ all: [], oneOf: [] }, [])).toEqual([]);
  });
  test('SM-14.2e, SM-10.3d refusals name clause and figures', () => {
    expect(partialAward(101n, 100n)).toEqual({
      ok: false,
      refusal: {
        code: 'award_out_of_bounds',
        clause: 'SM-14.2e',
        facts: { covered: '100' },
      },
    });
    const supplied = {
      newLimit: 10n,
      formReference: 'F-1',
      sealCheckedBy: 'Ito',
      enteredBy: 'Sato',
      secondApprover: 'Ito',
    };
    const raise = (current: bigint) =>
      raiseApplicationAmount(supplied, current, { withOtp: 9n, withoutOtp: 1n });
    expect([raise(10n), raise(1n)]).toEqual([
      { ok: false, refusal: { code: 'not_a_raise', clause: 'SM-10.3d' } },
      { ok: false, refusal: { code: 'above_cap', clause: 'SM-10.3d' } },
    ]);
  });
  test('SM-11.3b closing the main account deems nothing', () => {
    expect(whenTerminated({ by: 'main_account_closed', closedAt: 5 }, 3)).toEqual({
      ok: true,
      value: { clause: 'SM-11.3b', effectiveAt: 5, isDeemed: false },
    });
  });
  test('SM-5.3-1a every parameter names itself where it is unset', () => {
    const found = smSampleBook('9999').read(smParameters.limitCap, date('2022-06-30'));
    expect(found).toMatchObject({
      refusal: { facts: { parameter: 'P.sm.limit.cap', institution: '9999', date: '2022-06-30' } },
    });
  });
});
