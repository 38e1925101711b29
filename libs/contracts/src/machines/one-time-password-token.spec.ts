import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import {
  asksForCode,
  beginToken,
  stepToken,
  type TokenEvent,
  type TokenState,
} from './one-time-password-token.js';

const noon = CivilDate.from('2026-11-20').at('12:00');
const expiresAt = CivilDate.from('2028-11-20').startsAt();
const tellFrom = CivilDate.from('2028-10-21').startsAt();
const usableUntil = CivilDate.from('2026-11-28').startsAt() - 1;
type Draft<T> = T extends TokenEvent ? Omit<T, 'id' | 'happenedAt'> : never;
type Told = readonly [at: number, event: Draft<TokenEvent>];

/** Tells events one after another; only the last one may be refused. */
function tell(state: TokenState, ...events: readonly Told[]) {
  let current = state;
  for (const [index, [at, draft]] of events.entries()) {
    const id = `e${current.version}-${draft.type}-${at}-${index}`;
    const result = stepToken(current, { id, happenedAt: at, ...draft }, at);
    if (!result.ok) {
      expect(index).toBe(events.length - 1);
      return { state: current, answer: result.refusal.code, effects: [], notices: [] };
    }
    current = result.value.state;
    if (index === events.length - 1) {
      const { effects, notices } = result.value;
      return { state: current, answer: current.name as string, effects, notices };
    }
  }
  return { state: current, answer: current.name as string, effects: [], notices: [] };
}

const issue = (more = {}): Told => [
  noon,
  {
    type: 'issue_requested',
    startPasswordMeetsPolicy: true,
    toNewAddress: false,
    stepUpMatched: false,
    usableUntil,
    ...more,
  },
];
const startPassword = (matches: boolean, at = noon): Told => [
  at,
  { type: 'start_password_entered', matches, attemptsMax: 3 },
];
const code = { matches: true, step: 100, currentStep: 100, window: 1 };
const start = (more = {}, at = noon): Told => [
  at,
  { type: 'started', ...code, expiresAt, tellFrom, ...more },
];
const enter = (more: object, at = noon): Told => [
  at,
  { type: 'code_entered', ...code, step: 101, currentStep: 101, ...more },
];
const none = () => beginToken(noon);
const active = () => tell(none(), issue(), startPassword(true), start()).state;

describe('SM-7.1 issue of a token', () => {
  test('SM-7.1/a a wrong start password is refused a set number of times, then the issue is dead', () => {
    const twice = tell(none(), issue(), startPassword(false), startPassword(false));
    expect(twice).toMatchObject({ answer: 'ISSUE_REQUESTED', state: { facts: { failures: 2 } } });
    expect(tell(twice.state, startPassword(false))).toMatchObject({
      answer: 'NONE',
      effects: ['void_older_secrets'],
    });
    expect(tell(twice.state, startPassword(true))).toMatchObject({ answer: 'TOKEN_OBTAINED' });
  });

  test('SM-7.1/b an expired issue is refused, its last instant is not', () => {
    expect(tell(none(), issue(), startPassword(true, usableUntil))).toMatchObject({
      answer: 'TOKEN_OBTAINED',
    });
    expect(tell(none(), issue(), startPassword(true, usableUntil + 1))).toMatchObject({
      answer: 'event_late',
    });
    const due: Told = [usableUntil + 1, { type: 'deadline_reached', deadline: 'issue' }];
    expect(tell(none(), issue(), due)).toMatchObject({ answer: 'NONE' });
    expect(tell(none(), issue(), startPassword(true), due)).toMatchObject({ answer: 'NONE' });
  });

  test('SM-7.1/c a second issue has a secret of its own and voids the first', () => {
    const again = tell(none(), issue(), startPassword(false), issue());
    expect(again.state.facts).toMatchObject({ generation: 2, failures: 0 });
    expect(again.effects).toEqual(['make_new_secret', 'void_older_secrets']);
  });

  test('SM-7.1/d the letter carries no start password: the machine never holds one', () => {
    const requested = tell(none(), issue());
    expect(requested.notices).toEqual([
      { kind: 'token_issue_letter', to: 'holder', clause: 'SM-7.1' },
    ]);
    expect(JSON.stringify(requested.state).toLowerCase()).not.toContain('password');
  });

  test.each([
    [{ startPasswordMeetsPolicy: false }, 'start_password_weak'],
    [{ toNewAddress: true }, 'factors_missing'],
    [{ toNewAddress: true, stepUpMatched: true }, 'ISSUE_REQUESTED'],
    [{ usableUntil: noon }, 'deadline_in_the_past'],
  ])('SM-7.1 an issue with %j answers %s', (more, answer) => {
    expect(tell(none(), issue(more))).toMatchObject({ answer });
  });
});

