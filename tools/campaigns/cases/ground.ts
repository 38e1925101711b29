import {
  startBankCore,
  type BankCoreUnderTest,
} from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import { startTestCluster } from '../../test/cluster.js';

/** bank-core in this process on a PostgreSQL of its own that keeps what it commits; gone when `work` ends. */
export async function onCaseGround<Value>(
  work: (bank: BankCoreUnderTest) => Promise<Value>,
): Promise<Value> {
  if (process.env['RENKEI_TEST_CLUSTER'] !== undefined) return withBank(work);
  const cluster = await startTestCluster({ isThrowaway: false });
  process.env['RENKEI_TEST_CLUSTER'] = cluster.file;
  const clear = (): void => void cluster.stop().finally(() => process.exit(130));
  process.once('SIGINT', clear).once('SIGTERM', clear);
  try {
    return await withBank(work);
  } finally {
    delete process.env['RENKEI_TEST_CLUSTER'];
    process.off('SIGINT', clear).off('SIGTERM', clear);
    await cluster.stop();
  }
}

async function withBank<Value>(work: (bank: BankCoreUnderTest) => Promise<Value>): Promise<Value> {
  const bank = await startBankCore();
  try {
    return await work(bank);
  } finally {
    await bank.stop();
  }
}
