import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import {
  beginMailPassword,
  stepMailPassword,
  type MailPasswordEvent,
  type MailPasswordState,
} from './mail-password.js';

const noon = CivilDate.from('2026-11-20').at('12:00');
const HOUR = 3_600_000;
type Draft<T> = T extends MailPasswordEvent ? Omit<T, 'id' | 'happenedAt'> : never;
type Told = Draft<MailPasswordEvent>;

/** Tells events one after another at `at`; only the last one may be refused. */
function tellAt(at: number, state: MailPasswordState, ...events: readonly Told[]) {
  let current = state;
  let last: { notices: readonly { kind: string }[]; effects: readonly string[] } = {
    notices: [],
    effects: [],
  };
  for (const [index, draft] of events.entries()) {
    const id = `e${current.version}-${draft.type}-${at}`;
    const result = stepMailPassword(current, { id, happenedAt: at, ...draft }, at);
    if (!result.ok) {
      expect(index).toBe(events.length - 1);
      return { state: current, answer: result.refusal.code as string, ...last };
    }
    current = result.value.state;
    last = { notices: result.value.notices, effects: result.value.effects };
  }
  return { state: current, answer: current.name as string, ...last };
}
const tell = (state: MailPasswordState, ...events: readonly Told[]) =>
  tellAt(noon, state, ...events);

const select = (more: object = {}): Told => ({
  type: 'operation_selected',
  designated: true,
  session: 'ses_a',
  sendsMax: 3,
  ...more,
});
const enter = (more: object = {}): Told => ({
  type: 'entered',
  matches: true,
  session: 'ses_a',
  singleUse: false,
  ...more,
});
const started = () =>
  tell(beginMailPassword('old@example.jp', noon), { type: 'use_started' }).state;
const live = () => tell(started(), select()).state;

describe('SM-8.1 issue on selection', () => {
  test('SM-8.1/a an operation that is not designated sends no mail, nor does one before the start', () => {
    expect(tell(started(), select({ designated: false }))).toMatchObject({
      answer: 'operation_not_designated',
    });
    expect(tell(beginMailPassword('old@example.jp', noon), select())).toMatchObject({
      answer: 'event_out_of_order',
    });
    expect(tell(started(), select()).notices).toMatchObject([{ kind: 'mail_password' }]);
  });

  test('SM-8.1/b selecting again sends a new one, and the old one dies', () => {
    const again = tell(live(), select());
    expect(again.state.facts).toMatchObject({ generation: 2, sentInSession: 2 });
    expect(again.effects).toEqual(['make_mail_password', 'void_older_mail_password']);
  });

  test('SM-8.1 only so many are sent in one session; another session counts anew', () => {
    expect(tell(live(), select(), select(), select())).toMatchObject({
      answer: 'resend_limit_reached',
    });
    expect(tell(live(), select(), select(), select({ session: 'ses_b' }))).toMatchObject({
      answer: 'LIVE',
      state: { facts: { sentInSession: 1 } },
    });
  });
});

