import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#libs/platform';
import type { SoftwareEntry } from './domain/software-entry.js';
import { listSoftware } from './storage/software-list.store.pg.js';

/** All software, removed software included: who looks it up has to learn that it is gone. */
@Injectable()
export class RegisteredSoftware {
  constructor(@Inject(Database) private readonly database: Database) {}

  all(): Promise<SoftwareEntry[]> {
    return listSoftware(this.database);
  }
}
