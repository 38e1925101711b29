import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import type { GatewayConfig } from '../../platform/config.js';
import type { ClientCertificates } from '../../platform/mutual-tls/client-certificates.js';
import type { RateLimits } from '../../platform/rates/rate-limits.js';
import type { RateClaim } from '../../platform/rates/rate-policy.js';
import { AddressGate, addressOf } from './address-gate.js';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  [undefined, 'unknown'],
])('T-31 %s counts as %s: whoever has a network of addresses is one source', (address, source) => {
  expect(addressOf(address)).toBe(source);
});

describe('T-31 a client that is named', () => {
  afterEach(() => void jest.restoreAllMocks());

  const QUOTA = 1;
  function gate() {
    const taken: string[] = [];
    const take = ([claim]: readonly RateClaim[]) => {
      const { policy, id } = claim as RateClaim;
      taken.push(`${policy.name} ${id}`);
      return [{ policy, remaining: 0, resetSeconds: 30, isKept: taken.length <= QUOTA }];
    };
    const config = { rates: { claimedClientPerMinute: QUOTA }, secrets: {} };
    const made = new AddressGate(
      config as GatewayConfig,
      { take } as unknown as RateLimits,
      { isFromProxy: () => false } as unknown as ClientCertificates,
    );
    return { named: (clientId: string) => made.named(clientId), taken };
  }
  function arrives(client?: object): void {
    const req = { socket: { remoteAddress: '192.0.2.1' } } as IncomingMessage;
    const ctx = { req, set: () => undefined, oidc: { client } };
    jest.spyOn(Provider, 'ctx', 'get').mockReturnValue(ctx as unknown as KoaContextWithOIDC);
  }

  test('T-31 counts once for a request, however often it is looked up', async () => {
    const { named, taken } = gate();
    arrives();
    await named('minato');
    await named('minato');
    expect(taken).toEqual(['address-client 192.0.2.1 minato']);
  });

  test('T-31 gets the same refusal for the whole request; the next one counts anew', async () => {
    const { named, taken } = gate();
    arrives();
    await named('minato');
    for (const nth of [2, 2, 3]) {
      if (taken.length < nth) arrives();
      await expect(named('minato')).rejects.toMatchObject({ statusCode: 429 });
      expect(taken).toHaveLength(nth);
    }
  });

  test('T-31 counts nothing once somebody has proven who it is: whose token is asked about is no claim', async () => {
    const { named, taken } = gate();
    arrives({ clientId: 'ledger-api' });
    await named('minato');
    expect(taken).toEqual([]);
  });
});
