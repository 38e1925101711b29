import { describe, expect, test } from '@jest/globals';
import {
  ATTEMPTS_MAX,
  decideAttempt,
  GIVE_UP_MS,
  WAITS_MS,
  type AttemptOutcome,
} from './decide-attempt.js';

const answered = (status: number, retryAfterSeconds?: number): AttemptOutcome => ({
  kind: 'answered',
  status,
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});
const unanswered = (code: string): AttemptOutcome => ({ kind: 'unanswered', code });
const unsigned = (forMs: number): AttemptOutcome => ({ kind: 'unsigned', forMs });

const say = (outcome: AttemptOutcome, number = 1, random = 0.5) => {
  const decision = decideAttempt(outcome, number, random);
  if (decision.next === 'again') return `again in ${decision.inMs}, room ${decision.slowMs}`;
  if (decision.next === 'given_back') return `given back, in ${decision.inMs}`;
  return 'reason' in decision ? `${decision.next}: ${decision.reason}` : decision.next;
};

describe('B-24 what follows an attempt', () => {
  test.each<[string, AttemptOutcome, string]>([
    ['200', answered(200), 'delivered'],
    ['204', answered(204), 'delivered'],
    ['299', answered(299), 'delivered'],
    ['199', answered(199), 'again in 5000, room 0'],
    ['a redirect', answered(302), 'again in 5000, room 0'],
    ['400', answered(400), 'again in 5000, room 0'],
    ['410', answered(410), 'disable: endpoint_gone'],
    ['429', answered(429), 'again in 60000, room 60000'],
    ['429 with 90 s', answered(429, 90), 'again in 90000, room 90000'],
    ['429 with a day', answered(429, 86_400), 'again in 3600000, room 3600000'],
    ['500', answered(500, 90), 'again in 5000, room 0'],
    ['502', answered(502), 'again in 60000, room 60000'],
    ['503', answered(503), 'again in 60000, room 60000'],
    ['504', answered(504), 'again in 60000, room 60000'],
    ['silence', unanswered('outbound_timed_out'), 'again in 60000, room 60000'],
    ['nobody there', unanswered('outbound_unreachable'), 'again in 5000, room 0'],
    ['too long an answer', unanswered('outbound_answer_too_large'), 'again in 5000, room 0'],
    ['T-22 no key that opens', unsigned(0), 'given back, in 5000'],
    ['T-22 nor for all that time', unsigned(GIVE_UP_MS - 1), 'given back, in 5000'],
    ['T-22 nor for longer', unsigned(GIVE_UP_MS), 'failed: signing_key_lost'],
    ['T-13 a private address', unanswered('outbound_address_refused'), 'disable: endpoint_refused'],
  ])('%s', (_title, outcome, expected) => {
    expect(say(outcome)).toBe(expected);
  });

  test('the waits are those of the specification, each a tenth up or down', () => {
    const minutes = WAITS_MS.map((wait) => wait / 60_000);
    expect(minutes).toEqual([5 / 60, 5, 30, 120, 300, 600, 840, 1_200, 1_440]);
    WAITS_MS.forEach((wait, index) => {
      expect(say(answered(500), index + 1, 0)).toBe(`again in ${wait * 0.9}, room 0`);
      const late = decideAttempt(answered(500), index + 1, 0.999_999);
      expect(late).toMatchObject({ next: 'again' });
      expect(late.next === 'again' && late.inMs).toBeLessThanOrEqual(wait * 1.1);
    });
  });

  test('after the tenth attempt there is no other; the tenth may still succeed', () => {
    expect(ATTEMPTS_MAX).toBe(10);
    expect(say(answered(500), 10)).toBe('failed: endpoint_unreachable');
    expect(say(answered(200), 10)).toBe('delivered');
    expect(say(answered(410), 10)).toBe('disable: endpoint_gone');
  });

  test('T-22 what this process cannot sign uses up no attempt, the tenth included', () => {
    expect(GIVE_UP_MS / 60_000).toBeCloseTo(4_535, 0);
    for (const number of [1, 9, 10, 11])
      expect(say(unsigned(0), number)).toBe('given back, in 5000');
  });
});
