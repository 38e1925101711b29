import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { aoba, minato, startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { aClaim, CaseWalk, finding } from './case-walk.js';
import { grounds, MeasureWalk, underAssessment } from './measure-walk.js';
import { aPartner, OwnWalk } from './own-walk.js';
import { PDF, ReviewWalk } from './review-walk.js';
import type { OfficerAtWork, StaffAnswer } from './officers.js';
import { CHUO, SAIKAI, TransferWalk } from './transfer-stories.js';
import { wholeDatabase } from './whole-database.js';

const TSUBAME = 'cp_01j0000000000000000000tsbm';
const AGREEMENT = 'agr_01j0000000000000000000mnat';
const LONG_MS = 240_000;

let bank: BankCoreUnderTest;
let measures: MeasureWalk;
let chain: MeasureWalk;
let reviews: ReviewWalk;
let cases: CaseWalk;
let own: OwnWalk;
/** Cases and proposals that stand before anything bad is tried. */
const ready: Record<string, string> = {};
const waiting = new Map<string, [StaffAnswer, OfficerAtWork]>();
let before: Map<string, string>;

const yesterday = async () => {
  const now = await new TransferWalk(bank).now();
  return CivilDate.inTokyo(now).plusDays(-1).toString();
};
const idOf = (name: string) => ready[name] ?? '';
const partner = {
  ...aPartner,
  contractDocument: {
    sha256: `sha256:${'ab'.repeat(32)}`,
    name: '契約書.pdf',
    mediaType: 'application/pdf',
    sizeBytes: 48_213,
  },
};
const demanded = { items: ['4.2'], grounds };
const stop = (step: string, more: object) => chain.proposeStop(TSUBAME, step, more);

async function proposals(): Promise<void> {
  const { proposer } = measures;
  const put = (name: string, answer: StaffAnswer, by = proposer) => waiting.set(name, [answer, by]);
  put('finding', await measures.propose('found_deficient', demanded));
  const request = { ground: 'partner_default', grounds, explanation: '報告が滞っている' };
  put('stop request', await stop('stop_demanded', request), chain.proposer);
  const leave = { act: 'leave', bankCodes: ['2954'], reason: '理事会の決定' };
  put('coverage', await proposer.post(`/agreements/${AGREEMENT}/coverage-acts`, leave));
  const { body } = await own.post('/chain-partners', partner);
  ready['partner'] = String(body['partnerId']);
  const contract = `/chain-partners/${idOf('partner')}/contracts`;
  put('contract', await proposer.post(contract, { reason: '契約を確認', version: 1 }));
  const attribution = { finding: 'FI', grounds: 'log', evidence: ['ev'] };
  put('attribution', await cases.post(idOf('paid'), 'attributions', attribution), cases.officer);
  put('award', await cases.award(idOf('theft')), cases.officer);
}

beforeAll(async () => {
  bank = await startBankCore();
  measures = new MeasureWalk(bank, minato);
  await measures.logIn();
  reviews = new ReviewWalk(bank, minato);
  chain = new MeasureWalk(bank, aoba);
  for (const walk of [reviews, chain])
    Object.assign(walk, { proposer: measures.proposer, approver: measures.approver });
  await underAssessment(measures, [CHUO, SAIKAI]);
  cases = await CaseWalk.start(bank);
  own = new OwnWalk(bank, aoba);
  ready['filed'] = await reviews.filed(['2951']);
  ready['unpaid'] = await cases.reported({ category: 'outage' });
  ready['paid'] = await cases.paidCase('EPSP');
  ready['attributed'] = await cases.paidCase('FI');
  await cases.attributed(idOf('attributed'), 'EPSP');
  ready['shared'] = await cases.paidCase('EPSP');
  await cases.attributed(idOf('shared'), 'BOTH');
  ready['theft'] = await cases.claimed();
  ready['careless'] = await cases.claimed({ holderFault: finding('ordinary', 'ev') });
  await proposals();
  // One whose service reads accounts asks for more than that on behalf of a partner.
  await bank.admin('alter table federation.intermediary_service disable trigger all');
  await bank.admin(
    `update federation.intermediary_service set acts = '{fetches_account_information}'
     where intermediary_id = $1`,
    [aoba.epsp],
  );
  before = await wholeDatabase(bank);
}, LONG_MS);
afterAll(() => bank.stop(), LONG_MS);

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}
type Bad = readonly [title: string, status: number, code: string, act: () => Promise<Answer>];

