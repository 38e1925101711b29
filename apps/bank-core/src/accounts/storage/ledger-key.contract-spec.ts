import { hash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#libs/kernel';
import { startDatabases, type TestDatabases } from '#libs/testing';
import pg from 'pg';
import { ledgerKey, nameOfKey } from '../domain/ledger-key.js';
import { Dice } from './test/order-sequence.js';

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const dice = new Dice(20_261_122);
const digits = (length: number) =>
  Array.from({ length }, () => DIGITS[dice.roll(DIGITS.length)]).join('');

/** Ids of ours at the edges and in between, names that only look like one, and names of any kind. */
const NAMES = [
  ...['0'.repeat(26), `7${'z'.repeat(25)}`, `0${'z'.repeat(25)}`, `7${'0'.repeat(25)}`].map(
    (id) => `trf_${id}`,
  ),
  ...Array.from({ length: 500 }, () => `trf_${dice.roll(8)}${digits(25)}`),
  ...Array.from({ length: 50 }, () => newId('trf', Date.UTC(2026, 10, 22))),
  `trf_8${digits(25)}`,
  `trf_0${digits(24)}`,
  `trf_0${digits(26)}`,
  `TRF_0${digits(25)}`,
  `_0${digits(25)}`,
  `t1_0${digits(25)}`,
  `trf_0${digits(24)}i`,
  `trf_0${digits(24)}A`,
  `trf_0${digits(25)}\n`,
  `x\ntrf_0${digits(25)}`,
  '',
  ' ',
  'client/route/key',
  '振込 ﾔﾏﾀﾞ ﾀﾛｳ 𠮷野家',
  'é',
  'e\u0301',
  `it's "quoted" \\ {a,b} %s $1`,
  'x'.repeat(10_000),
];

describe('ledger_key and ledgerKey name the same order by the same uuid', () => {
  let databases: TestDatabases;
  let owner: pg.Client;

  beforeAll(async () => {
    databases = await startDatabases();
    owner = new pg.Client({ connectionString: databases.bank.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await databases.stop();
  });

  test('0 differences over ids of ours and any other names', async () => {
    const { rows } = await owner.query<{ key: string }>(
      'select ledger_key(name) as key from unnest($1::text[]) with ordinality n(name, place) order by place',
      [NAMES],
    );
    expect(rows.map(({ key }) => key)).toEqual(NAMES.map((name) => ledgerKey(name)));
    const platforms = (text: string) => hash('sha256', text, 'hex');
    expect(rows.map(({ key }) => key)).toEqual(NAMES.map((name) => ledgerKey(name, platforms)));
    expect(rows.map(({ key }) => ledgerKey(nameOfKey(key)))).toEqual(rows.map(({ key }) => key));
    expect(new Set(rows.map(({ key }) => key)).size).toBe(NAMES.length);
  });

  test('an id of ours keeps its 128 bits, so that keys sort by time as the ids do', async () => {
    const ids = NAMES.filter((name) => /^trf_[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(name)).sort();
    const { rows } = await owner.query<{ name: string }>(
      'select name from unnest($1::text[]) name order by ledger_key(name)',
      [ids],
    );
    expect(rows.map(({ name }) => name)).toEqual(ids);
    expect(ledgerKey(`trf_7${'z'.repeat(25)}`)).toBe('ffffffff-ffff-ffff-ffff-ffffffffffff');
    expect(ledgerKey(`trf_${'0'.repeat(25)}1`)).toBe('00000000-0000-0000-0000-000000000001');
  });
});
