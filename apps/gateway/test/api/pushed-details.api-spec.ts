import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accountInformation, transferInitiation } from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
});
afterAll(() => gateway.stop());

const push = (over: Record<string, string | undefined>) =>
  minato.post('/par', minato.request(accountInformation(), over).params);

describe('T-32 whatever is sent as authorization_details, the answer is a refusal', () => {
  test.each([
    '{',
    '',
    'null',
    '1',
    '"x"',
    '[]',
    '[null]',
    '[1]',
    '[[]]',
    '{}',
    '[{}]',
    '[{"type":null}]',
    '[{"type":["account_information"]}]',
    '[{"type":"__proto__"}]',
    '[{"type":"constructor"}]',
    '[{"type":"account_information","__proto__":{}}]',
    '[{"type":"account_information","chain_partner":{},"permissions":{}}]',
    '[{"type":"transfer_initiation","creditor":null,"amount":[]}]',
    '[{"type":"transfer_initiation","chain_partner":"none","bank_code":"2963","creditor":"x"}]',
    `${'['.repeat(3_000)}${']'.repeat(3_000)}`,
    `[{"type":"account_information","purpose":"${'a'.repeat(20_000)}"}]`,
    '[{"type":"account_information","chain_partner":"none\u0000"}]',
  ])('%.60s', async (text) => {
    const answer = await push({ authorization_details: text });
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toMatch(/^invalid_(request|authorization_details)$/);
    expect(answer.body['error_description']).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
  });
});

describe('T-31 limits before authentication', () => {
  test('T-31 a push of more than 64 KiB is refused before anything is read', async () => {
    // The gateway's own rounds ask for changes whenever they come round.
    const asked = () => ['approvals', 'transfers'].flatMap((part) => gateway.bank.callsTo(part));
    const before = asked();
    const answer = await push({ state: 'a'.repeat(64 * 1024) });
    expect([answer.status, answer.body['error']]).toEqual([413, 'invalid_request']);
    expect(asked()).toEqual(before);
  });

  test('T-31 more than ten details: the bank is not asked once', async () => {
    const details = Array.from({ length: 11 }, (_, i) => transferInitiation(`many-${i}`));
    const answer = await push({ authorization_details: JSON.stringify(details), scope: undefined });
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_authorization_details']);
    expect(gateway.bank.callsTo('transfers')).toHaveLength(0);
  });

  test.each(['__proto__', 'constructor', 'prototype'])(
    'T-32 %s at any depth of a detail answers 400',
    async (name) => {
      const poisoned = JSON.stringify([transferInitiation('poison')]).replace(
        '"amount":{',
        `"amount":{"${name}":{"polluted":true},`,
      );
      const answer = await push({ authorization_details: poisoned });
      expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_authorization_details']);
      expect({}).not.toHaveProperty('polluted');
    },
  );
});
