import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Procedure, type Announced } from '../../../../tools/campaigns/stop/procedure.js';
import { openStaffDesk } from '../../../../tools/staff/open-desk.js';
import type { ConsoleOfficers } from './console-officers.js';
import { ownAffairsOf } from './own-party.js';
import { householdRequest, MINATO, Scene, until } from './scene.js';

const BANK = '2963';
const ELSEWHERE = '2951';
const LEFT = 2;
const STEPS = `/links/${MINATO}/review-steps`;
const lowered: Announced = {
  kind: 'restriction',
  removed: [{ right: 'full_rate', reach: 'all', callsPerMinuteMax: LEFT }],
};

let scene: Scene;
let officers: ConsoleOfficers;

beforeAll(async () => {
  scene = await Scene.open();
  ({ officers } = await ownAffairsOf(scene));
});
afterAll(() => scene.close());

/** Everything before the measure lies behind: what takes days is gone through at a desk whose clock is set back. */
async function noticed(): Promise<void> {
  const { databases, officers: people } = scene.system;
  const desk = await openStaffDesk({ databaseUrl: databases.bank.appUrl });
  try {
    const logIn = async (name: string) => {
      const one = people.find(({ mailAddress }) => mailAddress.startsWith(`${name}@`));
      const member = await desk.staff.login(one?.mailAddress ?? '', one?.password ?? '');
      if (!member.ok) throw new Error(`The officer ${name} cannot log in.`);
      return member.value;
    };
    const [proposer, approver] = [await logIn('compliance'), await logIn('approver')];
    const bank = (await desk.institutions.all()).find(({ bankCode }) => bankCode === BANK);
    const procedure = await Procedure.open(databases.bank.appUrl, proposer, approver);
    const link = { institutionId: bank?.id ?? 0, epspId: MINATO };
    await procedure.noticed(link, lowered).finally(() => procedure.close());
  } finally {
    await desk.close();
  }
}

async function readerAt(bankCode: string, loginId: string) {
  const software = scene.intermediary(MINATO);
  const request = householdRequest(bankCode);
  const { accessToken } = await scene.consented(software, scene.person(loginId), request);
  // With the customer there: what is read while nobody waits has a limit of its own.
  const headers = { 'x-fapi-customer-ip-address': '192.0.2.7' };
  return async () => {
    const path = `/v1/banks/${bankCode}/accounts`;
    const answer = await software.send('GET', accessToken, path, { headers });
    const policies = answer.headers.get('ratelimit-policy') ?? '';
    return { ...answer, countsLink: policies.includes(`"link";q=${LEFT};w=60`) };
  };
}

test('RKN-S4c INT-17 a rate that two people lower is counted, there alone, until two people lift it', async () => {
  const here = await readerAt(BANK, 'taro-2963');
  const there = await readerAt(ELSEWHERE, 'taro-2951');
  await noticed();
  expect(await here()).toMatchObject({ status: 200, countsLink: false });

  const committed = await officers.agree(STEPS, {
    step: 'measure_committed',
    bankCodes: [BANK],
    grounds: { text: '通信量が多すぎる', evidence: ['doc_1'] },
  });
  expect(committed).toMatchObject({ state: 'RESTRICTED' });
  // The gateway's copy follows the commit; from there on it counts, and what is left is soon used up.
  await until(async () => (await here()).countsLink);
  let last = await here();
  await until(async () => (last = await here()).status === 429);
  expect(last).toMatchObject({
    status: 429,
    body: {
      code: 'quota_exceeded',
      clause: 'RKN-S4c',
      retryable: true,
      facts: { policy: 'link' },
    },
  });
  expect(await there()).toMatchObject({ status: 200, countsLink: false });

  const lifted = await officers.agree(STEPS, {
    step: 'resumed',
    bankCodes: [BANK],
    reason: '呼出しを見直した',
  });
  expect(lifted).toMatchObject({ state: 'RESUMED' });
  await until(async () => {
    const { status, countsLink } = await here();
    return status === 200 && !countsLink;
  });
});
