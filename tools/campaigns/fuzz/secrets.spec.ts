import { describe, expect, test } from '@jest/globals';
import type { Caller } from './callers.js';
import { INNER } from './judge.js';
import type { Part } from './part.js';
import { secretsFrom, type Holdings } from './secrets.js';

const person = (name: string, bankCode: string, accountNumber: string) => ({
  bankCode,
  loginId: `${name}-${bankCode}`,
  loginPassword: `login of ${name}-${bankCode}`,
  confirmationPassword: `confirmation of ${name}-${bankCode}`,
  totpSecretBase32: `totp of ${name}-${bankCode}`,
  name,
  accounts: [
    {
      accountId: `acc_${name}_${bankCode}`,
      branchCode: '001',
      accountType: '1',
      accountNumber,
    },
  ],
});
const hanako = person('hanako', '2963', '1000002');
const taro = person('taro', '2963', '1000001');
const elsewhere = person('hanako', '2825', '1000002');

const part = (who: typeof hanako): Part =>
  ({
    person: who,
    ids: { caseId: `case_${who.name}`, incidentId: `inc_${who.name}`, chainPartnerId: 'cp_1' },
    tokens: { accessToken: `token of ${who.name}`, consentId: `cns_${who.name}` },
    own: `own token of ${who.name}`,
  }) as unknown as Part;

const [self, other] = [part(hanako), part(taro)];
const all: Holdings = {
  self,
  other,
  people: [hanako, taro, elsewhere],
  kana: new Map([
    [self, ['ハナコ']],
    [other, ['タロウ']],
  ]),
  bankOf: (caller) => (caller === 'other_officer' ? '2825' : undefined),
  ofOfficers: ['session'],
  registrations: ['reg_own', 'reg_other'],
};
const ACCOUNTS = '/v1/banks/2963/accounts';
const told = (caller: Caller, path: string, target = 'intermediary') =>
  secretsFrom({ caller, target, path }, all);

describe('what must not be told', () => {
  test('T-31 a holder is told of nobody else, by name, number, id or credential', () => {
    const secrets = told('holder', ACCOUNTS);
    expect(secrets).toEqual(
      expect.arrayContaining([
        ...['acc_taro_2963', 'acc_hanako_2825', 'taro-2963', 'taro', 'case_taro', 'cns_taro'],
        ...['"accountNumber":"1000001"', '"nameKana":"タロウ"', 'token of taro', 'session'],
        ...['confirmation of taro-2963', 'reg_other'],
      ]),
    );
    // What is the asker's own, or common to both, is no secret.
    for (const own of ['acc_hanako_2963', 'hanako', 'case_hanako', 'cns_hanako', 'cp_1', 'reg_own'])
      expect(secrets).not.toContain(own);
    expect(secrets).not.toContain('"accountNumber":"1000002"');
    expect(secrets).not.toContain('"nameKana":"ハナコ"');
  });

  test.each<[string, boolean]>([
    [`${ACCOUNTS}?limit=1`, true],
    [`${ACCOUNTS}/acc_1/balances`, true],
    [`${ACCOUNTS}/acc_1/transactions`, false],
    ['/v1/banks/2963/transfers/trf_1', false],
  ])('where a payee may rightly stand its number is no leak: %s', (path, expected) => {
    expect(told('holder', path).includes('"accountNumber":"1000001"')).toBe(expected);
  });

  test('T-31 the other side is not told of this one', () => {
    const secrets = told('other_holder', ACCOUNTS);
    expect(secrets).toEqual(expect.arrayContaining(['acc_hanako_2963', 'hanako', 'case_hanako']));
    expect(secrets).not.toContain('acc_taro_2963');
  });

  test('T-31 an officer of one institution sees nothing of another, who is none sees nothing', () => {
    const clerk = told('other_officer', '/staff/v1/me', 'staff');
    expect(clerk).toEqual(expect.arrayContaining(['acc_taro_2963', 'case_taro', 'cns_hanako']));
    expect(clerk).not.toContain('acc_hanako_2825');
    expect(clerk).not.toContain('inc_taro');
    expect(told('logged_out', '/staff/v1/me', 'staff')).toContain('acc_hanako_2825');
    expect(told('officer', '/staff/v1/me', 'staff')).not.toContain('acc_taro_2963');
    expect(told('officer', '/staff/v1/me', 'staff')).toContain('login of taro-2963');
  });

  test('T-31 between the servers a consent leads to its own accounts, and no credential is told', () => {
    const path = '/internal/v1/institutions/2963/accounts';
    expect(told('nobody', path, INNER)).toContain('acc_taro_2963');
    expect(told('nobody', '/internal/v1/changes', INNER)).not.toContain('acc_taro_2963');
    expect(told('nobody', '/internal/v1/changes', INNER)).toContain('totp of hanako-2963');
  });
});