describe('SM-7.2 to SM-7.5: start, use, end', () => {
  test('SM-7.2/a the right code starts the service', () => {
    expect(tell(none(), issue(), startPassword(true), start())).toMatchObject({
      answer: 'ACTIVE',
      state: { facts: { lastStepUsed: 100, expiresAt } },
    });
    expect(tell(none(), issue(), startPassword(true), start({ matches: false }))).toMatchObject({
      answer: 'otp_mismatch',
    });
  });

  //    step  current  window  expected
  test.each([
    ['SM-7.2/b', 101, 102, 1, 'ACTIVE'],
    ['SM-7.2/b', 103, 102, 1, 'ACTIVE'],
    ['SM-7.2/b', 101, 103, 1, 'otp_outside_window'],
    ['SM-7.2/b', 104, 102, 1, 'otp_outside_window'],
    ['SM-7.2/b', 101, 102, 0, 'otp_outside_window'],
    ['SM-7.2/c', 100, 101, 1, 'otp_replayed'],
  ])('%s the code of step %i at step %i, window %i', (_, atStep, currentStep, window, answer) => {
    expect(tell(active(), enter({ step: atStep, currentStep, window }))).toMatchObject({ answer });
  });

  test('SM-7.2/c the code just used is refused, even in the same second', () => {
    expect(tell(active(), enter({}), enter({}))).toMatchObject({ answer: 'otp_replayed' });
  });

  test('SM-7.3c a match is recorded as a factor', () => {
    expect(tell(active(), enter({}))).toMatchObject({ effects: ['record_factor'] });
  });

  const wrong: Told = [noon, { type: 'wrong_code_entered', attemptsMax: 3 }];
  test('SM-7.2 wrong codes have a counter of their own, and a right one resets it', () => {
    expect(tell(active(), wrong, wrong)).toMatchObject({ answer: 'ACTIVE' });
    expect(tell(active(), wrong, wrong, wrong)).toMatchObject({
      answer: 'STOPPED',
      effects: ['void_older_secrets'],
      state: { facts: { stoppedBecause: 'attempts' } },
    });
    expect(tell(active(), wrong, wrong, enter({}), wrong, wrong)).toMatchObject({
      answer: 'ACTIVE',
    });
  });

  test('SM-7.4a/a after deactivation no code is asked for, and nobody deactivates without proof', () => {
    const off = tell(active(), [noon, { type: 'deactivated', proof: 'one_time_password' }]);
    expect(off).toMatchObject({ answer: 'DEACTIVATED' });
    expect([asksForCode(active()), asksForCode(off.state)]).toEqual([true, false]);
    expect(tell(active(), [noon, { type: 'deactivated', proof: 'none' }])).toMatchObject({
      answer: 'proof_missing',
    });
  });

  test('SM-7.4a/b limits that rest on codes fall back at once', () => {
    const off = tell(active(), [noon, { type: 'deactivated', proof: 'branch' }]);
    expect(off.effects).toContain('lower_limits_to_ceiling');
  });

  test('SM-7.4b/a a new issue after deactivation makes the old codes void', () => {
    const off = tell(active(), [noon, { type: 'deactivated', proof: 'branch' }]).state;
    expect(tell(off, issue())).toMatchObject({
      answer: 'ISSUE_REQUESTED',
      effects: ['make_new_secret', 'void_older_secrets'],
      state: { facts: { generation: 2 } },
    });
    expect(tell(active(), issue())).toMatchObject({ answer: 'event_out_of_order' });
  });

  test('SM-7.5/a the end is told once, when its time has come', () => {
    const due: Told = [tellFrom, { type: 'deadline_reached', deadline: 'expiry_notice' }];
    const once = tell(active(), due);
    expect(once.notices).toMatchObject([{ kind: 'token_expires_soon', to: 'holder' }]);
    const again: Told = [tellFrom + 1, { type: 'deadline_reached', deadline: 'expiry_notice' }];
    expect(tell(once.state, again)).toMatchObject({ answer: 'deadline_not_open' });
    const early: Told = [tellFrom - 1, { type: 'deadline_reached', deadline: 'expiry_notice' }];
    expect(tell(active(), early)).toMatchObject({ answer: 'period_not_over' });
  });

  test('SM-7.5/b at the instant of expiry the code is invalid, and it is still asked for', () => {
    expect(tell(active(), enter({}, expiresAt - 1))).toMatchObject({ answer: 'ACTIVE' });
    expect(tell(active(), enter({}, expiresAt))).toMatchObject({ answer: 'event_late' });
    const due: Told = [expiresAt, { type: 'deadline_reached', deadline: 'expiry' }];
    const over = tell(active(), due);
    expect(over).toMatchObject({
      answer: 'STOPPED',
      state: { facts: { stoppedBecause: 'expired' } },
    });
    expect(asksForCode(over.state)).toBe(true);
  });

  test('SM-7.5/c an extension before the end is possible, after it a new issue is needed', () => {
    const extend = (at: number, until = expiresAt + 9): Told => [
      at,
      { type: 'extended', expiresAt: until, tellFrom: until - 5 },
    ];
    expect(tell(active(), extend(expiresAt - 1))).toMatchObject({
      answer: 'ACTIVE',
      state: { facts: { expiresAt: expiresAt + 9 } },
    });
    expect(tell(active(), extend(expiresAt))).toMatchObject({ answer: 'event_late' });
    expect(tell(active(), extend(noon, expiresAt))).toMatchObject({ answer: 'not_longer' });
  });

  test('SM-9.4/a after a report of loss the codes are void at once, and the time is recorded', () => {
    const lost = tell(active(), [noon, { type: 'loss_reported', reason: '紛失' }]);
    expect(lost).toMatchObject({ answer: 'STOPPED' });
    expect(lost.effects).toEqual(['void_older_secrets', 'record_time_of_report']);
    expect(tell(lost.state, enter({}))).toMatchObject({ answer: 'event_out_of_order' });
    expect(tell(active(), [noon, { type: 'loss_reported', reason: ' ' }])).toMatchObject({
      answer: 'reason_required',
    });
  });

  test('SM-11.3b the end of the contract is the end of the token', () => {
    const ended = tell(active(), [noon, { type: 'contract_ended' }]);
    expect(ended).toMatchObject({ answer: 'ENDED', effects: ['void_older_secrets'] });
    expect(tell(ended.state, issue())).toMatchObject({ answer: 'event_out_of_order' });
  });
});

describe('SM-7.1 and SM-9.4: counters and reasons', () => {
  const wrong: Told = [noon, { type: 'wrong_code_entered', attemptsMax: 2 }];

  test('SM-7.1/a the right start password forgets the wrong ones before it', () => {
    const obtained = tell(none(), issue(), startPassword(false), startPassword(true));
    expect(obtained).toMatchObject({ answer: 'TOKEN_OBTAINED', state: { facts: { failures: 0 } } });
  });

  test('SM-7.1/a with the last attempt the issue is dead, and its failures with it', () => {
    const wrongOnes = Array.from({ length: 3 }, () => startPassword(false));
    expect(tell(none(), issue(), ...wrongOnes)).toMatchObject({
      answer: 'NONE',
      state: { facts: { failures: 0 } },
    });
  });

  test('SM-7.2 a token says why it was stopped, and nothing while it is not', () => {
    expect(tell(active(), wrong).state.facts).toEqual({
      generation: 1,
      failures: 1,
      lastStepUsed: 100,
      expiresAt,
    });
    const lost: Told = [noon, { type: 'loss_reported', reason: '紛失' }];
    expect(tell(active(), lost).state.facts.stoppedBecause).toBe('紛失');
  });
});
