import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import { listSoftware } from './storage/software-list.store.pg.js';

/** One piece of software as the public register names it; nothing here is secret. */
export interface SoftwareEntry {
  readonly clientId: string;
  readonly epspId: string;
  readonly name: string | null;
  readonly status: 'active' | 'blocked' | 'deleted';
}

/** All software, removed software included: who looks it up has to learn that it is gone. */
@Injectable()
export class RegisteredSoftware {
  constructor(@Inject(Database) private readonly database: Database) {}

  all(): Promise<SoftwareEntry[]> {
    return listSoftware(this.database);
  }
}
