import { alike, words, type SealedDocument } from './document.js';

/** For tests: a document with every kind of part, and `note` as what somebody outside wrote. */
export function sampleDocument(note: string, rows = 3): SealedDocument {
  return {
    document: {
      kind: 'improvement_demand',
      title: words('改善要請書', 'Demand for improvement'),
      issuedAt: '2026-11-22T14:05:00.000+09:00',
      issuer: words('中央労働金庫', 'Chuo Labour Bank'),
      addressee: words('みなと家計株式会社 御中', 'Minato Kakei K.K.'),
      subject: 'dem_01k0000000000000000000test',
      parts: [
        {
          heading: words('基準を満たさない項目', 'Items that do not meet the standard'),
          clauses: ['RKN-S4a'],
          paragraphs: [
            words(
              '次の項目について、客観的かつ合理的な事由により基準を満たさないと判断しました。髙﨑𠮷「」、。ー',
              'On objective and reasonable grounds the following items were judged not to meet the standard.',
            ),
            alike(note),
          ],
          values: [{ label: words('期限', 'Due'), value: alike('2026-12-22') }],
          table: {
            columns: [words('項目', 'Item'), words('事由', 'Ground'), words('証拠', 'Evidence')],
            rows: Array.from({ length: rows }, (_, index) => [
              alike(`A-${index + 1}`),
              words('脆弱性への対応記録がない', 'no record of how weaknesses were handled'),
              alike(`sha256:${'0123456789abcdef'.repeat(2)}`),
            ]),
          },
        },
      ],
    },
    seal: {
      id: 'doc_01k0000000000000000000test',
      hash: `sha256:${'ab'.repeat(32)}`,
      keyId: '0123456789abcdef',
      signature: 'c2lnbmF0dXJl',
    },
  };
}
