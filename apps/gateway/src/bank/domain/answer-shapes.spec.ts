import { describe, expect, test } from '@jest/globals';
import { isCatalogueView, isOutagesView } from './answer-shapes.js';

const outage = {
  outageId: 'out_1',
  bankCode: '2963',
  kind: 'planned',
  state: 'running',
  functions: ['accounts_read'],
  announcedAt: '2026-11-01T00:00:00.000+09:00',
  startsAt: '2026-11-22T02:00:00.000+09:00',
  endsAt: '2026-11-22T05:00:00.000+09:00',
  endedAt: null,
};
const catalogue = {
  institutions: [{ bankCode: '2963', functions: { accounts_read: true } }],
  intermediaries: [{ epspId: 'epsp_1', status: 'active', coveredBankCodes: ['2963'] }],
  chainPartners: [
    {
      chainPartnerId: 'cp_1',
      epspId: 'epsp_1',
      functions: ['accounts_read'],
      contractFrom: '2026-04-01',
      contractTo: null,
      status: 'contracted',
    },
  ],
};
const without = (whole: object, name: string): object =>
  Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));

describe('house rule: an answer of bank-core in another shape is none', () => {
  test.each<[string, unknown, boolean]>([
    ['as agreed', { outages: [outage] }, true],
    ['nothing announced', { outages: [] }, true],
    ['a member more', { outages: [{ ...outage, more: 1 }], asOf: 'now' }, true],
    ['without an end', { outages: [{ ...outage, endsAt: null }] }, true],
    ['nothing', undefined, false],
    ['null', null, false],
    ['a list', [outage], false],
    ['empty', {}, false],
    ['no list', { outages: {} }, false],
    ['null in the list', { outages: [null] }, false],
    ['a time that is none', { outages: [{ ...outage, startsAt: 'soon' }] }, false],
    ['an end that is none', { outages: [{ ...outage, endsAt: '' }] }, false],
    ['functions that are no words', { outages: [{ ...outage, functions: [1] }] }, false],
    ...Object.keys(outage).map((name): [string, unknown, boolean] => [
      `no ${name}`,
      { outages: [without(outage, name)] },
      false,
    ]),
  ])('outages: %s', (_title, answer, expected) => {
    expect(isOutagesView(answer)).toBe(expected);
  });

  const rows = Object.entries(catalogue).flatMap(([list, [row = {}]]) =>
    Object.keys(row).map((name): [string, unknown] => [
      `${list} without ${name}`,
      { ...catalogue, [list]: [without(row, name)] },
    ]),
  );
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['empty', {}],
    ['no intermediaries', without(catalogue, 'intermediaries')],
    ...rows,
  ])('catalogue: %s is refused', (_title, answer) => {
    expect(isCatalogueView(answer)).toBe(false);
  });

  test('catalogue: as agreed, and with members more', () => {
    expect(isCatalogueView({ ...catalogue, more: [] })).toBe(true);
    expect(isCatalogueView({ institutions: [], intermediaries: [], chainPartners: [] })).toBe(true);
  });
});