const approving = (name: string) => async () => {
  const [proposed, by] = waiting.get(name) ?? [];
  if (!proposed || !by) throw new Error(`Nobody proposed a ${name}.`);
  return measures.approve(proposed, by);
};

const outOfOrder: readonly Bad[] = [
  [
    'RKN-S4c a measure that nobody was notified of',
    409,
    'event_out_of_order',
    () => measures.propose('measure_committed', { grounds }),
  ],
  [
    'RKN-S4b a judgement on a demand that was never made',
    409,
    'event_out_of_order',
    () => measures.propose('judged_insufficient', { grounds }),
  ],
  [
    'RKN-C2b a measure before the partner’s stop was asked for',
    409,
    'event_out_of_order',
    () => stop('measure_committed', { grounds }),
  ],
  [
    'RKN-S3b the acceptance of what nobody has assessed',
    409,
    'event_out_of_order',
    () => reviews.proposeAcceptance(idOf('filed'), ['2951']),
  ],
  [
    'RKN-L2a recourse before the user was paid',
    409,
    'not_yet_compensated',
    () => cases.claim(idOf('unpaid'), 'EPSP', '1'),
  ],
  [
    'RKN-L4-0a recourse of a bank that paid nobody',
    409,
    'not_yet_compensated',
    () => cases.claim(idOf('unpaid'), 'FI', '1'),
  ],
];

const groundless: readonly Bad[] = [
  [
    'RKN-S4a a finding without grounds',
    422,
    'grounds_required',
    () => measures.propose('found_deficient', { items: ['4.2'] }),
  ],
  [
    'RKN-S4a a finding without an item',
    422,
    'item_required',
    () => measures.propose('found_deficient', { items: [], grounds }),
  ],
  [
    'RKN-C2a a stop request without evidence',
    422,
    'grounds_required',
    () => stop('stop_demanded', { grounds: { text: 'x', evidence: [] }, explanation: 'y' }),
  ],
  [
    'RKN-L3 an attribution without grounds',
    422,
    'grounds_missing',
    () =>
      cases.post(idOf('paid'), 'attributions', { finding: 'FI', grounds: '', evidence: ['ev'] }),
  ],
  [
    'RKN-L4-0b “unavoidable” without grounds',
    422,
    'grounds_missing',
    () => cases.post(idOf('attributed'), 'unavoidable', { grounds: ' ', evidence: ['ev'] }),
  ],
  [
    'SM-14.2e a part without grounds',
    422,
    'grounds_missing',
    () => cases.award(idOf('careless'), { amountYen: '5000', grounds: ' ' }),
  ],
  [
    'RKN-L1a a cause without evidence',
    422,
    'evidence_required',
    () => cases.post(idOf('unpaid'), 'cause', { status: 'found', evidence: [], grounds: '' }),
  ],
];

const approvals: readonly Bad[] = (
  [
    ['RKN-S4a a finding', 'finding'],
    ['RKN-C2a a stop request', 'stop request'],
    ['RKN-0.2 a bank’s leaving', 'coverage'],
    ['RKN-C1a a partner’s contract', 'contract'],
    ['RKN-L3 an attribution', 'attribution'],
    ['SM-14.2a an award', 'award'],
  ] as const
).map(([title, name]) => [title, 403, 'four_eyes_required', approving(name)]);

const late: readonly Bad[] = [
  [
    'RKN-S4c a measure from a moment that has passed',
    422,
    'deadline_in_the_past',
    () =>
      measures.propose('measure_committed', { grounds, effectiveAt: '2026-01-01T00:00:00+09:00' }),
  ],
  [
    'RKN-0.1 a version from yesterday',
    422,
    'date_in_the_past',
    async () =>
      measures.proposer.post('/agreements', {
        epspId: minato.epsp,
        effectiveFrom: await yesterday(),
        supersedes: AGREEMENT,
      }),
  ],
  [
    'RKN-C1b a report due yesterday',
    422,
    'deadline_in_the_past',
    async () =>
      own.post(`/chain-partners/${TSUBAME}/acts`, {
        kind: 'report_requested',
        text: '取扱件数',
        dueOn: await yesterday(),
      }),
  ],
  [
    'RKN-C1a a contract that ended yesterday',
    422,
    'date_in_the_past',
    async () =>
      measures.proposer.post(`/chain-partners/${TSUBAME}/endings`, {
        reason: '契約の終了',
        lastDay: await yesterday(),
      }),
  ],
  [
    'RKN-S3b a standard from 2024',
    422,
    'deadline_in_the_past',
    () =>
      measures.proposer.post('/standards', {
        bankCodes: ['2963'],
        templateId: 'renkei-starter',
        templateVersion: 1,
        effectiveFrom: '2024-01-01',
      }),
  ],
];

