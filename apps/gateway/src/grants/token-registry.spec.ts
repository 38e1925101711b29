import { beforeEach, describe, expect, test } from '@jest/globals';
import type { HostClock } from '../platform/host-clock.js';
import type { ConsentGrant, LiveToken } from './domain/grant.js';
import { hashOfToken, type GrantStore } from './storage/grant.store.pg.js';
import type { TokenEndListener } from './storage/token-end.listener.js';
import { TokenRegistry } from './token-registry.js';

const VALUE = 'an-opaque-token';
const live: LiveToken = {
  hash: hashOfToken(VALUE),
  clientId: 'minato-kakei',
  epspId: 'epsp_1',
  scopes: ['accounts'],
  expiresAtSeconds: 0,
  binding: { method: 'dpop', thumbprint: 'k' },
  grant: undefined,
  endedCode: undefined,
  blockedUntil: undefined,
};

const grant: ConsentGrant = {
  grantId: 'ended',
  kind: 'account_information',
  bankCode: '2963',
  clientId: 'minato-kakei',
  chainPartnerId: 'none',
  consentId: undefined,
  transferId: undefined,
  permissions: [],
  expiresAt: 0,
};

let now: number;
let reads: number;
let stored: LiveToken | undefined;
let whileReading: () => void;
let end: (hash: string) => void;
let gap: () => void;
let listener: { heardUntil: number };
let registry: TokenRegistry;

beforeEach(() => {
  [now, reads, stored] = [0, 0, live];
  whileReading = () => undefined;
  const store = {
    findToken: async () => {
      reads += 1;
      const found = stored;
      whileReading();
      return found;
    },
  };
  const listening = {
    heardUntil: -Infinity,
    listen(onEnd: typeof end, onGap: typeof gap) {
      [end, gap] = [onEnd, onGap];
    },
  };
  listener = listening;
  registry = new TokenRegistry(
    store as unknown as GrantStore,
    listening as unknown as TokenEndListener,
    { monotonic: () => now } as unknown as HostClock,
  );
});

describe('the token cache', () => {
  test('while ends are heard of, a token is read once', async () => {
    for (now = 0; now <= 60_000; now += 500) {
      listener.heardUntil = now;
      expect(await registry.find(VALUE)).toBe(live);
    }
    expect(reads).toBe(1);
  });

  test('while the listener is lost, an entry of 1,999 ms is used and one of 2,000 is read again', async () => {
    await registry.find(VALUE);
    now = 1_999;
    await registry.find(VALUE);
    expect(reads).toBe(1);
    now = 2_000;
    await registry.find(VALUE);
    expect(reads).toBe(2);
  });

  test('RKN-S1/c an end that is heard of evicts at once', async () => {
    listener.heardUntil = Infinity;
    await registry.find(VALUE);
    stored = { ...live, endedCode: 'consent_revoked' };
    end(live.hash);
    expect((await registry.find(VALUE))?.endedCode).toBe('consent_revoked');
  });

  test('RKN-S1/c an end by this process evicts the tokens of that grant alone, heard of or not', async () => {
    listener.heardUntil = Infinity;
    stored = { ...live, grant: { ...grant, grantId: 'another' } };
    await registry.find(VALUE);
    registry.forget(grant.grantId);
    expect(registry.known(VALUE)).toBeDefined();
    registry.forget('another');
    expect(registry.known(VALUE)).toBeUndefined();
  });

  test('RKN-S1/c an end while the row is being read is not overtaken by the older row', async () => {
    listener.heardUntil = Infinity;
    whileReading = () => {
      stored = { ...live, endedCode: 'consent_revoked' };
      end(live.hash);
      whileReading = () => undefined;
    };
    expect((await registry.find(VALUE))?.endedCode).toBeUndefined();
    expect((await registry.find(VALUE))?.endedCode).toBe('consent_revoked');
  });

  test('a gap in listening empties the cache; ended and unknown tokens are never cached', async () => {
    listener.heardUntil = Infinity;
    await registry.find(VALUE);
    gap();
    stored = { ...live, endedCode: 'invalid_token' };
    await registry.find(VALUE);
    await registry.find(VALUE);
    stored = undefined;
    await registry.find(VALUE);
    await registry.find(VALUE);
    expect(reads).toBe(5);
  });
});
