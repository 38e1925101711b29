import type { BankCoreUnderTest } from './bank-core-under-test.js';
import { officerAtWork, type OfficerAtWork, type StaffAnswer } from './officers.js';
import { stolen } from './stolen-money.js';
import { CHUO, partyOf, type Party } from './transfer-stories.js';

export const CASES = '/cases/2963';

/** An ISO instant of a Tokyo day. */
export const at = (day: string, time = '10:00:00'): string => `${day}T${time}+09:00`;

const found = (value: string, ...evidence: string[]) => ({ value, evidence });

/** A claim with every fact on the good side; tests change what they are about. */
export const aClaim = (changes: Readonly<Record<string, unknown>> = {}) => ({
  holderIsIndividual: found('yes', 'ev-contract'),
  credentialsStolen: found('yes', 'ev-log'),
  depositReduced: found('yes', 'ev-ledger'),
  theftDate: { status: 'not_clear', evidence: [] },
  notices: [{ id: 'ntc-1', at: at('2026-03-31'), kind: 'notice', tellsOfMisuse: true }],
  promptNotice: found('yes', 'ev-call'),
  adequateExplanation: found('yes', 'ev-interview'),
  policeReport: found('yes', 'ev-police'),
  otherTheftEvidence: found('no'),
  cooperation: found('yes', 'ev-interview'),
  holderFault: found('none', 'ev-terminal'),
  institutionGoodFaith: found('yes', 'ev-bank'),
  institutionFaultless: found('yes', 'ev-bank'),
  relation: found('stranger', 'ev-police'),
  falseStatement: found('no', 'ev-interview'),
  graveDisorder: found('no', 'ev-police'),
  transfers: [aTransfer('t-1', at('2026-03-20'), '100000')],
  impediments: [],
  setOffs: [],
  ...changes,
});

export const aTransfer = (id: string, happenedAt: string, amount: string, fee = '0') => ({
  id,
  happenedAt,
  amount,
  fee,
  interest: '0',
});

export const finding = found;

/** What an answer that refuses has to look like. */
export const refusal = (status: number, code: string, clause?: string) => ({
  status,
  body: { code, ...(clause !== undefined && { clause }) },
});

/** Officers at work on cases of one institution, over HTTP. */
export class CaseWalk {
  private counter = 0;

  constructor(
    readonly bank: BankCoreUnderTest,
    readonly officer: OfficerAtWork,
    readonly approver: OfficerAtWork,
    readonly taro: Party,
  ) {}

  static async start(bank: BankCoreUnderTest): Promise<CaseWalk> {
    const officer = await officerAtWork(bank, 'chuo-compliance');
    const approver = await officerAtWork(bank, 'chuo-approver');
    return new CaseWalk(bank, officer, approver, await partyOf(bank, CHUO, 'taro-2963'));
  }

  unique(name: string): string {
    this.counter += 1;
    return `${name}-${this.counter}`;
  }

  report(changes: Readonly<Record<string, unknown>> = {}): Promise<StaffAnswer> {
    return this.officer.post(CASES, {
      origin: 'holder',
      reference: this.unique('report'),
      category: 'fraud',
      lossYen: '100000',
      occurredAt: at('2026-03-20'),
      knownAt: at('2026-03-31'),
      holderId: this.taro.holderId,
      epspId: 'epsp_01j0000000000000000000mnat',
      requestIds: [],
      ...changes,
    });
  }

  async reported(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const answer = await this.report(changes);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return String(answer.body['caseId']);
  }

  post(caseId: string, path: string, body: object = {}): Promise<StaffAnswer> {
    return this.officer.post(`${CASES}/${caseId}/${path}`, body);
  }

  async page(caseId: string): Promise<StaffAnswer['body']> {
    return (await this.officer.get(`${CASES}/${caseId}`)).body;
  }

  /** What one proposed, approved by the other; the first effect's outcome. */
  async approved(proposal: StaffAnswer): Promise<Readonly<Record<string, unknown>>> {
    if (proposal.status !== 202) throw new Error(JSON.stringify(proposal.body));
    const answer = await this.approve(proposal, this.approver);
    const [effect] = answer.body['effects'] as { outcome: Record<string, unknown> }[];
    return effect?.outcome ?? {};
  }

  approve(proposal: StaffAnswer, by: OfficerAtWork): Promise<StaffAnswer> {
    const { id, contentHash } = proposal.body;
    const decision = { decision: 'approve', contentHash };
    return by.post(`/proposals/${String(id)}/decisions`, decision);
  }

