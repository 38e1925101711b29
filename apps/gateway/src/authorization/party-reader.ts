import { Inject, Injectable } from '@nestjs/common';
import { CivilDate, type Instant } from '#libs/kernel';
import { Catalogue, LinkWatch, PlannedOutages } from '../bank/index.js';
import { HostClock } from '../platform/host-clock.js';
import type { Maintenance, Party, PartyFacts } from './domain/party.js';

const DAY_SECONDS = 86_400;

/** Reads what the gateway's copies know about a party; decides nothing. */
@Injectable()
export class PartyReader {
  constructor(
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(LinkWatch) private readonly links: LinkWatch,
    @Inject(PlannedOutages) private readonly outages: PlannedOutages,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  read(party: Party): PartyFacts {
    const copy = this.catalogue.current();
    // Without a catalogue nothing is known, and the link answers as if bank-core were silent.
    if (!copy) {
      const partner = 'contracted';
      const unknown = { bankIsKnown: true, isCovered: true, maintenance: undefined } as const;
      return { ...unknown, link: 'stale', partner, isOffered: true };
    }
    const { bankCode, epspId, chainPartnerId, fn } = party;
    const now = this.clock.read();
    const today = CivilDate.inTokyo(now).toString();
    return {
      bankIsKnown: copy.knowsBank(bankCode),
      isCovered: copy.covers(epspId, bankCode),
      link: copy.knowsBank(bankCode) ? this.links.stateFor(party) : undefined,
      partner: copy.judgePartner(epspId, chainPartnerId, fn, today),
      isOffered: copy.offers(bankCode, fn),
      maintenance: this.maintenance(bankCode, fn, now),
    };
  }

  /** Whether new consents may be asked for at all: a right of its own that a measure may take away (INT-17). */
  readNewConsents(party: Omit<Party, 'fn'>): PartyFacts {
    const { bankCode } = party;
    const { bankIsKnown, isCovered } = this.read({ ...party, fn: 'accounts_read' });
    return {
      bankIsKnown,
      isCovered,
      link: bankIsKnown ? this.links.stateFor({ ...party, fn: 'new_consents' }) : undefined,
      // Which functions the partner and the catalogue have is asked function by function.
      partner: 'contracted',
      isOffered: true,
      maintenance: this.maintenance(bankCode, 'new_consents', this.clock.read()),
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
      maintenance: undefined,
    };
  }

  /**
   * Whether a window is open bank-core says; `now`, this host's time, serves what it does not say and the wait.
   * No longer than a day is asked to be waited: what is called off is heard of within it.
   */
  private maintenance(bankCode: string, fn: string, now: Instant): Maintenance | undefined {
    const until = this.outages.until(bankCode, fn, now);
    if (until === undefined) return undefined;
    return { until, seconds: Math.min(DAY_SECONDS, Math.max(1, Math.ceil((until - now) / 1_000))) };
  }
}
