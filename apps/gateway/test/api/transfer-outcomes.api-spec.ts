import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, CONSENT, obtainToken } from './approve.js';
import {
  accountInformation,
  emptyTransfer,
  KODAMA,
  MINATO,
  transferInitiation,
  TSUBAME,
} from './fixtures.js';
import { startGateway, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';
import { until } from './wait-until.js';

let gateway: GatewayUnderTest;
let minato: Intermediary;
let own: string;

beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  own = await minato.ownToken();
});
afterAll(() => gateway.stop());

const creditor = {
  bankCode: '0001',
  branchCode: '001',
  accountType: '1',
  accountNumber: '1234567',
};
const QUOTE = {
  debitBranchCode: '165',
  creditor,
  amount: { amount: '10000', currency: 'JPY' },
};
const verdict = ({ status, body }: { status: number; body: Record<string, unknown> }) => [
  status,
  body['code'],
];

/** Pushed while everything was open; its id. */
async function pushed(instructionId: string, who = minato): Promise<string> {
  await who.push(transferInitiation(instructionId));
  const all = [...gateway.bank.transfers.values()];
  return all.find((transfer) => transfer.instructionId === instructionId)!.transferId;
}

/** Every way in which software learns what became of its transfers. */
const outcomes = (instructionId: string, transferId: string, bank = '2963') => [
  `/v1/banks/${bank}/transfers?instructionId=${instructionId}`,
  `/v1/banks/${bank}/transfers/${transferId}`,
  `/v1/banks/${bank}/reconciliations/2026-11-20`,
];

const statuses = async (
  paths: readonly string[],
  token: string,
  who = minato,
  headers: Record<string, string> = {},
) => {
  const seen: number[] = [];
  for (const path of paths) seen.push((await who.call(path, token, { headers })).status);
  return seen;
};

const quoted = async (
  who = minato,
  token = own,
  bank = '2963',
  headers: Record<string, string> = { 'x-chain-partner-id': 'none' },
) => {
  const path = `/v1/banks/${bank}/transfer-quotes`;
  return verdict(await who.call(path, token, { method: 'POST', body: QUOTE, headers }));
};

describe('the outcome of a transfer is read whatever happened since (INT-21)', () => {
  test('RKN-S4c/c a suspended link: state and day are read, nothing new is begun', async () => {
    const transferId = await pushed('before-the-stop');
    const transfer = { transferId, status: 'ACSC' as const };
    const result = { outcome: 'approved' as const, subject: 's', bankCode: '2963', transfer };
    const detail = transferInitiation('before-the-stop');
    const { accessToken } = await obtainToken(minato, detail, result);
    const link = { epspId: MINATO, chainPartnerId: '*', function: '*' };
    gateway.bank.changeLink('2963', { ...link, state: 'suspended' });
    await until(async () => (await quoted())[0] === 403);

    const asked = gateway.bank.callsTo('transfer-quotes').length;
    expect(await quoted()).toEqual([403, 'linkage_suspended']);
    expect(gateway.bank.callsTo('transfer-quotes')).toHaveLength(asked);
    const { params } = minato.request(transferInitiation('after-the-stop'));
    expect((await minato.post('/par', params)).body['error_description']).toMatch(
      /^linkage_suspended: /,
    );
    const paths = outcomes('before-the-stop', transferId);
    expect(await statuses(paths, own)).toEqual([200, 200, 200]);
    // The holder's token of that one transfer reads it as well, and has no day to compare.
    expect(await statuses(paths, accessToken)).toEqual([200, 200, 403]);
    gateway.bank.changeLink('2963', { ...link, state: 'active' });
    await until(async () => (await quoted())[0] === 200);
  });

  test('RKN-C1a/b a partner whose contract is over: the software that pushed is answered', async () => {
    const aoba = await Intermediary.of(gateway, gateway.aoba);
    const token = await aoba.ownToken();
    const request = {
      instructionId: 'through-kodama',
      creditor: { ...creditor, nameKana: 'ハナコ' },
      amountYen: '1',
    };
    const transfer = emptyTransfer(request, '2963', KODAMA);
    gateway.bank.transfers.set('2963 aoba-fintech through-kodama', transfer);
    const paths = outcomes('through-kodama', transfer.transferId);
    const through = { 'x-chain-partner-id': KODAMA };
    expect(await quoted(aoba, token, '2963', through)).toEqual([403, 'chain_partner_stopped']);
    expect(await statuses(paths, token, aoba, through)).toEqual([200, 200, 200]);
    expect(await statuses(paths, token, aoba)).toEqual([200, 200, 200]);
  });

  test('T-14 but not through a partner of somebody else', async () => {
    const paths = outcomes('foreign', await pushed('foreign'));
    const through = { 'x-chain-partner-id': TSUBAME };
    expect(await statuses(paths, own, minato, through)).toEqual([403, 403, 403]);
  });

  test('RKN-D4 an institution that takes no transfers any more tells what became of the last', async () => {
    const instructionId = 'before-the-switch';
    const request = {
      instructionId,
      creditor: { ...creditor, nameKana: 'ハナコ' },
      amountYen: '1',
    };
    const transfer = emptyTransfer(request, '2972', 'none');
    gateway.bank.transfers.set(`2972 minato-kakei ${instructionId}`, transfer);
    expect(await quoted(minato, own, '2972')).toEqual([403, 'function_not_offered']);
    const paths = outcomes(instructionId, transfer.transferId, '2972');
    expect(await statuses(paths.slice(0, 2), own)).toEqual([200, 200]);
  });

  test('RKN-S1/c a consent that was withdrawn takes nothing from the transfers beside it', async () => {
    const consentId = 'cns_beside_a_transfer';
    const result = { ...APPROVED, consent: { ...CONSENT, consentId } };
    const { accessToken } = await obtainToken(minato, accountInformation(), result);
    const paths = outcomes('beside', await pushed('beside'));
    gateway.bank.changeConsent(consentId, 'revoked', 'withdrawn');
    await until(
      async () => (await minato.call('/v1/banks/2963/accounts', accessToken)).status === 401,
    );
    expect(await statuses(paths, own)).toEqual([200, 200, 200]);
  });
});
