import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeRunKeys } from '../../apps/gateway/test/fapi/party/keys.js';
import { variants } from '../../apps/gateway/test/fapi/variants.js';
import { seed, type SeedClient } from '../../apps/gateway/seeds/index.js';
import { Failure, runCommand } from '../failure.js';
import { writeJson } from '../files.js';
import { personAt, readInstallation } from '../flow/installation.js';
import { machineNow } from '../machine-clock.js';
import { gatewayOwnerUrl } from '../suite/gateway-database.js';
import {
  suiteClient,
  suiteConfiguration,
  type SuiteSetting,
} from '../suite/suite-configuration.js';

/**
 * `npm run suite -- --suite ORIGIN`: registers two clients per variant with the running demonstration and
 * writes the configuration files with which the OpenID Foundation's suite at ORIGIN runs its plans.
 */
async function suite(args: readonly string[]): Promise<number> {
  const suiteOrigin = originIn(args);
  const installation = await readInstallation();
  const { home, running } = installation;
  const certificate = (name: string): Promise<string> =>
    readFile(join(home.certificates, name), 'utf8');
  const authority = {
    certificate: await certificate('client-ca.crt.pem'),
    key: await certificate('client-ca.key.pem'),
  };
  const setting: SuiteSetting = {
    suiteOrigin,
    gatewayOrigin: running.gateway.origin,
    mutualOrigin: running.gateway.mutualOrigin,
    bankOrigin: running.bank.origin,
    person: personAt(installation, '2963'),
    clientAuthority: authority.certificate,
  };
  const keys = await makeRunKeys(authority, machineNow());
  const owners = installation.clients.slice(0, 2).map(({ epsp_id: epspId }) => epspId);
  const clients = variants.flatMap((variant) =>
    ([0, 1] as const).map((at): SeedClient => ({
      ...suiteClient(setting, variant, variant.clients[at], keys.of[at]),
      epspId: owners[at] ?? '',
    })),
  );
  await seed(await gatewayOwnerUrl(home), { clients });
  for (const variant of variants) {
    const file = join(home.demo, 'suite', `${variant.id}.json`);
    await writeJson(file, suiteConfiguration(setting, variant, keys));
    process.stdout.write(`${file}\n`);
  }
  return 0;
}

function originIn(args: readonly string[]): string {
  const usage = new Failure(
    {
      ja: '使い方: npm run suite -- --suite https://localhost.emobix.co.uk:8443',
      en: 'Usage: npm run suite -- --suite https://localhost.emobix.co.uk:8443',
    },
    2,
  );
  try {
    const { values } = parseArgs({ args: [...args], options: { suite: { type: 'string' } } });
    const { protocol, origin } = new URL(values.suite ?? '');
    if (protocol === 'https:') return origin;
  } catch {
    throw usage;
  }
  throw usage;
}

await runCommand(() => suite(process.argv.slice(2)));
