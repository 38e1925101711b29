import { Inject, Injectable } from '@nestjs/common';
import { instantToWire } from '#libs/kernel';
import { Operations } from '#libs/platform';
import { BankService, NODE_NAME } from '../bank/index.js';
import { HostClock } from '../platform/host-clock.js';
import { Rounds } from '../platform/rounds.js';
import { CallTally } from './domain/call-tally.js';
import { RegistrationStore } from './storage/registration.store.pg.js';

const PAUSE_MS = 60_000;
const ROWS_MAX = 1_000;

/**
 * Tells bank-core every minute what only the gateway sees: how many calls of each intermediary failed by its fault, and
 * until when its certificates hold. Officers are shown it; nothing follows from it by itself (RKN-S4a).
 */
@Injectable()
export class TellStanding extends Rounds {
  private readonly tally = new CallTally();

  constructor(
    @Inject(BankService) private readonly bank: BankService,
    @Inject(RegistrationStore) private readonly store: RegistrationStore,
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(Operations) operations: Operations,
  ) {
    // What could not be told now is told with the next minute's.
    super('bank-core was not told', PAUSE_MS);
    operations.onOutcome((outcome) => this.tally.add(outcome, this.clock.read()));
  }

  async tell(): Promise<void> {
    const certificates = await this.store.certificates(ROWS_MAX);
    const body = {
      node: NODE_NAME,
      calls: this.tally
        .told(this.clock.read())
        .slice(0, ROWS_MAX)
        .map((one) => ({ ...one, hour: instantToWire(one.hour) })),
      certificates: certificates.map((one) => ({
        ...one,
        goodUntil: instantToWire(one.goodUntil),
      })),
    };
    const call = { method: 'POST', path: 'links/gateway-reports', headers: {}, body } as const;
    await this.bank.transport.call(call);
  }

  protected async round(): Promise<number> {
    await this.tell();
    return PAUSE_MS;
  }
}
