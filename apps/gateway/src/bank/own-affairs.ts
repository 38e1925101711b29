import { Inject, Injectable } from '@nestjs/common';
import type { Result } from '#libs/kernel';
import type {
  DeskView,
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

  withdraw(caller: Caller, partnerId: string): Answer<WithdrawnView> {
    const path = `${SELF}/chain-partners/${partnerId}/withdrawals`;
    return this.bank.ask(caller, { method: 'POST', path });
  }

  /** What was asked of a partner and reported of it, and where its connection stands (RKN-C1b to C1d). */
  partnerHistory(caller: Caller, partnerId: string): Answer<PartnerHistoryView> {
    const path = `${SELF}/chain-partners/${partnerId}/acts`;
    return this.bank.ask(caller, { method: 'GET', path });
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
}
