import { describe, expect, test } from '@jest/globals';
import { isLoopback, readMode } from './mode.js';
import { REPLACEABLE } from './server-environment.js';

describe('T-23 the mode of a start', () => {
  test.each([
    ['127.0.0.1:8443', true],
    ['127.8.9.1', true],
    ['[::1]:8443', true],
    ['https://gateway.localhost:8443', true],
    ['postgres://u:p@localhost:5432/d', true],
    ['postgres://u:p@127.0.0.1/d', true],
    ['0.0.0.0:8443', false],
    ['192.168.0.4:8443', false],
    ['https://gateway.example', false],
    ['https://localhost.example', false],
    ['postgres://u:p@db.internal/d', false],
    ['127.0.0.1.example:1', false],
  ])('%s is loopback: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });

  test('T-23 loopback alone starts a demonstration without being asked', () => {
    expect(readMode({})).toBe('demo');
    expect(readMode({ BANK_LISTEN: '127.0.0.1:1' })).toBe('demo');
  });

  test.each([
    'DATABASE_URL_BANK',
    'DATABASE_URL_GATEWAY',
    'GATEWAY_PUBLIC_ORIGIN',
    'BANK_PUBLIC_ORIGIN',
    'GATEWAY_LISTEN',
    'BANK_LISTEN',
  ])('T-23 %s off this machine demands that RENKEI_ENV says which mode', (name) => {
    const away = name.includes('URL') ? 'postgres://u:p@db.example/d' : 'https://bank.example';
    expect(() => readMode({ [name]: away })).toThrow(`${name} leads off this machine`);
    expect(readMode({ [name]: away, RENKEI_ENV: 'demo' })).toBe('demo');
  });

  test('T-23 production takes nothing that this machine made up', () => {
    const names = ['DATABASE_URL_BANK', 'DATABASE_URL_GATEWAY', ...REPLACEABLE];
    const whole = Object.fromEntries(names.map((name) => [name, 'https://somewhere.example']));
    expect(readMode({ ...whole, RENKEI_ENV: 'production' })).toBe('production');
    for (const name of names) {
      const { [name]: _, ...rest } = whole;
      expect(() => readMode({ ...rest, RENKEI_ENV: 'production' })).toThrow(`needs ${name}`);
    }
  });

  test('an unknown mode is refused by name', () => {
    expect(() => readMode({ RENKEI_ENV: 'prod' })).toThrow('prod is none of them');
  });
});
