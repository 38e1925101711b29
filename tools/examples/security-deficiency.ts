import { LINK_RIGHTS } from '#libs/contracts';
import { assert } from '#libs/kernel';
import type { Software } from '../campaigns/gateway-ground/software.js';
import { submitChecklist } from './checklist.js';
import { publication } from './publication.js';
import { MINATO, receive, reply, stateOf } from './letters.js';
import type { Story, ToldStory } from './story.js';

const BANK = '2963';
const LINK = `/links/${MINATO}`;
const READ = `GET /v1/banks/${BANK}/accounts`;
const GROUNDS = {
  text: '脆弱性への対応の記録が提出されておらず、求めた資料でも確認できない。',
  evidence: ['点検表の回答 4.2', '2026年度 第三者診断の要約'],
};
const EVERYTHING = LINK_RIGHTS.map((right) => ({ right, reach: 'all' }));

/** RKN-0 and RKN-S2 to RKN-S4: from a published agreement and a checklist to a suspension, and back. */
export async function securityDeficiency(story: Story): Promise<ToldStory> {
  const software = story.software(MINATO);
  const here = await story.consent(software, story.person('taro-2963'));
  const there = await story.consent(software, story.person('taro-2951'));
  await story.begin();
  await publication(story, [BANK, '2951'], '1-publication');
  story.see(READ, await here.read(), 200);
  story.tell(
    '利用者が同意し、みなと家計は中央労働金庫と北海道労働金庫の口座を読める。',
    'A holder has consented; Minato Kakei reads accounts at two institutions.',
    'RKN-0.2',
  );
  await checklist(story, software);
  const demandId = await demand(story, software);
  story.see(READ, await here.read(), 200);
  await secondJudgement(story, software, demandId);
  await notice(story, software);
  story.see(READ, await here.read(), 200);
  story.tell(
    '予告の時間が過ぎるまで、連携はそのまま続く。',
    'Until the lead is over the linkage goes on as before.',
    'RKN-S4c',
  );
  await suspension(story, software);
  await story.seeSoon(READ, () => here.read(), 403, 'linkage_suspended');
  story.see('GET /v1/banks/2951/accounts', await there.read(), 200);
  story.tell(
    '照会は中央労働金庫で拒まれ、措置をとっていない北海道労働金庫では通る。',
    'The same software is refused at the one institution and served at the other, which took no measure.',
    'RKN-S4c',
    'RKN-0.2',
  );
  await resumption(story, software, demandId);
  await story.seeSoon(READ, () => here.read(), 200);
  story.tell(
    '期限内の同意は、取り直さなくても効力を取り戻す。',
    'The consent, which is unexpired, is good again without being given anew.',
    'RKN-S4c',
  );
  return {
    folder: 'security-deficiency',
    title: {
      ja: '安全管理の不備から停止、再開まで',
      en: 'From a security deficiency to a suspension and back',
    },
    about: {
      ja: '契約の公表に始まり、点検表の一項目が基準を満たさない。要請、改善の期間、再度の判断、事前通知、停止、改善、再開の順に進む。',
      en: 'An agreement is published, then one item fails: demand, period, judgement, notice, suspension, resumption.',
    },
    lines: story.lines,
    documents: story.documents,
    begin: story.time.begin,
  };
}

/** The checklist comes through the gateway; its assessment is opened at the console. */
async function checklist(story: Story, software: Software): Promise<void> {
  const id = await submitChecklist(story, software, BANK, '4.2');
  story.tell(
    'みなと家計が、求められるすべての項目に答え、証拠を付けて点検表を提出した。証拠のないものは受け付けられない。',
    'Minato Kakei answers every item with evidence and submits its checklist; without evidence it is not taken.',
    'RKN-S2',
    'RKN-S3a',
  );
  const officer = await story.officer('compliance');
  const opened = await officer.post(`${LINK}/submissions/${id}/assessments`, { bankCode: BANK });
  story.see('POST …/assessments', opened, 200);
  story.tell(
    '中央労働金庫が検討を始めた。4.2 は一部だけ満たすと、みなと家計自身が答えている。',
    'The institution begins to assess it. Of 4.2 Minato Kakei itself says that it is met in part.',
    'RKN-S3b',
  );
}

