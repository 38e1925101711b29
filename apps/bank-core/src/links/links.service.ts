import { Inject, Injectable } from '@nestjs/common';
import {
  linkMachine,
  type LinkCode,
  type LinkEvent,
  type LinkState as LinkMatterState,
  type StepCode,
  type StepResult,
  type LinkFacts,
  type LinkName,
} from '#libs/contracts';
import { accepted, type Instant, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import { MattersService, type MatterEvent } from '../matters/index.js';
import type { LinkScope, LinkStop } from './domain/link-state.js';
import { LinkMatter } from './link-matter.js';
import { stopFor, versionOf } from './storage/link.store.pg.js';
import { beginStop, endStop } from './storage/partner-stop.store.pg.js';

export interface Traffic {
  readonly institutionId: number;
  readonly epspId: string;
  readonly chainPartnerId: string;
  readonly fn: string;
  readonly at: Instant;
}

/** One institution's link to one intermediary (RKN-D5). */
export interface LinkParties {
  readonly institutionId: number;
  readonly epspId: string;
}

const matterOf = ({ institutionId, epspId }: LinkParties) => ({
  institutionId,
  machine: linkMachine.name,
  key: epspId,
});

/** The link of RKN-D5: whether traffic may pass, and the one way to change that. */
@Injectable()
export class LinksService {
  constructor(
    @Inject(MattersService) private readonly matters: MattersService,
    @Inject(LinkMatter) private readonly link: LinkMatter,
  ) {}

  /**
   * The stop in the way of this traffic, or nothing. Inside a 確定 take `lock_link_shared` first, in a
   * statement before this one, so that this reads what a stop has committed (reliability.md 3.1).
   */
  stopFor(tx: Transaction, traffic: Traffic): Promise<LinkStop | undefined> {
    const scope: LinkScope = {
      epspId: traffic.epspId,
      chainPartnerId: traffic.chainPartnerId,
      function: traffic.fn,
    };
    return stopFor(tx, traffic.institutionId, scope, traffic.at);
  }

  /**
   * Tells the link what happened, in a transaction that has entered the institution: what is in force adds up, the
   * states are written under the exclusive lock, the version rises. Once that transaction has committed, no 確定
   * through a stopped link commits any more. The refusals are the machine's. Source: RKN-S4c, INT-17.
   */
  async tell(
    tx: Transaction,
    parties: LinkParties,
    event: LinkEvent,
    at: Instant,
  ): Promise<Result<{ readonly version: bigint }, Refusal<LinkCode | StepCode>>> {
    const told = await this.matters.tell(tx, this.link, matterOf(parties), event, at);
    if (!told.ok) return told;
    return accepted({ version: await versionOf(tx, parties.institutionId) });
  }

  /** What the machine would say to this event, without anything being stored. */
  wouldSay(
    tx: Transaction,
    parties: LinkParties,
    event: LinkEvent,
    at: Instant,
  ): Promise<StepResult<LinkName, LinkFacts, LinkCode>> {
    return this.matters.wouldSay(tx, this.link, matterOf(parties), event, at);
  }

  /** Where the link stands: its measures and holds, each with its own end. */
  state(tx: Transaction, parties: LinkParties, at: Instant): Promise<LinkMatterState> {
    return this.matters.state(tx, this.link, matterOf(parties), at);
  }

  history(tx: Transaction, parties: LinkParties): Promise<MatterEvent[]> {
    return this.matters.history(tx, matterOf(parties));
  }

  /** The partner's calls pass no longer at this institution, which asked for the stop (RKN-C2a, INT-22). */
  refusePartner(tx: Transaction, institutionId: number, partnerId: string, at: Instant) {
    return beginStop(tx, institutionId, partnerId, at);
  }

  acceptPartner(tx: Transaction, institutionId: number, partnerId: string, at: Instant) {
    return endStop(tx, institutionId, partnerId, at);
  }
}
