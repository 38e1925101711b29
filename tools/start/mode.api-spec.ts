import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startDatabases, type TestDatabases } from '#libs/testing';
import { withConnection } from '../databases/index.js';
import { refuseDemoData } from './mode.js';

describe('T-23 a demonstration in production', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startDatabases();
  });
  afterAll(() => databases.stop());

  const enter = (isSample: boolean, parameter: string): Promise<unknown> =>
    withConnection(databases.bank.ownerUrl, async (client) => {
      await client.query(
        `INSERT INTO institution VALUES (1, 'labour_bank') ON CONFLICT DO NOTHING`,
      );
      await client.query(
        `INSERT INTO parameter_value (institution_id, parameter, effective_from, value, entered_by,
           approved_by, sample) VALUES (1, $1, '2026-01-01', '1', 'a', 'b', $2)`,
        [parameter, isSample],
      );
    });

  test('T-23 production runs on approved parameters and refuses sample ones', async () => {
    const { appUrl } = databases.bank;
    await expect(refuseDemoData('production', appUrl)).resolves.toBeUndefined();
    await enter(false, 'P.real');
    await expect(refuseDemoData('production', appUrl)).resolves.toBeUndefined();
    await enter(true, 'P.sample');
    await expect(refuseDemoData('demo', appUrl)).resolves.toBeUndefined();
    await expect(refuseDemoData('production', appUrl)).rejects.toThrow('demonstration data');
  });
});
