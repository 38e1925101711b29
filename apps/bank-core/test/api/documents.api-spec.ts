import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { canonicalJson, Instant } from '#libs/kernel';
import { DocumentsService, isSealOf, type SealedDocument } from '../../src/documents/index.js';
import { sampleDocument } from '../../src/documents/domain/sample-document.js';
import { layoutOf } from '../../src/documents/domain/document-layout.js';
import { PdfDrawer } from '../../src/documents/pdf/pdf-drawer.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, SAIKAI } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let documents: DocumentsService;
let issued: SealedDocument;
const at = Date.parse('2026-11-22T14:05:00+09:00') as Instant;

beforeAll(async () => {
  bank = await startBankCore();
  documents = bank.app.get(DocumentsService);
  issued = await bank.database.inInstitution(CHUO, (tx) =>
    documents.issue(tx, sampleDocument('見本').document, at),
  );
});
afterAll(() => bank.stop());

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('T-26 an issued document is signed by the key outside the database and verifies offline', async () => {
  const [row] = await bank.admin<{ content: string; public_key: string }>(
    'select d.content, k.public_key from document d join document_key k using (institution_id, key_id)',
  );
  expect(row?.content).toBe(canonicalJson(issued.document));
  expect(isSealOf(row?.content ?? '', issued.seal, row?.public_key ?? '')).toBe(true);
  const altered = (row?.content ?? '').replace('2026-12-22', '2027-12-22');
  expect(isSealOf(altered, issued.seal, row?.public_key ?? '')).toBe(false);
});

test('T-26 nobody changes an issued document, and its hash is computed again by the database', async () => {
  await expect(bank.admin(`update document set subject = 'x'`)).rejects.toThrow();
  await expect(bank.admin('delete from document')).rejects.toThrow();
  await expect(
    bank.admin(
      `insert into document select institution_id, 'doc_' || repeat('0', 26), kind, subject, content || ' ',
         content_hash, key_id, signature, issued_at from document`,
    ),
  ).rejects.toThrow(/document_content_hash|check/);
});

test('T-20 another institution does not find it', async () => {
  const found = await bank.database.inInstitution(CHUO, (tx) => documents.find(tx, issued.seal.id));
  expect(found).toMatchObject({ ok: true, value: { seal: issued.seal } });
  const foreign = await bank.database.inInstitution(SAIKAI, (tx) =>
    documents.find(tx, issued.seal.id),
  );
  expect(foreign).toMatchObject({ ok: false, refusal: { code: 'document_unknown' } });
});

test('the same document draws to the same bytes, in another thread too', async () => {
  const once = await documents.draw(issued, 'pdf');
  const again = await documents.draw(structuredClone(issued), 'pdf');
  const elsewhere = new PdfDrawer();
  const other = await elsewhere.draw(layoutOf(issued));
  await elsewhere.onApplicationShutdown();
  if (!once.ok || !again.ok || !other.ok) throw new Error('refused');
  expect(Buffer.from(once.value.bytes).subarray(0, 5).toString()).toBe('%PDF-');
  expect(digest(again.value.bytes)).toBe(digest(once.value.bytes));
  expect(digest(other.value)).toBe(digest(once.value.bytes));
});

test('T-26 a document beyond the bounds is refused, and the next one is drawn', async () => {
  const drawer = new PdfDrawer({ millisecondsMax: 1_000, heapMegabytesMax: 384 });
  const refused = await drawer.draw(layoutOf(sampleDocument('x'.repeat(200_000), 20_000)));
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'document_too_large' } });
  const roomy = new PdfDrawer();
  await expect(roomy.draw(layoutOf(issued))).resolves.toMatchObject({ ok: true });
  await Promise.all([drawer.onApplicationShutdown(), roomy.onApplicationShutdown()]);
});
