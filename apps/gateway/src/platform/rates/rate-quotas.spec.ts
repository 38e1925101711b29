import { expect, test } from '@jest/globals';
import { Settings } from '#libs/platform';
import { readRateQuotas } from './rate-quotas.js';

const read = (over: Record<string, string> = {}) => readRateQuotas(new Settings(over));

test('T-31 whatever is not set follows from the quota of one intermediary', () => {
  expect(read({ GATEWAY_CALLS_PER_MINUTE: '100' })).toEqual({
    intermediaryPerMinute: 100,
    consentPerMinute: 25,
    unattendedPerDay: 4,
    addressPerMinute: 500,
    registrationsPerMinute: 20,
    claimedClientPerMinute: 100,
    refusalsPerMinute: 500,
  });
});

test('T-31 behind a balancer of one address each quota of an address is set by itself', () => {
  const quotas = read({
    GATEWAY_ADDRESS_REQUESTS_PER_MINUTE: '1001',
    GATEWAY_ADDRESS_REGISTRATIONS_PER_MINUTE: '1002',
    GATEWAY_ADDRESS_CLIENT_REQUESTS_PER_MINUTE: '1003',
    GATEWAY_ADDRESS_REFUSALS_PER_MINUTE: '1004',
  });
  expect(quotas).toMatchObject({
    intermediaryPerMinute: 600,
    addressPerMinute: 1001,
    registrationsPerMinute: 1002,
    claimedClientPerMinute: 1003,
    refusalsPerMinute: 1004,
  });
});

test.each(['0', '-1', '1.5', '10000000', 'many'])('%s is no quota', (text) => {
  const name = 'GATEWAY_ADDRESS_CLIENT_REQUESTS_PER_MINUTE';
  expect(() => read({ [name]: text })).toThrow(name);
});
