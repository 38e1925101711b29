import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { ClientsService } from '../../src/clients/index.js';
import { APPROVED, authorizeUrl, CONSENT } from './approve.js';
import { Browser } from './browser.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { Registrant } from './registrant.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

/** Software of its own, and a holder who has said yes to it; what is left is the browser's way back. */
async function agreed(consentId: string) {
  const software = await Registrant.registered(gateway);
  const client = await Intermediary.of(gateway, software.software());
  const pushed = await client.push(accountInformation());
  const browser = new Browser(gateway);
  const { location } = await browser.open(authorizeUrl(client, pushed));
  const consent = { ...CONSENT, consentId };
  const back = gateway.bank.decide(location, { ...APPROVED, consent });
  return { software, browser, back };
}

async function deleted(software: Registrant): Promise<void> {
  expect((await software.manage('DELETE', '', undefined, software.own)).status).toBe(204);
}

async function expectNothingLeft(
  answer: Awaited<ReturnType<Browser['open']>>,
  consentId: string,
): Promise<void> {
  expect([answer.status, answer.location]).toEqual([400, '']);
  expect(answer.page).toContain('id="oauth-error">interaction_unknown<');
  // Whoever looks at the holder's page sees that it is over: bank-core has been told.
  await until(() => gateway.bank.callsTo(`${consentId}/revocations`).length > 0);
  const grants = await gateway.asOwner(
    'select ended_code from consent_grant where consent_id = $1',
    [consentId],
  );
  expect(grants).toEqual([{ ended_code: 'invalid_token' }]);
  const codes = await gateway.asOwner(
    `select from oidc_artifact a join consent_grant g using (grant_id)
     where g.consent_id = $1 and a.model = 'AuthorizationCode'`,
    [consentId],
  );
  expect(codes).toEqual([]);
}

describe('T-12 software that goes while its holder agrees takes the consent along', () => {
  test('RKN-D6 gone before the browser returns: the consent ends, and bank-core is told', async () => {
    const consentId = 'cns_of_software_gone_before';
    const { software, browser, back } = await agreed(consentId);
    await deleted(software);
    // The process has noticed that it is gone.
    const clients = gateway.app.get(ClientsService);
    await until(async () => (await clients.find(software.clientId)) === undefined);
    await expectNothingLeft(await browser.open(back), consentId);
    // The same return again is answered the same, and ends nothing twice.
    await expectNothingLeft(await browser.open(back), consentId);
  });

  test('RKN-D6 gone while the bank was asked: the grant begins as ended, and bank-core is told', async () => {
    const consentId = 'cns_of_software_gone_meanwhile';
    const { software, browser, back } = await agreed(consentId);
    const asked = gateway.bank.hold('approvals/results');
    const returned = browser.open(back);
    await asked.arrived;
    await deleted(software);
    asked.release();
    await expectNothingLeft(await returned, consentId);
  });

  test('RKN-D6 going at the very moment: the grant waits for the deletion', async () => {
    const consentId = 'cns_of_software_going';
    const { software, browser, back } = await agreed(consentId);
    const other = new pg.Client({ connectionString: gateway.databases.gateway.ownerUrl });
    await other.connect();
    try {
      await other.query('begin');
      await other.query(`update client set status = 'deleted' where client_id = $1`, [
        software.clientId,
      ]);
      const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid');
      const returned = browser.open(back);
      await until(() => isWaitedFor(rows[0]?.pid ?? 0));
      await other.query('commit');
      await expectNothingLeft(await returned, consentId);
    } finally {
      await other.end();
    }
  });

  test('RKN-D6 a holder who refused software that is gone leaves nothing to tell', async () => {
    const software = await Registrant.registered(gateway);
    const client = await Intermediary.of(gateway, software.software());
    const browser = new Browser(gateway);
    const { location } = await browser.open(
      authorizeUrl(client, await client.push(accountInformation())),
    );
    const back = gateway.bank.decide(location, { outcome: 'refused', reason: 'user_cancelled' });
    await deleted(software);
    const before = gateway.bank.callsTo('revocations').length;
    expect((await browser.open(back)).status).toBe(303);
    expect(gateway.bank.callsTo('revocations')).toHaveLength(before);
  });
});

/** Whether somebody waits for a lock of this connection. */
const isWaitedFor = async (pid: number): Promise<boolean> =>
  (
    await gateway.asOwner('select from pg_stat_activity where $1 = any (pg_blocking_pids(pid))', [
      pid,
    ])
  ).length > 0;
