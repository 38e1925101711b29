import { Inject, Injectable } from '@nestjs/common';
import { accepted, type Result } from '#libs/kernel';
import type {
  AgreementView,
  ChangePartnerRequest,
  ApplicationMoveRequest,
  ApplicationTakenView,
  ApplicationView,
  DeskView,
  OwnPartnerFileView,
  OwnPartnerView,
  PartnerActRequest,
  PartnerActTakenView,
  PartnerHistoryView,
  ParticipantView,
  ProposedView,
  ProposePartnerRequest,
  WithdrawnView,
} from '#libs/bank-core-client';
import { BankService, type Caller, type Once } from './bank.service.js';
import type { CoreRefusal } from './core.problems.js';
import type { ListPart } from './own-linkage.js';

type Answer<Value> = Promise<Result<Value, CoreRefusal>>;

const SELF = 'participants/self';

/** What an intermediary does for itself: bank-core's calls that concern no institution and no holder. */
@Injectable()
export class OwnAffairs {
  constructor(@Inject(BankService) private readonly bank: BankService) {}

  participant(caller: Caller): Answer<ParticipantView> {
    return this.bank.ask(caller, { method: 'GET', path: SELF });
  }

  /** `version` is the one that was read; refuses with `version_conflict`. */
  changeDesk(caller: Caller, body: DeskView): Answer<DeskView> {
    return this.bank.ask(caller, { method: 'POST', path: `${SELF}/desk`, body });
  }

  partners(caller: Caller): Answer<{ readonly data: readonly OwnPartnerView[] }> {
    return this.bank.ask(caller, { method: 'GET', path: `${SELF}/chain-partners` });
  }

  propose(caller: Caller, key: string, body: ProposePartnerRequest): Answer<Once<ProposedView>> {
    const path = `${SELF}/chain-partners`;
    return this.bank.askOnce(caller, key, { method: 'POST', path, body });
  }

  /** `version` is the one that was read; refuses with `version_conflict`, and `proposal_closed`. */
  changePartner(
    caller: Caller,
    partnerId: string,
    body: ChangePartnerRequest,
  ): Answer<OwnPartnerView> {
    const path = `${SELF}/chain-partners/${partnerId}`;
    return this.bank.ask(caller, { method: 'PATCH', path, body });
  }

  withdraw(caller: Caller, partnerId: string): Answer<WithdrawnView> {
    const path = `${SELF}/chain-partners/${partnerId}/withdrawals`;
    return this.bank.ask(caller, { method: 'POST', path });
  }

  /** What was asked of a partner and reported of it, and where its connection stands (RKN-C1b to C1d). */
  partnerHistory(caller: Caller, partnerId: string): Answer<PartnerHistoryView> {
    const path = `${SELF}/chain-partners/${partnerId}/acts`;
    return this.bank.ask(caller, { method: 'GET', path });
  }

  /** What was filed of a partner, the newest first; `before` is the place of the last one seen. */
  async partnerFiles(
    caller: Caller,
    partnerId: string,
    { before, limit }: ListPart,
  ): Answer<readonly OwnPartnerFileView[]> {
    const path = `${SELF}/chain-partners/${partnerId}/files`;
    const call = { method: 'GET', path, query: { before, limit: String(limit) } } as const;
    const answer = await this.bank.ask<{ files: OwnPartnerFileView[] }>(caller, call);
    return answer.ok ? accepted(answer.value.files) : answer;
  }

  enterPartnerAct(
    caller: Caller,
    key: string,
    partnerId: string,
    body: PartnerActRequest,
  ): Answer<Once<PartnerActTakenView>> {
    const path = `${SELF}/chain-partners/${partnerId}/acts`;
    return this.bank.askOnce(caller, key, { method: 'POST', path, body });
  }

  /** Every version, with the institutions that it covers (RKN-0.2). */
  async agreements(caller: Caller): Answer<readonly AgreementView[]> {
    const call = { method: 'GET', path: `${SELF}/agreements` } as const;
    const answer = await this.bank.ask<{ agreements: AgreementView[] }>(caller, call);
    return answer.ok ? accepted(answer.value.agreements) : answer;
  }

  /** The newest first. */
  async applications(
    caller: Caller,
    { before, limit }: ListPart,
  ): Answer<readonly ApplicationView[]> {
    const query = { before, limit: String(limit) };
    const call = { method: 'GET', path: `${SELF}/applications`, query } as const;
    const answer = await this.bank.ask<{ applications: ApplicationView[] }>(caller, call);
    return answer.ok ? accepted(answer.value.applications) : answer;
  }

  application(caller: Caller, id: string): Answer<ApplicationView> {
    return this.bank.ask(caller, { method: 'GET', path: `${SELF}/applications/${id}` });
  }

  apply(caller: Caller, key: string, purpose: string): Answer<Once<ApplicationTakenView>> {
    const path = `${SELF}/applications`;
    return this.bank.askOnce(caller, key, { method: 'POST', path, body: { purpose } });
  }

  moveApplication(
    caller: Caller,
    key: string,
    id: string,
    body: ApplicationMoveRequest,
  ): Answer<Once<ApplicationTakenView>> {
    const path = `${SELF}/applications/${id}/moves`;
    return this.bank.askOnce(caller, key, { method: 'POST', path, body });
  }
}
