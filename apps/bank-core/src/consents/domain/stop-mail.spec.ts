import { describe, expect, test } from '@jest/globals';
import { stopMail } from './stop-mail.js';

const facts = {
  bank: { nameJa: '中央労働金庫', nameEn: 'Chuo Rokin' },
  intermediary: { nameJa: 'あおばフィンテック株式会社', nameEn: 'Aoba Fintech' },
  since: Date.parse('2026-11-22T10:00:00+09:00'),
};
const halves = (kind: 'stopped' | 'resumed') => {
  const { subject, body } = stopMail(kind, facts);
  const [ja = '', en = ''] = body.split('-'.repeat(40));
  return { subject, ja, en };
};

describe('what a holder is told of a stop', () => {
  test('RKN-S4c the stop: who acted, through whom, since when, and that nothing has to be done', () => {
    const { subject, ja, en } = halves('stopped');
    expect(subject).toContain('中央労働金庫');
    for (const word of ['あおばフィンテック株式会社', '2026年11月22日', '手続は要りません'])
      expect(ja).toContain(word);
    for (const word of ['Aoba Fintech', 'You need not do anything']) expect(en).toContain(word);
  });

  test('INT-21 the stop: what was confirmed before is carried out all the same', () => {
    const { ja, en } = halves('stopped');
    expect(ja).toContain('確定した振込の依頼と予約');
    expect(en).toContain('still carried out');
  });

  test('RKN-S4c/f the resumption: nobody has to consent again', () => {
    const { subject, ja, en } = halves('resumed');
    expect(subject).toContain('再開');
    expect(ja).toContain('同意し直す必要はありません');
    expect(en).toContain('need not consent again');
    expect(ja).not.toContain('2026年');
  });
});