async function demand(story: Story, software: Software): Promise<string> {
  const officer = await story.officer('compliance');
  const found = { bankCodes: [BANK], items: ['4.2'], grounds: GROUNDS };
  const none = { ...found, step: 'found_deficient', grounds: { text: '', evidence: [] } };
  const bare = await officer.post(`${LINK}/review-steps`, none);
  story.see('POST …/review-steps', bare, 422, 'grounds_required');
  const proposed = await officer.post(`${LINK}/review-steps`, {
    ...found,
    step: 'found_deficient',
  });
  const { id, contentHash } = proposed.body;
  const own = await officer.post(`/proposals/${String(id)}/decisions`, {
    decision: 'approve',
    contentHash,
  });
  story.see('POST …/decisions', own, 403, 'four_eyes_required');
  await story.decided(proposed, 'approver');
  story.tell(
    '4.2（脆弱性への対応）が基準を満たさないと、事由と証拠を付けて二人で判断した。事由のない起案と、起案者自身の承認は拒まれる。',
    'Two people find 4.2 below the standard. Without grounds, or approved by its proposer, it is refused.',
    'RKN-S4a',
    'RKN-S3b',
  );
  const demanded = { ...found, step: 'improvement_demanded' };
  await story.decided(await officer.post(`${LINK}/review-steps`, demanded), 'approver');
  const about = await receive(story, software, 'improvement_demand', '2-improvement-demand');
  story.tell(
    '改善要請書を送り、みなと家計がゲートウェイから受け取った。30 日の期間は到達の翌日から数える。',
    'The demand was sent; Minato Kakei took it at the gateway. Its thirty days run from the day after.',
    'RKN-S4a',
  );
  return about;
}

async function secondJudgement(story: Story, software: Software, demandId: string): Promise<void> {
  await story.pass({ days: 20 });
  await reply(story, software, demandId, {
    kind: 'improvement_reported',
    text: '対応の手順書を定めた。記録はこれから作成する。',
    evidence: ['脆弱性対応手順書 第1版'],
  });
  const judged = { step: 'judged_insufficient', bankCodes: [BANK], grounds: GROUNDS };
  const early = await (await story.officer('compliance')).post(`${LINK}/review-steps`, judged);
  story.see('POST …/review-steps', early, 409, 'period_not_over');
  story.tell(
    'みなと家計が途中の状況を報告した。期間の途中では、改善が不十分であると判断できない。連携は続いている。',
    'Minato Kakei reports how far it is. Within the period nothing can be judged insufficient.',
    'RKN-S4b',
  );
  await story.pass({ days: 11 });
  const officer = await story.officer('compliance');
  await story.decided(await officer.post(`${LINK}/review-steps`, judged), 'approver');
  story.tell(
    '期間が過ぎても記録そのものは提出されず、改善は不十分であると再度判断した。',
    'The period is over and the records have not come: judged insufficient, once more by two people.',
    'RKN-S4b',
  );
}

async function notice(story: Story, software: Software): Promise<void> {
  await story.pass({ minutes: 30 });
  const officer = await story.officer('compliance');
  const announced = { step: 'notice_sent', kind: 'suspension', removed: EVERYTHING };
  const body = { ...announced, bankCodes: [BANK] };
  await story.decided(await officer.post(`${LINK}/review-steps`, body), 'approver');
  await receive(story, software, 'measure_announced', '3-prior-notice');
  const early = { step: 'measure_committed', bankCodes: [BANK], grounds: GROUNDS };
  const refused = await officer.post(`${LINK}/review-steps`, early);
  story.see('POST …/review-steps', refused, 409, 'notice_not_delivered');
  story.tell(
    '停止を事前に通知した。到達から 72 時間は措置をとれない。',
    'The suspension was announced. For 72 hours from the arrival it cannot take effect.',
    'RKN-S4c',
  );
}

async function suspension(story: Story, software: Software): Promise<void> {
  await story.pass({ days: 4 });
  const officer = await story.officer('compliance');
  const body = { step: 'measure_committed', bankCodes: [BANK], grounds: GROUNDS };
  await story.decided(await officer.post(`${LINK}/review-steps`, body), 'approver');
  assert((await stateOf(story, BANK, MINATO, 'security-review')) === 'SUSPENDED', 'It stopped.');
  await receive(story, software, 'measure_in_force', '4-stop-order');
  story.tell(
    '予告の時間が過ぎ、二人の承認により連携を停止した。確定済みの依頼はそのまま処理する。',
    'The lead is over; two people suspend the linkage. What had been fixed before is completed.',
    'RKN-S4c',
    'RKN-D5',
  );
}

async function resumption(story: Story, software: Software, demandId: string): Promise<void> {
  await story.pass({ days: 10 });
  await reply(story, software, demandId, {
    kind: 'remediation_reported',
    text: '過去一年分の対応の記録を整え、第三者の再診断を受けた。',
    evidence: ['脆弱性対応記録', '再診断の報告書'],
  });
  const officer = await story.officer('compliance');
  const body = {
    step: 'resumed',
    bankCodes: [BANK],
    reason: '4.2 の記録を確認し、再診断でも不備がなかった。',
  };
  await story.decided(await officer.post(`${LINK}/review-steps`, body), 'approver');
  await receive(story, software, 'measure_lifted', '5-resumption');
  story.tell(
    '停止の間も、みなと家計は自社の手続を進められる。改善を報告し、二人の承認により停止が解除された。',
    'Its own affairs stay open to Minato Kakei: it reports the improvement, and two people lift the suspension.',
    'RKN-S4c',
  );
}