  /** A finding on an exclusion of SM-13, by default one for which the institution is not responsible. */
  exclusion(caseId: string, clause: string, more: object = {}): Promise<StaffAnswer> {
    return this.post(caseId, 'exclusions', {
      clause,
      grounds: '障害の記録を確認した',
      evidence: ['ev-incident'],
      institutionResponsible: 'no',
      ...more,
    });
  }

  facts(caseId: string, claim: object, seenVersion = 0): Promise<StaffAnswer> {
    return this.post(caseId, 'facts', { seenVersion, claim });
  }

  pay(caseId: string, by: 'EPSP' | 'FI', amountYen: string, more: object = {}) {
    return this.post(caseId, 'payments', {
      id: this.unique('payment'),
      by,
      amountYen,
      paidAt: at('2026-04-02'),
      ...(by === 'EPSP' ? { agreementClause: '第12条' } : { institution: '2963' }),
      ...more,
    });
  }

  async attributed(caseId: string, finding: string, more: object = {}) {
    const body = { finding, grounds: 'the log shows it', evidence: ['ev-log'], ...more };
    return this.approved(await this.post(caseId, 'attributions', body));
  }

  claim(caseId: string, by: 'EPSP' | 'FI', amountYen: string, against?: object[]) {
    const named = against ?? (by === 'EPSP' ? [{ institution: '2963' }] : []);
    return this.post(caseId, 'recourse', { by, amountYen, against: named });
  }

  /** Puts an amount forward and lets the sides named accept it. */
  async agreed(
    caseId: string,
    agreement: { version: number; claimant: string; amountYen: string },
    sides: readonly ('EPSP' | 'FI')[],
  ): Promise<StaffAnswer> {
    const body = { rationale: 'both sides weighed their fault', ...agreement };
    let answer = await this.post(caseId, 'agreements', body);
    if (answer.status !== 200) return answer;
    const all = answer.body['agreements'] as { version: number; textHash: string }[];
    const textHash = all.find(({ version }) => version === agreement.version)?.textHash;
    for (const side of sides)
      answer = await this.post(caseId, `agreements/${agreement.version}/acceptances`, {
        side,
        textHash,
        ...(side === 'EPSP' && { person: 'Minato Kakei, head of risk' }),
      });
    return answer;
  }

  /** A case of the service that the intermediary paid, or of the linkage that the institution paid. */
  async paidCase(by: 'EPSP' | 'FI', scope = by === 'EPSP' ? 'service' : 'linkage') {
    const caseId = await this.reported({ category: 'outage' });
    await this.post(caseId, 'scope', { scope, evidence: ['ev-scope'] });
    await this.pay(caseId, by, '80000');
    return caseId;
  }

  /** What the rules say of facts, over HTTP and without saving; the refusal where they are refused. */
  async said(changes: Readonly<Record<string, unknown>>, about = 'compensation') {
    const claim = aClaim(changes);
    const body = { about, holderKind: 'individual', claim };
    const answer = await this.officer.post(`${CASES}/what-if`, body);
    if (answer.status !== 200) return { ...answer } as Record<string, unknown>;
    const { outcome, unknown } = answer.body['decision'] as Record<string, object>;
    return { ...outcome, unknown } as Record<string, unknown>;
  }

  /** A transfer that somebody else made from the holder's account, in the ledger and as a claim names it. */
  async misuse(happenedAt: string, amountYen: string, feeYen = '0') {
    const id = await stolen(this.bank, this.taro, { at: happenedAt, amountYen, feeYen });
    return aTransfer(id, happenedAt, amountYen, feeYen);
  }

  /** A case with established facts about a theft of its own. */
  async claimed(changes: Readonly<Record<string, unknown>> = {}, lossYen = '100000') {
    const caseId = await this.reported({ lossYen });
    const own = changes['transfers'] ?? [await this.misuse(at('2026-03-20'), '100000')];
    const facts = await this.facts(caseId, aClaim({ transfers: own, ...changes }));
    if (facts.status !== 200) throw new Error(JSON.stringify(facts.body));
    return caseId;
  }

  award(caseId: string, more: object = {}): Promise<StaffAnswer> {
    return this.post(caseId, 'awards', { factsVersion: 1, ...more });
  }

  async balance(accountId: bigint): Promise<bigint> {
    const [row] = await this.bank.admin<{ balance: string }>(
      'select balance from account where institution_id = $1 and id = $2',
      [CHUO, accountId],
    );
    return BigInt(row?.balance ?? 0);
  }
}
