import { describe, expect, test } from '@jest/globals';
import type { FixedRequest, RequestState } from '../facts/index.js';
import { article17 } from './article-17-abolition-of-services.js';

const request = (id: string, state: RequestState) =>
  ({ id, debitAccount: 'A', creditAccount: 'B', state }) satisfies FixedRequest;

describe('SM-17 abolition of services', () => {
  const retired = (now: number, retiredAt: number | undefined = 10) =>
    article17.clause('SM-17.1').apply({
      retiredAt,
      now,
      fixedRequests: [request('1', 'reserved'), request('2', 'debited'), request('3', 'fixed')],
    });
  test('SM-17.1/a from its instant on it is gone, and what is pending is put before people', () => {
    expect(retired(9)).toEqual({ isRetired: false, forDecision: [] });
    expect(retired(10)).toEqual({ isRetired: true, forDecision: ['1', '3'] });
    const never = article17
      .clause('SM-17.1')
      .apply({ retiredAt: undefined, now: 99, fixedRequests: [] });
    expect(never.isRetired).toBe(false);
  });
  test('SM-17.2 a change of the terms for an abolished service is one of SM-20', () => {
    expect(article17.clause('SM-17.2').refers).toEqual(['SM-20']);
  });
});
