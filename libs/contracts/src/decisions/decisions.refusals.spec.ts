import { describe, expect, test } from '@jest/globals';
import { decisionRefusals } from './decisions.refusals.js';

describe('the sentences of refusals', () => {
  test.each(Object.entries(decisionRefusals))(
    '%s has a sentence in both languages',
    (code, words) => {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(words.ja).toMatch(/^[^a-z]+。$/);
      expect(words.en).toMatch(/^[A-Z][^。]+\.$/);
    },
  );
});
