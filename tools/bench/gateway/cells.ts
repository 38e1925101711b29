import type { JsonWebKey } from 'node:crypto';
import { freePorts } from '../../ports.js';
import { consentedByCertificate, consentedByProof, type Consented } from './consented.js';
import type { CellName } from './figures.js';
import type { House } from './house.js';
import type { MeasuredProcess } from './measured-process.js';
import type { Asked, Target } from './series.js';

/** One thing to be measured: who is asked for what, and whose processor time counts. */
export interface Cell {
  readonly name: CellName;
  readonly servers: readonly MeasuredProcess[];
  readonly targets: readonly Target[];
  /** Made anew before each series: a token lives for five minutes. */
  asked(): Promise<Asked>;
}

export interface Cells {
  readonly all: readonly Cell[];
  readonly verifier: MeasuredProcess;
  /** A gateway before the real bank-core, for latency. */
  readonly whole: Pick<Cell, 'targets' | 'asked'>;
  close(): void;
}

const STATUS_SCOPE = 'transfers:status';
/** The customer is there: what is read while nobody waits is counted by the day. */
const PRESENT = { 'x-fapi-customer-ip-address': '192.0.2.1' } as const;

/** Starts every server of the bench and obtains the consents that the protected reads rest on. */
export async function everyCell(house: House): Promise<Cells> {
  await house.bankCore();
  const gateway = await house.gateway();
  const [client] = house.clients;
  if (!client) throw new Error('The demonstration has no client.');
  const byProof = await consentedByProof(house, client);
  const byCertificate = await consentedByCertificate(house, client);
  const [second = 0, secondMutual = 0, third = 0, thirdMutual = 0] = await freePorts(4);
  const other = await house.gateway({ port: second, mutualPort: secondMutual });
  await house.wholeGateway({ port: third, mutualPort: thirdMutual });
  const [first, there] = [house.target(), house.target(second)];
  const proven = () => byProofAsked(house, byProof);
  const { key } = byProof.party.of.binding;
  const verifier = await house.program('bare-verify', { BENCH_KEY: JSON.stringify(key) });
  const all: readonly Cell[] = [
    await bareCell(house, byProof),
    await routeCell(house, byProof),
    {
      name: 'mtls',
      servers: [gateway],
      targets: [mutualTarget(house, byCertificate)],
      asked: () => byCertificateAsked(house, byCertificate),
    },
    { name: 'dpop', servers: [gateway], targets: [first], asked: proven },
    { name: 'twoProcesses', servers: [gateway, other], targets: [first, there], asked: proven },
    { name: 'token', servers: [gateway], targets: [first], asked: tokenAsked(house, byProof) },
    await bareTokenCell(house, byProof),
  ];
  const close = () => [byProof, byCertificate].forEach(({ party }) => party.close());
  const whole = { targets: [house.target(third)], asked: proven };
  return { all, verifier, whole, close };
}

async function bareCell(house: House, { body, path }: Consented): Promise<Cell> {
  const [port = 0] = await freePorts(1);
  const server = await house.program('bare-node', { BENCH_PORT: String(port), BENCH_BODY: body });
  const asked = async (): Promise<Asked> => ({ kind: 'plain', path, headers: PRESENT });
  return { name: 'bare', servers: [server], targets: [{ port }], asked };
}

async function routeCell(house: House, holder: Consented): Promise<Cell> {
  const [port = 0] = await freePorts(1);
  const { client, consentId, path } = holder;
  const caller = {
    clientId: client.client_id,
    epspId: client.epsp_id,
    chainPartnerId: 'none',
    consentId,
    interactionId: '0a3f9e3e-6d6c-4f5b-9c1d-2f6f1f4b7d10',
  };
  const extra = { BENCH_CALLER: JSON.stringify(caller) };
  const server = await house.program('bare-route', extra, port);
  const headers = { host: new URL(house.origin).host, ...PRESENT };
  const asked = async (): Promise<Asked> => ({ kind: 'plain', path, headers });
  return { name: 'route', servers: [server], targets: [house.target(port)], asked };
}

async function bareTokenCell(house: House, holder: Consented): Promise<Cell> {
  const [port = 0] = await freePorts(1);
  const extra = {
    BENCH_CLIENT: JSON.stringify(registered(holder)),
    BENCH_SCOPE: STATUS_SCOPE,
  };
  const server = await house.program('bare-provider', extra, port);
  const asked = tokenAsked(house, holder);
  return { name: 'bareToken', servers: [server], targets: [house.target(port)], asked };
}

async function byProofAsked(house: House, holder: Consented): Promise<Asked> {
  const { origin } = house;
  const headers = { host: new URL(origin).host, ...PRESENT };
  const key = holder.party.of.binding.key as JsonWebKey;
  return {
    kind: 'dpop',
    origin,
    path: holder.path,
    headers,
    token: await holder.freshToken(),
    key,
  };
}

async function byCertificateAsked(house: House, holder: Consented): Promise<Asked> {
  const authorization = `Bearer ${await holder.freshToken()}`;
  const headers = { host: new URL(house.mutualOrigin).host, ...PRESENT, authorization };
  return { kind: 'plain', path: holder.path, headers };
}

function mutualTarget(house: House, { party }: Consented): Target {
  const { binding } = party.of;
  if (binding.method !== 'certificate') throw new Error('These tokens are bound to a certificate.');
  const { cert, key } = binding;
  const name = new URL(house.mutualOrigin).hostname;
  const port = house.setting.ports.gatewayMutual;
  return { port, tls: { name, ca: house.authority, cert, key } };
}

const tokenAsked =
  ({ origin }: House, { client, party }: Consented) =>
  async (): Promise<Asked> => ({
    kind: 'token',
    origin,
    headers: { host: new URL(origin).host },
    clientId: client.client_id,
    scope: STATUS_SCOPE,
    clientKey: client.jwk as JsonWebKey,
    key: party.of.binding.key as JsonWebKey,
  });

/** The same client, as the library alone is told of it. */
function registered({ client }: Consented): object {
  const { d: _, ...publicKey } = client.jwk;
  return {
    client_id: client.client_id,
    jwks: { keys: [publicKey] },
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    scope: STATUS_SCOPE,
    dpop_bound_access_tokens: true,
  };
}
