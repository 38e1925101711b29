import { readFile } from 'node:fs/promises';
import { seed } from '../../../apps/gateway/seeds/index.js';
import { makeRunKeys, type RunKeys } from '../../../apps/gateway/test/fapi/party/keys.js';
import {
  BANK_CODE,
  instructionIdOf,
  registrationOf,
} from '../../../apps/gateway/test/fapi/party/registration.js';
import { openRun } from '../../../apps/gateway/test/fapi/run.js';
import type { ServerUnderTest } from '../../../apps/gateway/test/fapi/server-under-test.js';
import type { Variant } from '../../../apps/gateway/test/fapi/variants.js';
import type { TestSystem } from '#libs/testing';
import { sampleTransfer } from '../../flow/sample-transfer.js';
import {
  approve,
  FormBrowser,
  isLanding,
  localAgent,
  localFetch,
  refuse,
} from '../../http/index.js';
import { machineNow, pause } from '../../machine-clock.js';
import type { DemoPerson } from '../../start/seeds.js';

/** A changed registration is noticed by every process within two seconds. */
const FRESH_MS = 2_500;

/** Gateway and bank-core as they ship: the holder logs in and decides on bank-core's own pages. */
export function bothServers(system: TestSystem): ServerUnderTest {
  const holders = system.people.filter(
    ({ bankCode, accounts }) => bankCode === BANK_CODE && accounts.length > 0,
  );
  const fetch = localFetch(localAgent(system.authority));
  let turn = 0;
  return {
    issuer: system.gatewayOrigin,
    authority: system.authority,
    async decide(approvalUrl, decision) {
      const holder = holders[(turn += 1) % holders.length];
      if (!holder) throw new Error(`Nobody of the demonstration banks at ${BANK_CODE}.`);
      const browser = new FormBrowser({
        fetch,
        stopsAt: ({ origin }) => origin === system.gatewayOrigin,
      });
      const end = await walk(browser, new URL(approvalUrl), decision, holder);
      return end.landedAt.href;
    },
    letPass: (seconds) => pause(seconds * 1000),
  };
}

async function walk(
  browser: FormBrowser,
  start: URL,
  decision: 'approve' | 'refuse',
  holder: DemoPerson,
) {
  const end =
    decision === 'approve'
      ? await approve(browser, start, holder, machineNow)
      : await refuse(browser, start, holder);
  if (!isLanding(end)) throw new Error('The pages do not come to an end.');
  return end;
}

/** Registers two clients per variant with software of two intermediaries; answers their keys. */
export async function registerAll(
  system: TestSystem,
  variants: readonly Variant[],
): Promise<RunKeys> {
  const { certificate, key } = system.certificates.clientAuthority;
  const authority = {
    certificate: await readFile(certificate, 'utf8'),
    key: await readFile(key, 'utf8'),
  };
  const keys = await makeRunKeys(authority, machineNow());
  await write(system, variants, keys);
  return keys;
}

/**
 * Pushes the transfers whose state the clients without a holder ask for. A push needs a client that may
 * push, so they are registered as such for a moment.
 */
export async function pushTransfers(
  system: TestSystem,
  server: ServerUnderTest,
  variants: readonly Variant[],
  keys: RunKeys,
): Promise<void> {
  const without = variants.filter(({ profile }) => profile === 'fapi_client_credentials_grant');
  const pushing = without.map((variant): Variant => ({
    ...variant,
    profile: 'plain_fapi',
    requestType: 'rar',
  }));
  await write(system, pushing, keys, { scope: 'transfers', types: ['transfer_initiation'] });
  const run = await openRun(server, keys);
  const payer = system.people.find(({ bankCode }) => bankCode === BANK_CODE);
  if (!payer) throw new Error(`Nobody of the demonstration banks at ${BANK_CODE}.`);
  for (const variant of pushing) {
    const { one, two } = run.stageOf(variant);
    for (const party of [one, two]) {
      const detail = sampleTransfer(instructionIdOf(party.setting), payer, system.people);
      const request = party.request({ scope: 'transfers', authorization_details: [detail] });
      const answer = await party.push(request);
      if (answer.status !== 201) throw new Error(`The push was refused: ${answer.text}`);
    }
  }
  run.close();
  await write(system, without, keys);
  await pause(FRESH_MS);
}

async function write(
  { databases, clients }: TestSystem,
  wanted: readonly Variant[],
  keys: RunKeys,
  over?: { readonly scope: string; readonly types: readonly string[] },
): Promise<void> {
  const changed = over ? { scope: over.scope, authorization_details_types: over.types } : {};
  const registrations = wanted.flatMap((variant) =>
    variant.clients.map((setting, at) => {
      const [first, second] = clients;
      const owner = at === 0 ? first : second;
      if (!owner) throw new Error('The seed makes three clients.');
      const made = registrationOf(variant, setting, keys.of[at === 0 ? 0 : 1]);
      return { ...made, metadata: { ...made.metadata, ...changed }, epspId: owner.epsp_id };
    }),
  );
  await seed(databases.gateway.ownerUrl, { clients: registrations });
}
