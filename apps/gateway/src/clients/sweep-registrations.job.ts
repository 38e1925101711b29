import { Inject, Injectable } from '@nestjs/common';
import { Rounds } from '../platform/rounds.js';
import { RegistrationLog } from './storage/registration-log.store.pg.js';

const ROWS_MAX = 1_000;
const PAUSE_MS = 300_000;

/** Forgets used statements and proofs that have expired, so that the memory of them stays small. */
@Injectable()
export class SweepRegistrations extends Rounds {
  constructor(@Inject(RegistrationLog) private readonly registrations: RegistrationLog) {
    super('sweep failed, tried again later', PAUSE_MS);
  }

  protected async round(): Promise<number> {
    return (await this.registrations.sweep(ROWS_MAX)) >= ROWS_MAX ? 0 : PAUSE_MS;
  }
}
