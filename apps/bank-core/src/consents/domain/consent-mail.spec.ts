import { describe, expect, test } from '@jest/globals';
import type { Consent } from './consent.js';
import { consentMail, type ConsentMailKind } from './consent-mail.js';

const consent: Consent = {
  institutionId: 4,
  id: 'cns_01j00000000000000000000001',
  holderId: 'hld_01j00000000000000000000001',
  clientId: 'aoba-fintech',
  epspId: 'epsp_1',
  chainPartnerId: 'cp_1',
  permissions: ['accounts_read', 'balances_read'],
  purpose: 'household_accounting',
  accountIds: ['acc_01j00000000000000000000001', 'acc_01j00000000000000000000002'],
  state: 'authorised',
  stateReason: 'agreed',
  frozenFor: [],
  version: 2,
  wordingHash: 'sha256:0',
  askedAt: 0,
  decideBy: 1,
  grantedAt: 0,
  expiresAt: Date.parse('2027-02-21T00:00:00+09:00'),
};
const facts = {
  consent,
  bank: { nameJa: '中央労働金庫', nameEn: 'Chuo Rokin' },
  intermediary: {
    nameJa: 'あおばフィンテック株式会社',
    nameEn: 'Aoba Fintech',
    contactJa: '03-0000-0000',
    contactEn: '+81 3 0000 0000',
  },
  partner: { nameJa: 'つばめ貯金', nameEn: 'Tsubame Savings' },
};
const KINDS: readonly ConsentMailKind[] = [
  'authorised',
  'extended',
  'amended',
  'expiring',
  'ended',
];

describe.each(KINDS)('the mail %s', (kind) => {
  const { subject, body } = consentMail(kind, { ...facts, by: 'holder' });

  test('RKN-C1a/d names who asks and the chain partner, the purpose and where to turn, Japanese first', () => {
    const [ja = '', en = ''] = body.split('-'.repeat(40));
    for (const word of ['あおばフィンテック株式会社', 'つばめ貯金', '家計簿の作成', '03-0000-0000'])
      expect(ja).toContain(word);
    for (const word of ['Aoba Fintech', 'Tsubame Savings', 'Household accounting', '+81 3'])
      expect(en).toContain(word);
    expect(subject).toContain('中央労働金庫');
  });

  test('says until when and how to stop while there is something to stop, and who ended it afterwards', () => {
    if (kind === 'ended') {
      expect(body).toContain('お客さまの申出');
      expect(body).not.toContain('止めるには');
    } else {
      expect(body).toContain('2027年2月20日');
      expect(body).toContain('止めるには');
      expect(body).toContain('How to stop');
    }
  });

  test('T-30 holds no account, no holder and no address to click on', () => {
    for (const secret of [...consent.accountIds, consent.holderId, 'http', 'sha256'])
      expect(subject + body).not.toContain(secret);
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

test('without a chain partner the mail says that there is none', () => {
  const { body } = consentMail('authorised', { ...facts, partner: undefined });
  expect(body).toContain('連鎖接続先: なし');
  expect(body).toContain('Chain partner: none');
});
