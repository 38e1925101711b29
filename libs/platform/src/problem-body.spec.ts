import { describe, expect, test } from '@jest/globals';
import { problemBody } from './problem-body.js';
import { Problem } from './problem.js';

const words = { ja: '語。', en: 'Words.' };

describe('D.6 `retryable`: the same call may succeed later', () => {
  test.each([
    // status  told to wait  retryable
    [409, undefined, false],
    [409, 1, true],
    [429, 30, true],
    [503, undefined, true],
    [403, undefined, false],
    [504, undefined, false],
  ])('%i, Retry-After %s: %s', (status, seconds, expected) => {
    const more = seconds === undefined ? {} : { retryAfterSeconds: seconds };
    const body = problemBody(new Problem(status, 'some_code', words, more), 'id', 'en');
    expect(body).toMatchObject({ status, detail: words.en, retryable: expected });
  });
});
