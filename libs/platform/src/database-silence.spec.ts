import { describe, expect, test } from '@jest/globals';
import { isDatabaseSilence } from './database-silence.js';
import { problemFrom } from './problem.filter.js';

const failed = (message: string, members: object = {}, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), members);

describe('a database that does not answer', () => {
  test.each([
    ['is shut down under us', failed('x', { code: '57P01', severity: 'FATAL' }), true],
    ['takes nobody in', failed('x', { code: '55000', severity: 'FATAL' }), true],
    ['has no room', failed('x', { code: '53300', severity: 'FATAL' }), true],
    ['cancelled it', failed('x', { code: '57014', severity: 'ERROR' }), true],
    ['ended a deadlock', failed('x', { code: '40P01', severity: 'ERROR' }), true],
    ['did not get the lock', failed('x', { code: '55P03', severity: 'ERROR' }), true],
    ['has a full disk', failed('x', { code: '53100', severity: 'ERROR' }), true],
    ['lost the connection', failed('x', { code: '08006', severity: 'FATAL' }), true],
    ['is not there', failed('connect', { code: 'ECONNREFUSED' }), true],
    ['ended in the middle', failed('Connection terminated unexpectedly'), true],
    ['is too slow', failed('Query read timeout'), true],
    ['is the cause of it', failed('x', {}, failed('x', { code: 'ECONNRESET' })), true],
    ['refused a value', failed('x', { code: '22P02', severity: 'ERROR' }), false],
    ['refused a row', failed('x', { code: '23505', severity: 'ERROR' }), false],
    ['has nothing to do with it', failed('57P01'), false],
    ['is no error', '57P01', false],
  ])('%s', (_, thrown, expected) => {
    expect(isDatabaseSilence(thrown)).toBe(expected);
    const { status, code } = problemFrom(thrown);
    expect([status, code]).toEqual(
      expected ? [503, 'temporarily_unavailable'] : [500, 'internal_error'],
    );
  });
});
