import { assert } from '#libs/kernel';
import type { SealedDocument } from '../../apps/bank-core/src/documents/index.js';
import { openStaffDesk, type StaffDesk } from '../../apps/bank-core/src/staff-desk.js';
import { contentOfHold } from '../../apps/bank-core/src/links/index.js';
import type { WireAnswer } from '../campaigns/gateway-ground/door.js';
import { bodyOf, type Software } from '../campaigns/gateway-ground/software.js';
import type { DemoPerson } from '../start/seeds.js';
import type { ConsoleAnswer } from './console-officer.js';
import { theftFacts } from './theft-facts.js';
import { MINATO } from './letters.js';
import type { Party, Story, ToldStory } from './story.js';

const BANK = '2825';
const CASES = `/cases/${BANK}`;
const STOLEN_YEN = 30_000n;
const BALANCE = `GET /v1/banks/${BANK}/accounts/…/balances`;
const PUSH = 'POST /par（transfer_initiation）';

/** RKN-L and SM-14: stolen credentials, a loss, its compensation, whose fault it was, and who bears it. */
export async function theft(story: Story): Promise<ToldStory> {
  await story.begin();
  const software = story.software(MINATO);
  const victim = story.person('taro-2825');
  const party = await story.consent(software, victim);
  const before = await balance(story, party);
  const transfer = await stolen(story, software, victim);
  const loss = before - (await balance(story, party));
  assert(loss >= STOLEN_YEN, 'The money has gone.');
  story.tell(
    '盗まれたパスワードで、みなと家計を通じて 30,000 円が振り込まれた。銀行側の画面では本人と見分けられなかった。',
    'With stolen passwords 30,000 yen were sent through Minato Kakei; at the bank’s pages it looked like the holder.',
    'SM-14.1',
    'SM-3.5',
  );
  await story.pass({ minutes: 30 });
  const hold = await held(story, software, victim, party);
  const caseId = await reported(story, victim, transfer, loss);
  const after = await compensated(story, caseId, transfer, party, loss);
  assert(after === before, 'The holder has what the theft took.');
  await attributed(story, caseId);
  await recoursed(story, caseId, loss);
  await hold.release();
  await story.seeSoon(PUSH, () => pushed(story, software, victim), 201);
  story.tell(
    'みなと家計の漏えい経路が塞がれ、二人で保留を解除した。振込の依頼は再び受け付けられる。',
    'The leak at Minato Kakei is closed, the hold released by two people, and transfers are taken again.',
    'INT-13',
  );
  return {
    folder: 'theft',
    title: {
      ja: 'パスワードの盗取と補てん、求償',
      en: 'A theft, its compensation and its recourse',
    },
    about: {
      ja: '盗まれたパスワードによる振込を利用者が申し出る。保留、補てん、責任の帰属、求償の順に進む。',
      en: 'A holder reports a transfer made with stolen passwords: hold, compensation, attribution, recourse.',
    },
    lines: story.lines,
    documents: story.documents,
    begin: story.time.begin,
  };
}

async function balance(story: Story, party: Party): Promise<bigint> {
  const { data } = bodyOf(await party.read()) as { data?: { accountId: string }[] };
  const answer = await party.read(`accounts/${data?.[0]?.accountId}/balances`);
  story.see(BALANCE, answer, 200);
  const { current } = bodyOf(answer) as { current: { amount: string } };
  return BigInt(current.amount);
}

const detailOf = (story: Story, victim: DemoPerson, name: string): object => {
  const payee = story.person('hanako-2825');
  const [debit] = victim.accounts;
  const [credit] = payee.accounts;
  assert(debit && credit, 'Both have an account.');
  return {
    type: 'transfer_initiation',
    bank_code: BANK,
    instruction_id: name,
    debit_account: {
      branch_code: debit.branchCode,
      account_type: debit.accountType,
      account_number: debit.accountNumber,
    },
    creditor: {
      bank_code: BANK,
      branch_code: credit.branchCode,
      account_type: credit.accountType,
      account_number: credit.accountNumber,
      name_kana: 'レンケイ ハナコ',
    },
    amount: { amount: String(STOLEN_YEN), currency: 'JPY' },
    chain_partner: 'none',
  };
};

