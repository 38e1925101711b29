import { Inject, Injectable } from '@nestjs/common';
import { assert, type Clock, type Instant } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService, type RecordEntry } from '../records/index.js';

/** Writes a line of the record in the transaction at hand. */
export type Note = (kind: string, content: object) => Promise<void>;

/** Who acts, as the record names it. */
export type ActsFor = Pick<RecordEntry, 'epspId' | 'clientId' | 'interactionId' | 'chainPartnerId'>;

/** What belongs to no single institution is done at the federation as one party, which keeps the record. */
@Injectable()
export class FederationDesk {
  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(InstitutionsService) readonly institutions: InstitutionsService,
    @Inject(RecordsService) readonly records: RecordsService,
  ) {}

  async federationId(): Promise<number> {
    const federation = (await this.institutions.all()).find(({ kind }) => kind === 'federation');
    assert(federation, 'The federation is one of the institutions.');
    return federation.id;
  }

  async act<Value>(
    party: ActsFor,
    work: (tx: Transaction, at: Instant, note: Note) => Promise<Value>,
  ): Promise<Value> {
    const at = await this.clock.now();
    const institutionId = await this.federationId();
    return this.database.inInstitution(institutionId, (tx) =>
      work(tx, at, this.noteIn(tx, institutionId, party, at)),
    );
  }

  noteIn(tx: Transaction, institutionId: number, party: ActsFor, at: Instant): Note {
    const { epspId, clientId, interactionId, chainPartnerId } = party;
    return (kind, content) =>
      this.records.append(tx, {
        institutionId,
        happenedAt: at,
        kind,
        epspId,
        clientId,
        interactionId,
        chainPartnerId,
        content,
      });
  }
}
