import { Inject, Injectable } from '@nestjs/common';
import type { ChainEvent, ChainState } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import {
  AgreementsService,
  ChainPort,
  type ChainBook,
  type ChainOf,
  type KeptConnection,
} from '../agreements/index.js';
import { ChainMatter, chainKeyOf } from './chain-matter.js';
import { contractFiled } from './stop-steps.js';

/** The book of connections, for the room that hears of reports and guidance (RKN-C1b to C1d). */
@Injectable()
export class ChainConnections implements ChainBook {
  constructor(
    @Inject(ChainPort) port: ChainPort,
    @Inject(ChainMatter) private readonly chain: ChainMatter,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
  ) {
    port.plug(this);
  }

  /** A connection that has no matter yet at this institution begins with its contract (RKN-C1a). */
  async tell(tx: Transaction, of: ChainOf, event: ChainEvent, at: Instant) {
    const { matters } = this.chain.desk;
    const name = this.nameOf(of);
    const { version } = await matters.state(tx, this.chain, name, at);
    const content = { epspId: of.epspId, partnerId: of.partnerId };
    for (const first of await contractFiled(this.agreements, content, version, at))
      await matters.tell(tx, this.chain, name, first, at);
    return matters.tell(tx, this.chain, name, event, at);
  }

  state(tx: Transaction, of: ChainOf, at: Instant): Promise<ChainState> {
    return this.chain.desk.matters.state(tx, this.chain, this.nameOf(of), at);
  }

  async all(tx: Transaction): Promise<KeptConnection[]> {
    const kept = await this.chain.desk.matters.all(tx, this.chain);
    return kept.map(({ key, state }) => ({ ...this.chain.partiesOf(key), state }));
  }

  private nameOf({ institutionId, epspId, partnerId }: ChainOf) {
    return this.chain.nameOf(institutionId, chainKeyOf(epspId, partnerId));
  }
}
