import { expect, test } from '@jest/globals';
import { coreSentences } from '../bank/index.js';
import { detailSentences } from './domain/detail.refusals.js';
import { describeRefusal } from './oauth-errors.js';

test('RFC 6749 section 5.2 every description keeps to the characters that it allows', () => {
  const codes = [...Object.keys(coreSentences), ...Object.keys(detailSentences)];
  for (const code of codes)
    expect(describeRefusal({ code, facts: { pointer: '/a/b' } })).toMatch(
      /^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/,
    );
});

test('a member name that a client made up is not repeated unless it is harmless', () => {
  expect(describeRefusal({ code: 'detail_malformed', facts: { pointer: '/a"\n' } })).not.toContain(
    '"',
  );
});
