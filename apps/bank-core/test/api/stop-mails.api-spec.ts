import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EVERYTHING, type LinkEvent } from '#libs/contracts';
import { FollowPartiesJob } from '../../src/consents/follow-parties.job.js';
import { LinksService } from '../../src/links/index.js';
import { DeliverNoticesJob } from '../../src/notices/deliver-notices.job.js';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { ConsentWalk } from './consent-walk.js';
import { CHUO, SAIKAI } from './transfer-stories.js';

const TSUBAME = 'cp_01j0000000000000000000tsbm';
const LONG_MS = 120_000;
let bank: BankCoreUnderTest;
let consents: ConsentWalk;
let job: FollowPartiesJob;

beforeAll(async () => {
  bank = await startBankCore();
  consents = new ConsentWalk(bank);
  job = bank.app.get(FollowPartiesJob);
  await consents.consented(aoba);
  await consents.consented({ ...aoba, partner: TSUBAME });
  await consents.consented(minato);
}, LONG_MS);
afterAll(() => bank.stop());

const now = async () => {
  const [row] = await bank.admin<{ at: string }>(
    'select floor(extract(epoch from renkei_now()) * 1000)::bigint as at',
  );
  return Number(row?.at);
};

/** As a measure or a hold does it: told to the link, which adds up what is in force. */
async function tellLink(more: object, institutionId = CHUO): Promise<void> {
  const at = await now();
  const event = { happenedAt: at, institution: String(institutionId), ...more } as LinkEvent;
  const told = await bank.database.inInstitution(institutionId, (tx) =>
    bank.app
      .get(LinksService, { strict: false })
      .tell(tx, { institutionId, epspId: aoba.epsp }, event, at),
  );
  if (!told.ok) throw new Error(told.refusal.code);
}
const stop = async (id: string, institutionId = CHUO) => {
  const since = await now();
  const hold = { id, basis: 'a test', removed: EVERYTHING, since, latestEnd: since + 3_600_000 };
  await tellLink({ type: 'hold_began', id, hold }, institutionId);
};
const lift = (holdId: string, institutionId = CHUO) =>
  tellLink({ type: 'hold_ended', id: `over-${holdId}`, holdId }, institutionId);

const told = async (kind: string) =>
  bank.admin<{ once_key: string; message_id: string; body: string; recipient: string }>(
    'select once_key, message_id, body, recipient from notice where kind = $1 order by id',
    [kind],
  );
const follow = async () => {
  await Promise.all([job.run(), job.run()]);
  await job.run();
};

describe('RKN-S4c users are told on the bank’s side', () => {
  test('RKN-S4c of one stop a holder is told once, however many of his consents it freezes', async () => {
    await stop('hold_one');
    await follow();
    const mails = await told('link_stopped');
    expect(mails).toHaveLength(1);
    expect(mails[0]?.body).toContain('あおばフィンテック');
    expect(mails[0]?.body).not.toContain('みなと');
    expect(mails[0]?.body).not.toContain('a test');
    const frozen = await bank.admin(`select from consent where state = 'frozen'`);
    expect(frozen).toHaveLength(2);
    const [holder] = await bank.admin<{ mail_address: string }>(
      `select mail_address from holder where login_id = 'taro-2963'`,
    );
    expect(mails[0]?.recipient).toBe(holder?.mail_address);
  });

  test('RKN-S4c delivered under one Message-ID, whoever delivers it again', async () => {
    const [mail] = await told('link_stopped');
    const delivery = bank.app.get(DeliverNoticesJob);
    for (let tries = 0; tries < 3_000; tries += 1) {
      await Promise.all([delivery.run(), delivery.run()]);
      const left = await bank.admin(
        `select from notice where kind = 'link_stopped' and delivered_at is null`,
      );
      if (left.length === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const box = await bank.admin('select from mailbox_mail where message_id = $1', [
      mail?.message_id,
    ]);
    expect(box).toHaveLength(1);
  });

  test('RKN-S4c/f when it resumes they are told once, of the same stop', async () => {
    await lift('hold_one');
    await follow();
    const [stopped] = await told('link_stopped');
    const back = await told('link_resumed');
    expect(back).toMatchObject([{ once_key: stopped?.once_key }]);
    expect(back[0]?.body).toContain('同意し直す必要はありません');
  });

  test('RKN-S4c another stop is told anew; the database itself keeps a second mail of one out', async () => {
    await stop('hold_two');
    await follow();
    const mails = await told('link_stopped');
    expect(mails).toHaveLength(2);
    expect(new Set(mails.map(({ once_key }) => once_key)).size).toBe(2);
    await expect(
      bank.admin(
        `insert into notice (institution_id, id, holder_id, kind, recipient, subject, body_hash,
           message_id, created_at, next_attempt_at, once_key)
         select institution_id, 'ntc_00000000000000000000000000', holder_id, kind, recipient, subject,
           body_hash, '<other@x>', created_at, created_at, once_key
         from notice where kind = 'link_stopped' limit 1`,
      ),
    ).rejects.toMatchObject({ code: '23505' });
    await lift('hold_two');
    await follow();
    expect(await told('link_resumed')).toHaveLength(2);
  });

  test('RKN-S4c/d a stop at another institution tells nobody here', async () => {
    await stop('hold_far', SAIKAI);
    await follow();
    expect(await told('link_stopped')).toHaveLength(2);
  });
});
