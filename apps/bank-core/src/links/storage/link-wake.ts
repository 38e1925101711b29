import { Inject, Injectable } from '@nestjs/common';
import { BANK_CONFIG, type BankConfig } from '../../platform/config.js';
import { DatabaseWake } from '../../platform/database-wake.js';

/** Hears at which institution a link got a new version. */
@Injectable()
export class LinkWake extends DatabaseWake {
  constructor(@Inject(BANK_CONFIG) config: Pick<BankConfig, 'databaseUrl'>) {
    super(config, 'renkei_link');
  }
}
