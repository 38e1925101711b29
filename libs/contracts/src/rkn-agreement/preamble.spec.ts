import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { mayPublish, publishedOn, PUBLISHED_HEADINGS } from '../decisions/published-contract.js';
import type { PublishedVersion } from '../facts/agreement.js';
import { AGREEMENT_INSTITUTIONS, preamble } from './index.js';

const version = (id: string, from: string, omit?: string): PublishedVersion => ({
  id,
  effectiveFrom: CivilDate.from(from),
  sections: PUBLISHED_HEADINGS.map((heading) => ({
    heading,
    text: heading === omit ? ' ' : `${id} ${heading}`,
  })),
});

describe('RKN-0 preamble and scope', () => {
  test.each([...PUBLISHED_HEADINGS])(
    'RKN-0.1/a a version whose %s is empty is not published',
    (heading) => {
      expect(mayPublish(version('v1', '2026-04-01', heading))).toMatchObject({
        refusal: { code: 'section_missing', clause: 'RKN-0.1', facts: { missing: [heading] } },
      });
      expect(mayPublish(version('v1', '2026-04-01')).ok).toBe(true);
    },
  );

  test('RKN-0.1/b the old text stays current until the day of the new one', () => {
    const versions = [version('v2', '2027-04-01'), version('v1', '2026-04-01')];
    const on = (day: string) => publishedOn(versions, CivilDate.from(day))?.id;
    expect([on('2026-03-31'), on('2026-04-01'), on('2027-03-31'), on('2027-04-01')]).toEqual([
      undefined,
      'v1',
      'v1',
      'v2',
    ]);
  });

  const all = AGREEMENT_INSTITUTIONS.map(({ code }) => code);
  const judge = (coveredInstitutions: string[], institutionCode: string) =>
    preamble.clause('RKN-0.2').apply({ coveredInstitutions, institutionCode });

  test('RKN-0.2/a an institution outside the contract is refused', () => {
    expect(judge(all, '2825')).toBe('institution_not_covered');
  });

  test('RKN-0.2/b a bank that is removed is refused, the other 13 go on', () => {
    const left = all.filter((code) => code !== '2963');
    expect(judge(left, '2963')).toBe('institution_not_covered');
    expect(left.map((code) => judge(left, code))).toEqual(Array(13).fill('covered'));
  });

  test('RKN-0.2/c each of the 14 codes is in the reference data, the federation once', () => {
    expect(all.map((code) => judge(all, code))).toEqual(Array(14).fill('covered'));
    expect(new Set(all).size).toBe(14);
    expect(all.every((code) => /^29\d\d$/.test(code))).toBe(true);
    expect(AGREEMENT_INSTITUTIONS.filter(({ isFederation }) => isFederation)).toHaveLength(1);
  });
});
