import { Inject, Injectable } from '@nestjs/common';
import { CivilDate } from '#libs/kernel';
import { Jobs } from '../platform/jobs.js';
import { Connections } from './connections.js';
import { FederationDesk } from './federation-desk.js';
import { endedEvent } from './partner-contracts.js';
import { partnersEnded } from './storage/partner-act.store.pg.js';

const EVERY_MS = 60_000;
/** How long after its last day an end is still told to whom it has not reached. */
const LOOK_BACK_DAYS = 7;

/**
 * Tells the matters of a partner that its contract is over, when its last day has passed. Calls have been refused since
 * that midnight (RKN-C1a/b); this only lets the matter know. Told twice it moves nothing.
 */
@Injectable()
export class EndContractsJob {
  constructor(
    @Inject(Jobs) jobs: Jobs,
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(Connections) private readonly connections: Connections,
  ) {
    jobs.every(EVERY_MS, { name: 'end-contracts', run: () => this.run() });
  }

  async run(): Promise<void> {
    const at = await this.federation.clock.now();
    const yesterday = CivilDate.inTokyo(at).minusDays(1);
    await this.federation.act({}, async (tx) => {
      const ended = await partnersEnded(tx, yesterday.minusDays(LOOK_BACK_DAYS), yesterday);
      for (const { id, intermediaryId, contractTo = yesterday } of ended) {
        const event = endedEvent(id, contractTo, '契約期間の満了 / the contract is over', at);
        const partner = { epspId: intermediaryId, partnerId: id };
        await this.connections.tellEverywhere(tx, partner, async () => event, at);
      }
    });
  }
}
