import { describe, expect, test } from '@jest/globals';
import { article15 } from './article-15-added-services.js';

describe('SM-15 added services', () => {
  const open = (requiresApplication: boolean, appliedForService: boolean) =>
    article15.clause('SM-15.1').apply({ requiresApplication, appliedForService });
  test('SM-15.1/a without the flag every holder has it', () => {
    expect([open(false, false), open(false, true)]).toEqual([true, true]);
  });
  test('SM-15.1/b with the flag only those who applied', () => {
    expect([open(true, false), open(true, true)]).toEqual([false, true]);
  });
  test('SM-15.2 a change of the terms for an added service is one of SM-20', () => {
    expect(article15.clause('SM-15.2').refers).toEqual(['SM-20']);
  });
});
