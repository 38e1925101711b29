import { describe, expect, test } from '@jest/globals';
import { refusalAgain } from './refusal-again.js';

const kept = (content: object, kind = 'transfer_refused') => ({ kind, content });

describe('ledger.md 3.1 a confirmation that was refused gets the same answer again', () => {
  test('as it was judged before the locks', () => {
    const facts = { bases: ['request_date'], leftYen: '5' };
    const content = { hash: 'h', refusal: 'limit_exceeded', clause: 'SM-5.3-1b', facts };
    expect(refusalAgain([kept(content)], 'h')).toEqual({
      ok: false,
      refusal: { code: 'limit_exceeded', clause: 'SM-5.3-1b', facts },
    });
  });

  test('as it was decided under them: clause and bases may be null', () => {
    const content = { hash: 'h', refusal: 'insufficient_funds', clause: null, bases: null };
    expect(refusalAgain([kept(content)], 'h')).toEqual({
      ok: false,
      refusal: { code: 'insufficient_funds' },
    });
    const exceeded = {
      hash: 'h',
      refusal: 'limit_exceeded',
      clause: 'SM-5.3-1b',
      bases: ['request_date'],
    };
    expect(refusalAgain([kept(exceeded)], 'h')).toMatchObject({
      refusal: { facts: { bases: ['request_date'] } },
    });
  });

  test('other content, and what was no confirmation, have none', () => {
    const content = { hash: 'h', refusal: 'account_closed' };
    expect(refusalAgain([kept(content)], 'other')).toBeUndefined();
    expect(refusalAgain([kept(content, 'transfer_ended')], 'h')).toBeUndefined();
  });
});
