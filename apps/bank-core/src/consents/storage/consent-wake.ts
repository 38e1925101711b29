import { Inject, Injectable } from '@nestjs/common';
import { BANK_CONFIG, type BankConfig } from '../../platform/config.js';
import { DatabaseWake } from '../../platform/database-wake.js';

/** Hears at which institution consents changed. */
@Injectable()
export class ConsentWake extends DatabaseWake {
  constructor(@Inject(BANK_CONFIG) config: Pick<BankConfig, 'databaseUrl'>) {
    super(config, 'renkei_consent');
  }
}