async function stolen(story: Story, software: Software, victim: DemoPerson): Promise<string> {
  // The page asks for a one-time password after the login of a moment ago: the next step of its clock.
  await story.pass({ minutes: 1 });
  await story.approved(software, victim, 'transfers', detailOf(story, victim, 'theft-example-1'));
  const { rows } = await story.bank.query<{ id: string }>(
    `select transfer_id as id from record where kind = 'transfer_fixed' order by id desc limit 1`,
  );
  assert(rows[0], 'The transfer was fixed.');
  return rows[0].id;
}

let pushes = 1;
async function pushed(story: Story, software: Software, victim: DemoPerson): Promise<WireAnswer> {
  pushes += 1;
  const detail = detailOf(story, victim, `theft-example-${pushes}`);
  const { params } = software.request('transfers', detail);
  return software.ask(story.door, () => software.post('/par', params));
}

/** INT-13: transfers of the intermediary are held while its leak is looked for; reads go on. */
async function held(
  story: Story,
  software: Software,
  victim: DemoPerson,
  party: Party,
): Promise<{ release(): Promise<void> }> {
  const desk = await openStaffDesk({ databaseUrl: story.stage.databases.bank.appUrl });
  const order = {
    epspId: MINATO,
    chainPartnerId: '*',
    function: 'transfer_initiation',
    basis: 'パスワードの盗取の申出（調査中）',
    institutionIds: [await institutionOf(desk)],
  };
  const until = story.time.now() + 86_400_000;
  const agreed = await agree(story, desk, 'protective_hold', contentOfHold({ ...order, until }));
  const [set] = await desk.holds.set({ ...order, until }, agreed);
  assert(set?.result.ok, 'The hold is set.');
  await story.seeSoon(PUSH, () => pushed(story, software, victim), 400, 'linkage_restricted');
  story.see(BALANCE, await party.read(), 200);
  story.tell(
    '申出を受け、二人でみなと家計の振込だけを保留した。照会は続く。これは RKN-S4c の停止ではない。',
    'On the report two people hold the transfers of Minato Kakei, and nothing else. It is no suspension of RKN-S4c.',
    'INT-13',
  );
  return {
    async release() {
      const released = await agree(story, desk, 'protective_hold_release', order);
      const [done] = await desk.holds.release(order, released);
      assert(done?.result.ok, 'The hold is released.');
      await desk.close();
    },
  };
}

async function institutionOf(desk: StaffDesk): Promise<number> {
  const found = (await desk.institutions.all()).find(({ bankCode }) => bankCode === BANK);
  assert(found, 'The institution is there.');
  return found.id;
}

async function agree(story: Story, desk: StaffDesk, kind: string, content: object) {
  const member = async (name: string) => {
    const officer = story.stage.officers.find((one) => one.mailAddress.startsWith(`${name}@`));
    const found = await desk.staff.login(officer?.mailAddress ?? '', officer?.password ?? '');
    assert(found.ok, `The officer ${name} logs in.`);
    return found.value;
  };
  const approver = await member('approver');
  const proposal = await desk.staff.propose(await member('compliance'), kind, content);
  const approved = await desk.staff.approve(proposal, approver, proposal.contentHash);
  assert(approved.ok, 'Two people agreed.');
  return { proposal, approver };
}

async function reported(
  story: Story,
  victim: DemoPerson,
  transfer: string,
  loss: bigint,
): Promise<string> {
  const clerk = await story.officer('saikai-clerk');
  const { rows } = await story.bank.query<{ id: string }>(
    'select id from holder where login_id = $1',
    [victim.loginId],
  );
  const answer = await clerk.post(CASES, {
    origin: 'holder',
    reference: '窓口受付 2026-118',
    category: 'fraud',
    lossYen: String(loss),
    occurredAt: story.time.wire(0, 1),
    knownAt: story.time.nowWire(),
    holderId: rows[0]?.id,
    epspId: MINATO,
    requestIds: [transfer],
  });
  story.see('POST /staff/v1/cases/2825', answer, 200);
  const caseId = String(answer.body['caseId']);
  const pack = await clerk.get(`${CASES}/evidence/${transfer}`);
  story.see('GET …/evidence/…', pack, 200);
  story.tell(
    '窓口が申出を受け付け、機械記録から本人確認の証拠一式を取り出した。',
    'The branch takes the report and draws the evidence of the log-in from the machine record.',
    'RKN-L1a',
    'SM-13.1a',
  );
  return caseId;
}

