import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { startServers, type TestSystem } from '#libs/testing';
import { homeAt } from '../start/home.js';
import { walkFlow } from './flow.js';
import type { Installation } from './installation.js';
import { Narrator } from './narrator.js';

describe('npm run flow', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startServers();
  });
  afterAll(() => system.stop());

  const flow = async (bankCode: string, isExplaining = false): Promise<string> => {
    const out = new PassThrough();
    let told = '';
    out.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const none = { pid: undefined };
    const installation: Installation = {
      home: homeAt('/nowhere'),
      running: {
        supervisor: process.pid,
        gateway: {
          ...none,
          origin: system.gatewayOrigin,
          mutualOrigin: system.gatewayMutualOrigin,
        },
        bank: { ...none, origin: system.bankOrigin },
        postgres: undefined,
        outsideAuthority: '',
      },
      authority: system.authority,
      clients: system.clients,
      people: system.people,
    };
    const options = { bankCode, isExplaining, isByHand: false, language: 'en' } as const;
    await walkFlow(options, installation, new Narrator('en', isExplaining, out));
    return told;
  };

  test('it reads accounts and makes a transfer where writes are offered', async () => {
    for (const bankCode of ['2963', '2825']) {
      const told = await flow(bankCode);
      expect(told).toMatch(/accounts {2}\d+ ms\n {3}\d{3}-\d-\d{7} /);
      expect(told).toMatch(/flow-[0-9a-f]{16}: ACS[PC] /);
    }
  });

  test('RKN-D4 where they are not, it shows the reads and function_not_offered', async () => {
    const codes = [...new Set(system.people.map((person) => person.bankCode))].sort();
    expect(codes).toHaveLength(14);
    for (const code of codes.filter((each) => each !== '2963' && each !== '2825')) {
      const told = await flow(code);
      expect(told).toMatch(/transactions {2}\d+ ms/);
      expect(told).toContain(`${code} offers no writes: function_not_offered`);
    }
  });

  test('T-30 explaining prints every request and no secret of the holder', async () => {
    const explained = await flow('2963', true);
    expect(explained).toMatch(/→ POST https:\/\/gateway\.localhost:\d+\/par/);
    expect(explained).toContain('[RFC 8414]');
    const person = system.people.find((each) => each.bankCode === '2963');
    if (!person) throw new Error('2963 has a story person.');
    expect(explained).not.toContain(person.loginPassword);
    expect(explained).not.toContain(person.confirmationPassword);
  });
});
