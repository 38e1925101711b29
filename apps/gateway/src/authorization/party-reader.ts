import { Inject, Injectable } from '@nestjs/common';
import { CivilDate } from '#libs/kernel';
import { Catalogue, LinkWatch } from '../bank/index.js';
import { HostClock } from '../platform/host-clock.js';
import type { Party, PartyFacts } from './domain/party.js';

/** Reads what the gateway's copies know about a party; decides nothing. */
@Injectable()
export class PartyReader {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(LinkWatch) private readonly links: LinkWatch,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  read(party: Party): PartyFacts {
    const copy = this.catalogue.current();
    // Without a catalogue nothing is known, and the link answers as if bank-core were silent.
    if (!copy) {
      const partner = 'contracted';
      return { bankIsKnown: true, isCovered: true, link: 'stale', partner, isOffered: true };
    }
    const { bankCode, epspId, chainPartnerId, fn } = party;
    const today = CivilDate.inTokyo(this.clock.read()).toString();
    return {
      bankIsKnown: copy.knowsBank(bankCode),
      isCovered: copy.covers(epspId, bankCode),
      link: copy.knowsBank(bankCode) ? this.links.stateFor(party) : undefined,
      partner: copy.judgePartner(epspId, chainPartnerId, fn, today),
      isOffered: copy.offers(bankCode, fn),
    };
  }

  /** Whether new consents may be asked for at all: a right of its own that a measure may take away (INT-17). */
  readNewConsents(party: Omit<Party, 'fn'>): PartyFacts {
    const { bankIsKnown, isCovered } = this.read({ ...party, fn: 'accounts_read' });
    return {
      bankIsKnown,
      isCovered,
      link: bankIsKnown ? this.links.stateFor({ ...party, fn: 'new_consents' }) : undefined,
      // Which functions the partner and the catalogue have is asked function by function.
      partner: 'contracted',
      isOffered: true,
    };
  }

  /** For a request that leaves the institution to the holder: only the partner can be judged yet. */
  readPartnerOnly(party: Omit<Party, 'bankCode'>): PartyFacts {
    const copy = this.catalogue.current();
    const today = CivilDate.inTokyo(this.clock.read()).toString();
    const { epspId, chainPartnerId, fn } = party;
    return {
      bankIsKnown: true,
      isCovered: true,
      link: copy ? undefined : 'stale',
      partner: copy?.judgePartner(epspId, chainPartnerId, fn, today) ?? 'contracted',
      isOffered: true,
    };
  }
}
