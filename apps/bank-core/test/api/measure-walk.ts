import { randomUUID } from 'node:crypto';
import { MattersService } from '../../src/matters/index.js';
import { minato, type BankCoreUnderTest, type CallOptions } from './bank-core-under-test.js';
import { OfficerAtWork, type StaffAnswer } from './officers.js';

export interface Outcome {
  readonly bankCode: string;
  readonly outcome: Readonly<Record<string, unknown>>;
}

export const grounds = { text: '4.2 の証拠が提出されていない', evidence: ['doc_evidence_1'] };
export const EVERYTHING = [
  'accounts_read',
  'balances_read',
  'transactions_read',
  'loans_read',
  'transfer_initiation',
  'new_consents',
  'full_rate',
].map((right) => ({ right, reach: 'all' }));

/** Officers and an intermediary on their way through RKN-S4 and RKN-C2, over HTTP, with the bank's clock in hand. */
export class MeasureWalk {
  readonly proposer: OfficerAtWork;
  readonly approver: OfficerAtWork;

  constructor(
    readonly bank: BankCoreUnderTest,
    readonly party: {
      readonly client: string;
      readonly epsp: string;
      readonly partner: string;
    } = minato,
  ) {
    this.proposer = new OfficerAtWork(bank, 'compliance@renkei.example');
    this.approver = new OfficerAtWork(bank, 'approver@renkei.example');
  }

  async logIn(): Promise<void> {
    for (const officer of [this.proposer, this.approver]) {
      const answer = await officer.logIn();
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    }
  }

  /** Officers have to log in again afterwards: their sessions grow old with the bank's clock. */
  async hoursPass(hours: number): Promise<void> {
    await this.bank.admin(
      `insert into sandbox_clock (offset_ms) values ($1)
       on conflict (one_row) do update set offset_ms = sandbox_clock.offset_ms + excluded.offset_ms`,
      [Math.round(hours * 3_600_000)],
    );
    await this.bank.app.get(MattersService).tellDeadlines();
    await this.logIn();
  }

  daysPass(days: number): Promise<void> {
    return this.hoursPass(days * 24);
  }

  propose(step: string, more: object = {}, bankCodes: readonly string[] = ['2963']) {
    const body = { step, bankCodes, ...more };
    return this.proposer.post(`/links/${this.party.epsp}/review-steps`, body);
  }

  proposeStop(partner: string, step: string, more: object = {}, bankCodes = ['2963']) {
    const path = `/links/${this.party.epsp}/chain-partners/${partner}/stop-steps`;
    return this.proposer.post(path, { step, bankCodes, ...more });
  }

  approve(proposed: StaffAnswer, by = this.approver): Promise<StaffAnswer> {
    if (proposed.status !== 202) throw new Error(JSON.stringify(proposed.body));
    const { id, contentHash } = proposed.body;
    return by.post(`/proposals/${String(id)}/decisions`, { decision: 'approve', contentHash });
  }

  /** Proposed by one and approved by the other; answers what became of it at the first institution. */
  async take(proposed: Promise<StaffAnswer>): Promise<Outcome['outcome']> {
    const done = await this.approve(await proposed);
    if (done.status !== 200) throw new Error(JSON.stringify(done.body));
    return (done.body['effects'] as Outcome[])[0]?.outcome ?? {};
  }

  /** The newest letter of a kind, as the intermediary finds it in its list. */
  async letter(notice: string, bankCode = '2963'): Promise<string> {
    const { body } = await this.call({ path: '/participants/self/letters' });
    const letters = body['letters'] as { notice: string; bankCode: string; documentId: string }[];
    const found = letters.find((one) => one.notice === notice && one.bankCode === bankCode);
    if (!found) throw new Error(`No ${notice} from ${bankCode} has been sent.`);
    return found.documentId;
  }

  /** The intermediary fetches its newest letter of a kind: the proof that it arrived. */
  async receive(notice: string, bankCode = '2963'): Promise<Record<string, unknown>> {
    const id = await this.letter(notice, bankCode);
    const { status, body } = await this.call({
      path: `/participants/self/letters/${id}?form=json`,
    });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  }

  async reply(kind: string, more: object = {}, bankCode = '2963') {
    const answer = await this.bank.app.inject({
      method: 'POST',
      url: '/internal/v1/participants/self/replies',
      headers: {
        'x-fapi-interaction-id': randomUUID(),
        'x-renkei-client': this.party.client,
        'x-renkei-epsp': this.party.epsp,
        'x-renkei-chain-partner': 'none',
        'x-renkei-idempotency-key': randomUUID(),
        'content-type': 'application/json',
      },
      payload: JSON.stringify({ bankCode, kind, text: '改善した', evidence: ['file_1'], ...more }),
    });
    return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> };
  }

  call(options: CallOptions): ReturnType<BankCoreUnderTest['call']> {
    const { client, epsp } = this.party;
    return this.bank.call({ ...options, as: { client, epsp, partner: 'none' } });
  }

  async standing(machine: string, bankCode = '2963'): Promise<Record<string, unknown>> {
    const path = `/links/${this.party.epsp}/standing?bankCode=${bankCode}`;
    const { body } = await this.proposer.get(path);
    const all = body['procedures'] as Record<string, unknown>[];
    return all.find((one) => one['machine'] === machine) ?? {};
  }

  /** An instant of the bank's clock, as it goes over the wire. */
  async inHours(hours: number): Promise<string> {
    const [row] = await this.bank.admin<{ at: string }>(
      'select floor(extract(epoch from renkei_now()) * 1000)::bigint as at',
    );
    return new Date(Number(row?.at) + hours * 3_600_000).toISOString();
  }

  /** From the assessment to a prior notice that has arrived: what is missing is its lead and the measure. */
  async untilNotice(announced: object, bankCodes: readonly string[]): Promise<void> {
    const take = (step: string, more: object) => this.take(this.propose(step, more, bankCodes));
    await take('found_deficient', { items: ['4.2'], grounds });
    await take('improvement_demanded', { items: ['4.2'], grounds, periodDays: 1 });
    for (const bankCode of bankCodes) await this.receive('improvement_demand', bankCode);
    await this.daysPass(2);
    await take('judged_insufficient', { grounds });
    await take('notice_sent', announced);
    for (const bankCode of bankCodes) await this.receive('measure_announced', bankCode);
  }

  async stateOf(machine = 'security-review', bankCode = '2963'): Promise<unknown> {
    return (await this.standing(machine, bankCode))['state'];
  }
}

/** Tells the checklist's part, which belongs to another room, so that a review can be found deficient. */
export async function underAssessment(walk: MeasureWalk, ids: readonly number[]): Promise<void> {
  const { ReviewMatter } = await import('../../src/measures/index.js');
  const review = walk.bank.app.get(ReviewMatter);
  const [row] = await walk.bank.admin<{ at: string }>(
    'select floor(extract(epoch from renkei_now()) * 1000)::bigint as at',
  );
  const at = Number(row?.at);
  const events = [
    { type: 'checklist_submitted', submissionId: `sub_${at}`, incompleteItems: [] },
    { type: 'assessment_opened' },
  ] as const;
  for (const id of ids)
    await walk.bank.database.inInstitution(id, async (tx) => {
      for (const event of events) {
        const told = await review.desk.matters.tell(
          tx,
          review,
          review.nameOf(id, walk.party.epsp),
          { ...event, id: `${event.type}-${at}`, happenedAt: at },
          at,
        );
        if (!told.ok) throw new Error(told.refusal.code);
      }
    });
}
