import { words } from './document.js';

/** The words that stand around every document. */
export const frame = {
  number: words('文書番号', 'Document'),
  issuedAt: words('発行日時', 'Issued'),
  issuer: words('発行者', 'Issued by'),
  addressee: words('宛先', 'To'),
  subject: words('対象', 'About'),
  clauses: words('根拠条項', 'Clauses'),
  seal: words('真正性の確認', 'How to check this document'),
  hash: words('内容のハッシュ', 'Hash of the content'),
  key: words('署名鍵', 'Signing key'),
  signature: words('電子署名（Ed25519）', 'Signature (Ed25519)'),
  sealNote: words(
    'ハッシュと署名は、この文書の正規化した JSON に対するものです。発行者の記録と照合できます。',
    'Hash and signature are of the canonical JSON of this document and can be compared with the record of its issuer.',
  ),
};