const tooMuch: readonly Bad[] = [
  [
    'RKN-L4-1 a claim above what was paid',
    422,
    'claim_exceeds_paid',
    () => cases.claim(idOf('attributed'), 'FI', '80001'),
  ],
  [
    'RKN-L2b an agreed amount above what was paid',
    422,
    'agreed_above_paid',
    () => cases.agreed(idOf('shared'), { version: 1, claimant: 'EPSP', amountYen: '80001' }, []),
  ],
  [
    'RKN-L* a payment above the loss',
    422,
    'payment_exceeds_loss',
    () => cases.pay(idOf('paid'), 'FI', '20001'),
  ],
  [
    'SM-14.2e an award above the covered amount',
    422,
    'award_out_of_bounds',
    () => cases.award(idOf('careless'), { amountYen: '100001', grounds: 'x' }),
  ],
  [
    'SM-14.1-1 a claim without the time of its notice',
    422,
    'notice_time_missing',
    () => cases.facts(idOf('unpaid'), aClaim({ notices: [] })),
  ],
];

const files: readonly Bad[] = [
  [
    'RKN-S2 a script called a PDF',
    415,
    'file_type_refused',
    () => reviews.upload('a.pdf', Buffer.from('#!/bin/sh\nrm -rf /\n')),
  ],
  [
    'RKN-S2 a file larger than is accepted',
    413,
    'file_too_large',
    () => reviews.upload('a.pdf', Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)])),
  ],
  ['RKN-S2 an empty file', 422, 'file_empty', () => reviews.upload('a.pdf', Buffer.alloc(0))],
];

const scopes: readonly Bad[] = [
  [
    'RKN-C1a a partner’s scope beyond the intermediary’s own service',
    422,
    'partner_scope_too_wide',
    () =>
      own.post('/chain-partners', {
        ...partner,
        directions: ['INSTRUCTION_IN'],
        functions: ['transfer_initiation'],
      }),
  ],
  [
    'RKN-C1a functions that the directions do not carry',
    422,
    'functions_and_directions_differ',
    () => own.post('/chain-partners', { ...partner, functions: ['transfer_initiation'] }),
  ],
];

describe.each([
  ['a step out of order', outOfOrder],
  ['a missing ground', groundless],
  ['the proposer approving', approvals],
  ['a date in the past', late],
  ['an amount above what was paid, lost or covered', tooMuch],
  ['a file of the wrong type or size', files],
  ['a partner’s scope beyond the intermediary’s', scopes],
])('%s', (_what, rows) => {
  test.each(rows)(
    '%s: refused under its clause, in both languages, and nothing is kept',
    async (title, status, code, act) => {
      const { status: given, body } = await act();
      const [clause] = title.split(' ');
      expect({ status: given, code: body['code'], clause: body['clause'] }).toEqual({
        status,
        code,
        clause,
      });
      expect(body).toMatchObject({
        detail_ja: expect.stringMatching(/[ぁ-んァ-ヶ一-龠].*[。）]$/),
        detail_en: expect.stringMatching(/^[“A-Z].*[.)]$/),
      });
      expect(await wholeDatabase(bank)).toEqual(before);
    },
  );
});

test('the digest of the database sees what is changed, so that “nothing is kept” says something', async () => {
  await cases.post(idOf('unpaid'), 'notes', { kind: 'minutes', text: '協議', evidence: [] });
  const after = await wholeDatabase(bank);
  const changed = [...after].filter(([table, digest]) => before.get(table) !== digest);
  expect(changed.map(([table]) => table)).toContain('public.case_note');
  expect(after.size).toBe(before.size);
});