async function compensated(
  story: Story,
  caseId: string,
  transfer: string,
  party: Party,
  loss: bigint,
): Promise<bigint> {
  await story.pass({ minutes: 30 });
  const clerk = await story.officer('saikai-clerk');
  const at = `${CASES}/${caseId}`;
  const claim = theftFacts(story.time, transfer, STOLEN_YEN, loss - STOLEN_YEN);
  const facts = await clerk.post(`${at}/facts`, { seenVersion: 0, claim });
  story.see('POST …/facts', facts, 200);
  const award = await clerk.post(`${at}/awards`, { factsVersion: 1 });
  const outcome = await story.decided(award, 'saikai-approver');
  assert(outcome['kind'] === 'full' && outcome['paidYen'] === String(loss), 'Paid in full.');
  const path = `${at}/documents/${String(outcome['documentId'])}?form=json`;
  story.keep('1-claim-decision', sealedIn(await clerk.get(path)));
  const after = await balance(story, party);
  story.tell(
    '個人の利用者に落ち度はなく、損害の全額を補てんした。二人の承認と同じ取引で口座に入金され、みなと家計からも残高が戻ったと分かる。',
    'The holder was without fault: the whole loss is paid in the transaction of the decision; the balance is back.',
    'SM-14.1',
    'SM-14.2a',
    'SM-14.2d',
  );
  return after;
}

async function attributed(story: Story, caseId: string): Promise<void> {
  const clerk = await story.officer('saikai-clerk');
  const at = `${CASES}/${caseId}`;
  const cause = { status: 'found', evidence: ['みなと家計の漏えい報告'], grounds: '' };
  story.see('POST …/cause', await clerk.post(`${at}/cause`, cause), 200);
  const scope = { scope: 'linkage', evidence: ['振込の機械記録'] };
  story.see('POST …/scope', await clerk.post(`${at}/scope`, scope), 200);
  const finding = {
    finding: 'EPSP',
    grounds: 'みなと家計の端末用アプリからパスワードが漏れていたことを、双方の調査が示している。',
    evidence: ['みなと家計の漏えい報告', '西海みらい信用組合の調査報告'],
  };
  await story.decided(await clerk.post(`${at}/attributions`, finding), 'saikai-approver');
  story.tell(
    '原因を調べ、責任がみなと家計にあることを、根拠と証拠を付けて二人で認定した。',
    'The cause is found, and two people attribute it to Minato Kakei, with grounds and evidence.',
    'RKN-L1a',
    'RKN-L4-1',
  );
}

async function recoursed(story: Story, caseId: string, loss: bigint): Promise<void> {
  await story.pass({ minutes: 30 });
  const clerk = await story.officer('saikai-clerk');
  const at = `${CASES}/${caseId}`;
  const above = { by: 'FI', amountYen: String(loss + 1n), against: [] };
  story.see(
    'POST …/recourse',
    await clerk.post(`${at}/recourse`, above),
    422,
    'claim_exceeds_paid',
  );
  const claim = await clerk.post(`${at}/recourse`, { ...above, amountYen: String(loss) });
  story.see('POST …/recourse', claim, 201);
  const path = `${at}/documents/${String(claim.body['documentId'])}?form=json`;
  story.keep('2-recourse-statement', sealedIn(await clerk.get(path)));
  const settled = { id: 'minato-2026-12-01', against: 'EPSP', amountYen: String(loss) };
  story.see('POST …/settlements', await clerk.post(`${at}/recourse/1/settlements`, settled), 200);
  const { body } = await clerk.get(at);
  const sides = body['sides'] as { side: string; burdenYen: string }[];
  assert(
    sides.find(({ side }) => side === 'FI')?.burdenYen === '0',
    'Nothing is left to the bank.',
  );
  story.tell(
    '支払った額を超える求償は拒まれ、支払った額はみなと家計から受け取った。',
    'More than was paid cannot be claimed; what was paid is claimed from Minato Kakei and received.',
    'RKN-L4-0a',
    'RKN-L4-1',
  );
}

const sealedIn = (answer: ConsoleAnswer): SealedDocument =>
  answer.body as unknown as SealedDocument;
