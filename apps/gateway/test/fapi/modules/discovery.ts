import { mustBeKeys, mustBeMetadata } from '../checks/metadata.js';
import { row, type Module, type Stage } from '../module.js';
import { send } from '../party/wire.js';
import { must } from '../report.js';
import { isJson } from '../checks/errors.js';

const PLACES = ['openid-configuration', 'oauth-authorization-server'];

async function verifyDiscovery({ server, variant, report, plain, jwks }: Stage): Promise<void> {
  for (const place of PLACES) {
    const answer = await send(`${server.issuer}/.well-known/${place}`, plain);
    must(answer.status === 200 && isJson(answer), `${place}: ${answer.status}`);
    mustBeMetadata(answer.body, server.issuer, variant, report);
  }
  mustBeKeys(await jwks());
}

export const discovery: readonly Module[] = [
  row(1, 'discovery-end-point-verification', 'C', verifyDiscovery),
];
