import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { seed } from '../../../apps/gateway/seeds/index.js';
import { mintLeaf } from '../../certificates/mint.js';
import { machineNow } from '../../machine-clock.js';
import { publicKeyOf, type DemoClient } from '../../start/demo-clients.js';
import type { House } from './house.js';
import { Party, type Binding } from './party.js';

/** What an intermediary holds after a holder agreed: enough to read one balance. */
export interface Consented {
  readonly party: Party;
  readonly client: DemoClient;
  readonly bankCode: string;
  readonly accountId: string;
  readonly consentId: string;
  /** Path of the balance. */
  readonly path: string;
  /** The balance as the API answers it. */
  readonly body: string;
  /** A token with its whole life before it. */
  freshToken(): Promise<string>;
}

/** Tokens that are bound to a key of their own. */
export async function consentedByProof(house: House, client: DemoClient): Promise<Consented> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = privateKey.export({ format: 'jwk' });
  return consented(house, client, house.origin, { method: 'dpop', key });
}

/** Tokens that are bound to a certificate: a further software of the same intermediary. */
export async function consentedByCertificate(house: House, of: DemoClient): Promise<Consented> {
  const client = { ...of, client_id: `${of.client_id}-mtls` };
  await seed(house.gatewayOwnerUrl, {
    clients: [
      {
        clientId: client.client_id,
        epspId: client.epsp_id,
        redirectUris: [client.redirect_uri],
        jwks: { keys: [publicKeyOf(client)] },
        metadata: { tls_client_certificate_bound_access_tokens: true },
      },
    ],
  });
  const { certificate, key } = house.setting.certificates.clientAuthority;
  const read = (file: string) => readFile(file, 'utf8');
  const authority = { certificate: await read(certificate), key: await read(key) };
  const leaf = { name: 'bench.client.invalid', use: 'client' } as const;
  const pair = await mintLeaf(authority, leaf, machineNow());
  const binding = { method: 'certificate', cert: pair.certificate, key: pair.key } as const;
  return consented(house, client, house.mutualOrigin, binding);
}

async function consented(
  house: House,
  client: DemoClient,
  origin: string,
  binding: Binding,
): Promise<Consented> {
  const [person] = house.people;
  if (!person) throw new Error('The demonstration has nobody.');
  const party = new Party({
    issuer: house.origin,
    origin,
    authority: house.authority,
    clientId: client.client_id,
    redirectUri: client.redirect_uri,
    clientKey: client.jwk as JsonWebKey,
    binding,
  });
  const { accessToken, refreshToken, consentId } = await party.consent(person);
  const base = `/v1/banks/${person.bankCode}/accounts`;
  const accounts = await party.get(base, accessToken);
  const [account] = accounts['data'] as { accountId: string }[];
  if (!account) throw new Error('The holder has no account.');
  const path = `${base}/${account.accountId}/balances`;
  return {
    party,
    client,
    bankCode: person.bankCode,
    accountId: account.accountId,
    consentId,
    path,
    body: JSON.stringify(await party.get(path, accessToken)),
    freshToken: () => party.refresh(refreshToken),
  };
}
