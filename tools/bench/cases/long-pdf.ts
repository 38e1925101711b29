import { DocumentsService } from '../../../apps/bank-core/src/documents/index.js';
import { sampleDocument } from '../../../apps/bank-core/src/documents/domain/sample-document.js';
import type { BankCoreUnderTest } from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import { elapsedMs, stopwatch } from '../../machine-clock.js';

const ROUNDS = 7;
const PAGES = 10;

/** A document of ten pages drawn warm: the median, and how many pages it had. */
export async function longPdf(
  bank: BankCoreUnderTest,
): Promise<{ seconds: number; pages: number }> {
  const documents = bank.app.get(DocumentsService, { strict: false });
  const draw = async (rows: number) => {
    const drawn = await documents.draw(sampleDocument('見本', rows), 'pdf');
    if (!drawn.ok) throw new Error(drawn.refusal.code);
    return pagesOf(drawn.value.bytes);
  };
  let rows = 20;
  while ((await draw(rows)) < PAGES) rows += 20;
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const since = stopwatch();
    await draw(rows);
    times.push(elapsedMs(since));
  }
  const seconds = (times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0) / 1000;
  return { seconds, pages: await draw(rows) };
}

/** Page objects of a PDF whose objects are not compressed together. */
const pagesOf = (bytes: Uint8Array): number =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length ?? 0;
