import { Inject, Injectable } from '@nestjs/common';
import { accepted, type Result } from '#libs/kernel';
import type {
  BankCoreFile,
  OwnAcceptanceRequest,
  OwnCaseLineView,
  OwnCaseView,
  OwnCauseRequest,
  OwnEntryView,
  OwnEvidenceRequest,
  OwnExemptionRequest,
  OwnLossRequest,
  OwnPaymentRequest,
  OwnProposalRequest,
  OwnRecourseRequest,
  OwnRecourseView,
} from '#libs/bank-core-client';
import { BankService, type Caller, type Once } from './bank.service.js';
import type { CoreRefusal } from './core.problems.js';
import type { ListPart } from './own-linkage.js';

type Answer<Value> = Promise<Result<Value, CoreRefusal>>;

const CASES = 'participants/self/cases';

/** Losses that an intermediary is a side of (RKN-L1 to L3): bank-core keeps them, and shows it its own alone. */
@Injectable()
export class OwnCases {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  /** The newest first. */
  async cases(caller: Caller, { before, limit }: ListPart): Answer<readonly OwnCaseLineView[]> {
    const query = { before, limit: String(limit) };
    const call = { method: 'GET', path: CASES, query } as const;
    const answer = await this.bank.ask<{ cases: OwnCaseLineView[] }>(caller, call);
    return answer.ok ? accepted(answer.value.cases) : answer;
  }

  one(caller: Caller, caseId: string): Answer<OwnCaseView> {
    return this.bank.ask(caller, { method: 'GET', path: `${CASES}/${caseId}` });
  }

  statement(caller: Caller, caseId: string, id: string, form: string): Answer<BankCoreFile> {
    const path = `${CASES}/${caseId}/statements/${id}`;
    return this.bank.fetch(caller, { method: 'GET', path, query: { form } });
  }

  report(caller: Caller, key: string, body: OwnLossRequest): Answer<Once<{ caseId: string }>> {
    return this.bank.askOnce(caller, key, { method: 'POST', path: CASES, body });
  }

  findCause(caller: Caller, key: string, id: string, body: OwnCauseRequest) {
    return this.enter(caller, key, `${id}/causes`, body);
  }

  declareExemption(caller: Caller, key: string, id: string, body: OwnExemptionRequest) {
    return this.enter(caller, key, `${id}/exemptions`, body);
  }

  addEvidence(caller: Caller, key: string, id: string, body: OwnEvidenceRequest) {
    return this.enter(caller, key, `${id}/evidence`, body);
  }

  pay(caller: Caller, key: string, id: string, body: OwnPaymentRequest) {
    return this.enter(caller, key, `${id}/payments`, body);
  }

  propose(caller: Caller, key: string, id: string, body: OwnProposalRequest) {
    return this.enter(caller, key, `${id}/agreements`, body);
  }

  accept(caller: Caller, key: string, id: string, body: OwnAcceptanceRequest) {
    return this.enter(caller, key, `${id}/acceptances`, body);
  }

  claim(
    caller: Caller,
    key: string,
    id: string,
    body: OwnRecourseRequest,
  ): Answer<Once<OwnRecourseView>> {
    const path = `${CASES}/${id}/recourse`;
    return this.bank.askOnce(caller, key, { method: 'POST', path, body });
  }

  private enter(
    caller: Caller,
    key: string,
    what: string,
    body: object,
  ): Answer<Once<OwnEntryView>> {
    return this.bank.askOnce(caller, key, { method: 'POST', path: `${CASES}/${what}`, body });
  }
}
