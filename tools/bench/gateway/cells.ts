import { freePorts } from '../../ports.js';
import { consented, type Consented } from './consented.js';
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
  readonly holder: Consented;
  readonly verifier: MeasuredProcess;
}

const GATEWAY_NAME = 'gateway.localhost';
const STATUS_SCOPE = 'transfers:status';
const PRESENT = { 'x-fapi-customer-ip-address': '192.0.2.1' } as const;

/** Starts every server of the bench and obtains the consent that the protected reads rest on. */
export async function everyCell(house: House): Promise<Cells> {
  const bankCore = await house.bankCore();
  const gateway = await house.gateway();
  void bankCore;
  const holder = await consented(house);
  const [second = 0, bare = 0, route = 0, provider = 0] = await freePorts(4);
  const { clientId, epspId, bankCode, accountId, consentId, key, clientKey } = holder;
  const caller = { clientId, epspId, chainPartnerId: 'none', consentId };
  const interactionId = '0a3f9e3e-6d6c-4f5b-9c1d-2f6f1f4b7d10';
  const bareNode = await house.program('bare-node', bare, {
    BENCH_PORT: String(bare),
    BENCH_BODY: holder.body,
  });
  const bareRoute = await house.program('bare-route', route, {
    BENCH_CALLER: JSON.stringify({ ...caller, interactionId }),
  });
  const bareProvider = await house.program('bare-provider', provider, {
    BENCH_CLIENT: JSON.stringify(registered(holder)),
    BENCH_SCOPE: STATUS_SCOPE,
  });
  const other = await house.gateway(second);
  const verifier = await house.program('bare-verify', 0, { BENCH_KEY: JSON.stringify(key) });
  const path = `/v1/banks/${bankCode}/accounts/${accountId}/balances`;
  const { origin, authority } = house;
  const headers = { host: new URL(origin).host, ...PRESENT };
  const over = (port: number): Target => ({ port, tls: { name: GATEWAY_NAME, ca: authority } });
  const first = over(house.setting.ports.gateway);
  const plain: Asked = { kind: 'plain', path, headers };
  const proven = async (): Promise<Asked> => {
    const token = await holder.freshToken();
    return { kind: 'dpop', origin, path, headers, token, key };
  };
  const token: Asked = {
    ...{ kind: 'token', origin, headers, clientId, scope: STATUS_SCOPE, clientKey, key },
  };
  const all: readonly Cell[] = [
    { name: 'bare', servers: [bareNode], targets: [{ port: bare }], asked: async () => plain },
    { name: 'route', servers: [bareRoute], targets: [over(route)], asked: async () => plain },
    { name: 'dpop', servers: [gateway], targets: [first], asked: proven },
    {
      name: 'twoProcesses',
      servers: [gateway, other],
      targets: [first, over(second)],
      asked: proven,
    },
    { name: 'token', servers: [gateway], targets: [first], asked: async () => token },
    {
      name: 'bareToken',
      servers: [bareProvider],
      targets: [over(provider)],
      asked: async () => token,
    },
  ];
  return { all, holder, verifier };
}

/** The same client, as the library alone is told of it. */
function registered({ clientId, clientKey }: Consented): object {
  const { d: _, ...publicKey } = clientKey;
  return {
    client_id: clientId,
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
