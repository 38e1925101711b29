import { describe, expect, test } from '@jest/globals';
import { article21 } from './article-21-law-and-court.js';

describe('SM-21 law and court', () => {
  test('SM-21 is shown with the terms and computes nothing', () => {
    const clause = article21.clause('SM-21');
    expect(clause.shownAt).toEqual(['terms page']);
    expect(clause).not.toHaveProperty('rule');
  });
});
