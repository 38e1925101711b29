import { assert } from '#libs/kernel';
import type { Software } from '../campaigns/gateway-ground/software.js';
import { AOBA, receive, reply, stateOf, TSUBAME } from './letters.js';
import type { Party, Story, ToldStory } from './story.js';

const BANK = '2963';
const STEPS = `/links/${AOBA}/chain-partners/${TSUBAME}/stop-steps`;
const DIRECT = `GET /v1/banks/${BANK}/accounts（直接 direct）`;
const CHAINED = `GET /v1/banks/${BANK}/accounts（つばめ貯金 chained）`;
const GROUNDS = {
  text: 'つばめ貯金が、契約で定めた目的の外で残高を利用していた。',
  evidence: ['あおばフィンテックの調査報告 2026-11'],
};
const REMOVED = [
  'accounts_read',
  'balances_read',
  'transactions_read',
  'loans_read',
  'transfer_initiation',
  'new_consents',
].map((right) => ({ right, reach: TSUBAME }));

/** RKN-C2: one partner of an intermediary breaks its contract, and is stopped alone. */
export async function chainPartnerBreach(story: Story): Promise<ToldStory> {
  const software = story.software(AOBA);
  const holder = story.person('taro-2963');
  const direct = await story.consent(software, holder);
  const chained = await story.consent(software, holder, TSUBAME);
  await story.begin();
  await both(story, direct, chained);
  story.tell(
    '利用者は、あおばフィンテックへの直接の提供と、その連鎖接続先つばめ貯金への提供に、それぞれ同意している。',
    'A holder consented twice: to Aoba Fintech itself, and to its chain partner Tsubame.',
    'RKN-C1a',
  );
  const requestId = await request(story, software);
  await both(story, direct, chained);
  story.tell(
    '停止の求めだけでは、どの照会も止まらない。',
    'The request by itself stops nothing.',
    'RKN-C2a',
  );
  await overdue(story, software);
  await restriction(story, software);
  await story.seeSoon(CHAINED, () => chained.read(), 403, 'linkage_restricted');
  story.see(DIRECT, await direct.read(), 200);
  story.tell(
    'つばめ貯金を通る照会だけが拒まれ、あおばフィンテック自身の照会は通る。',
    'Only calls for the partner are refused; the intermediary’s own pass.',
    'RKN-C2b',
  );
  await resumption(story, software, requestId);
  await story.seeSoon(CHAINED, () => chained.read(), 200);
  story.see(DIRECT, await direct.read(), 200);
  story.tell(
    '同じ同意で、どちらの照会も通る。',
    'Both are served again, by the same consents.',
    'RKN-C2b',
  );
  return {
    folder: 'chain-partner-breach',
    title: { ja: '連鎖接続先の契約違反', en: 'A chain partner’s breach' },
    about: {
      ja: '連鎖接続先が契約に反した。停止の求め、期間、事前通知、その連鎖接続先だけの制限、再開の順に進む。',
      en: 'A chain partner broke its contract: request, period, notice, a restriction of it alone, resumption.',
    },
    lines: story.lines,
    documents: story.documents,
    begin: story.time.begin,
  };
}

async function both(story: Story, direct: Party, chained: Party): Promise<void> {
  story.see(DIRECT, await direct.read(), 200);
  story.see(CHAINED, await chained.read(), 200);
}

async function request(story: Story, software: Software): Promise<string> {
  const officer = await story.officer('compliance');
  const asked = { step: 'stop_demanded', bankCodes: [BANK], ground: 'partner_default' };
  const mute = await officer.post(STEPS, { ...asked, grounds: GROUNDS, explanation: '' });
  story.see('POST …/stop-steps', mute, 422, 'explanation_required');
  const body = { ...asked, grounds: GROUNDS, explanation: GROUNDS.text };
  await story.decided(await officer.post(STEPS, body), 'approver');
  const about = await receive(story, software, 'stop_request', '1-stop-request');
  story.tell(
    '中央労働金庫が、つばめ貯金との連鎖接続の停止を、理由を示して求めた。理由も、示せない事情もない求めは拒まれる。',
    'The institution asks Aoba to stop Tsubame and says why. Without a reason, or why it is withheld, it is refused.',
    'RKN-C2a',
    'RKN-C2c',
  );
  return about;
}

async function overdue(story: Story, software: Software): Promise<void> {
  await story.pass({ days: 15 });
  await story.until(
    'the stop is overdue',
    async () => (await stateOf(story, BANK, AOBA, 'chain-stop', TSUBAME)) === 'OVERDUE',
  );
  story.tell(
    '期間が過ぎても停止されなかった。期限の到来だけでは何も止まらず、担当者に知らされる。',
    'The period ended and nothing was stopped. That alone stops nobody; officers are told.',
    'RKN-C2b',
  );
  const officer = await story.officer('compliance');
  const announced = { step: 'notice_sent', kind: 'restriction', removed: REMOVED };
  await story.decided(await officer.post(STEPS, { ...announced, bankCodes: [BANK] }), 'approver');
  await receive(story, software, 'measure_announced', '2-prior-notice');
  const early = { step: 'measure_committed', bankCodes: [BANK], grounds: GROUNDS };
  story.see('POST …/stop-steps', await officer.post(STEPS, early), 409, 'notice_not_delivered');
  story.tell(
    'つばめ貯金だけを対象とする制限を事前に通知した。',
    'A restriction of Tsubame alone is announced.',
    'RKN-C2b',
    'RKN-D5',
  );
}

async function restriction(story: Story, software: Software): Promise<void> {
  await story.pass({ days: 4 });
  const officer = await story.officer('compliance');
  const body = { step: 'measure_committed', bankCodes: [BANK], grounds: GROUNDS };
  const done = await story.decided(await officer.post(STEPS, body), 'approver');
  assert(done['state'] === 'LINK_RESTRICTED', 'The partner is restricted.');
  await receive(story, software, 'measure_in_force', '3-restriction');
  story.tell(
    '予告の時間が過ぎ、二人の承認により制限を実施した。',
    'The lead is over; two people put the restriction in force.',
    'RKN-C2b',
  );
}

async function resumption(story: Story, software: Software, requestId: string): Promise<void> {
  await story.pass({ days: 7 });
  await reply(story, software, requestId, {
    text: 'つばめ貯金との連鎖接続を停止し、目的外の利用をやめさせた。',
    evidence: ['停止の記録', 'つばめ貯金の再発防止策'],
  });
  const officer = await story.officer('compliance');
  const body = {
    step: 'resumed',
    bankCodes: [BANK],
    reason: 'つばめ貯金が目的外の利用をやめ、再発防止策を確認した。',
  };
  await story.decided(await officer.post(STEPS, body), 'approver');
  await receive(story, software, 'partner_resumed', '4-resumption');
  story.tell(
    'あおばフィンテックが停止と是正を報告し、二人の承認により制限が解除された。',
    'Aoba reports that the partner was stopped and the breach remedied; two people lift the restriction.',
    'RKN-C2b',
  );
}