describe('SM-8.2 and SM-8.3: use and life', () => {
  test('SM-8.2/b a wrong one counts under its own limit, and the limit kills it', () => {
    const wrong: Told = { type: 'wrong_one_entered', attemptsMax: 2 };
    expect(tell(live(), wrong)).toMatchObject({
      answer: 'LIVE',
      state: { facts: { failures: 1 } },
    });
    expect(tell(live(), wrong, wrong)).toMatchObject({
      answer: 'STARTED',
      effects: ['void_older_mail_password'],
    });
    expect(tell(live(), wrong, enter(), wrong)).toMatchObject({ answer: 'LIVE' });
    expect(tell(live(), enter({ matches: false }))).toMatchObject({
      answer: 'mail_password_mismatch',
    });
  });

  test('SM-8.3a/a it may serve twice in one session, unless the institution wants single use', () => {
    expect(tell(live(), enter(), enter())).toMatchObject({ answer: 'LIVE' });
    expect(tell(live(), enter({ singleUse: true }), enter())).toMatchObject({
      answer: 'event_out_of_order',
    });
  });

  test('SM-8.3a/b after logout and a new login the old one is invalid', () => {
    const out = tell(live(), { type: 'session_ended', session: 'ses_a' });
    expect(out).toMatchObject({ answer: 'STARTED', effects: ['void_older_mail_password'] });
    expect(tell(out.state, enter({ session: 'ses_b' }))).toMatchObject({
      answer: 'event_out_of_order',
    });
  });

  test('SM-8.3a/d the end of another session ends nothing here', () => {
    expect(tell(live(), { type: 'session_ended', session: 'ses_b' })).toMatchObject({
      answer: 'other_session',
    });
  });

  test('SM-8.3a/e the one of session A is refused in session B', () => {
    expect(tell(live(), enter({ session: 'ses_b' }))).toMatchObject({ answer: 'other_session' });
  });

  test('SM-8.3a/e through an intermediary it serves the draft it was sent for and no other', () => {
    const forOne = tell(started(), select({ draft: 'trf_1' })).state;
    expect(tell(forOne, enter({ draft: 'trf_1' }))).toMatchObject({ answer: 'LIVE' });
    expect(tell(forOne, enter({ draft: 'trf_2' }))).toMatchObject({ answer: 'other_draft' });
    expect(tell(forOne, enter())).toMatchObject({ answer: 'other_draft' });
  });

  test('SM-8.3a/d with a longest life it dies at that instant, read or unread', () => {
    const short = tell(started(), select({ livesUntil: noon + HOUR })).state;
    expect(tellAt(noon + HOUR - 1, short, enter())).toMatchObject({ answer: 'LIVE' });
    expect(tellAt(noon + HOUR, short, enter())).toMatchObject({ answer: 'mail_password_mismatch' });
    const due: Told = { type: 'deadline_reached', deadline: 'max_age' };
    expect(tellAt(noon + HOUR, short, due)).toMatchObject({ answer: 'STARTED' });
  });

  test('SM-8.3b/a a change of address kills the old one and sends a new one to the new address', () => {
    const moved = tell(live(), { type: 'address_changed', address: 'new@example.jp' });
    expect(moved.state.facts).toMatchObject({ address: 'new@example.jp', generation: 2 });
    expect(moved.notices.map(({ kind }) => kind)).toEqual([
      'mail_password',
      'mail_address_changed',
    ]);
    expect(moved.effects).toEqual(['make_mail_password', 'void_older_mail_password']);
  });

  test('SM-8.3b/b where none is alive only the change is told, and an empty address is refused', () => {
    const moved = tell(started(), { type: 'address_changed', address: 'new@example.jp' });
    expect(moved.notices.map(({ kind }) => kind)).toEqual(['mail_address_changed']);
    expect(moved.state.facts.generation).toBe(0);
    expect(tell(live(), { type: 'address_changed', address: ' ' })).toMatchObject({
      answer: 'address_missing',
    });
  });

  test('SM-8.1 when its use ends, or the contract, no password is left', () => {
    expect(tell(live(), { type: 'use_stopped' })).toMatchObject({ answer: 'NOT_STARTED' });
    const ended = tell(live(), { type: 'contract_ended' });
    expect(ended).toMatchObject({ answer: 'ENDED', effects: ['void_older_mail_password'] });
    expect(ended.state.facts.session).toBeUndefined();
  });
});

describe('SM-8.3a what is left of a mail password', () => {
  const forDraft = (more = {}) => tell(started(), select({ draft: 'trf_1', ...more })).state;
  const wrong: Told = { type: 'wrong_one_entered', attemptsMax: 2 };
  const tooOld = () =>
    tellAt(noon + HOUR, forDraft({ livesUntil: noon + HOUR }), {
      type: 'deadline_reached',
      deadline: 'max_age',
    });

  test('SM-8.3a/a one that was sent for no draft serves whatever is entered', () => {
    expect(tell(live(), enter({ draft: 'trf_9' }))).toMatchObject({ answer: 'LIVE' });
  });

  test('SM-8.3a/a one that may serve again stays with its draft, and its failures are forgotten', () => {
    expect(tell(forDraft(), wrong, enter({ draft: 'trf_1' })).state.facts).toMatchObject({
      draft: 'trf_1',
      failures: 0,
    });
  });

  //  what kills it
  test.each([
    ['its single use', () => tell(forDraft(), wrong, enter({ draft: 'trf_1', singleUse: true }))],
    ['too many wrong ones', () => tell(forDraft(), wrong, wrong)],
    ['its longest life', tooOld],
  ])(
    'SM-8.3a/d %s leaves neither draft nor failures; the session and its count go on',
    (_, kill) => {
      const told = kill();
      expect(told).toMatchObject({ answer: 'STARTED', state: { deadlines: [] } });
      expect(told.state.facts).toEqual({
        address: 'old@example.jp',
        generation: 1,
        session: 'ses_a',
        sentInSession: 1,
        failures: 0,
      });
    },
  );

  //  what ends its session or its use                             the state
  test.each([
    [{ type: 'session_ended', session: 'ses_a' } as const, 'STARTED'],
    [{ type: 'use_stopped' } as const, 'NOT_STARTED'],
  ])('SM-8.1 after %j nothing is left of the session either', (event, answer) => {
    const told = tell(forDraft(), wrong, event);
    expect(told).toMatchObject({ answer });
    expect(told.state.facts).toEqual({
      address: 'old@example.jp',
      generation: 1,
      sentInSession: 0,
      failures: 0,
    });
  });
});
