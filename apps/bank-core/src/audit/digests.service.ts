import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { DocumentSigner } from '../documents/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { BANK_CONFIG, type BankConfig } from '../platform/config.js';
import { Jobs } from '../platform/jobs.js';
import { CLOCK } from '../platform/platform.module.js';
import {
  FEDERATION_SCOPE,
  nextDigest,
  NO_DIGEST,
  type SignedDigest,
} from './domain/audit-digest.js';
import { rootOf } from './root-of.js';
import { AuditStore, type AuditLine, type HeldRole } from './storage/audit.store.pg.js';

const EVERY_MS = 60_000;
const ROWS_MAX = 4_096;

/** One digest with the rows that it speaks of, as they are now. */
export interface DigestPage {
  readonly digest: SignedDigest;
  readonly lines: readonly AuditLine[];
}

/** Digests the machine record and the officers' trail, afterwards; an auditor keeps what was said (SM-3.5, T-17). */
@Injectable()
export class DigestsService {
  private made: DocumentSigner | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(BANK_CONFIG) private readonly config: BankConfig,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AuditStore) private readonly store: AuditStore,
    // A command has no jobs: the server digests.
    @Optional() @Inject(Jobs) jobs?: Jobs,
  ) {
    jobs?.every(EVERY_MS, { name: 'audit-digests', run: () => this.digestAll() });
  }

  /** The federation first, then every institution. */
  async scopes(): Promise<number[]> {
    return [FEDERATION_SCOPE, ...(await this.institutions.all()).map(({ id }) => id)];
  }

  async digestAll(): Promise<void> {
    for (const scope of await this.scopes()) while (await this.digestPage(scope));
  }

  /** The last digest of every scope: a few lines that an auditor keeps elsewhere, as his witness. */
  async heads(): Promise<SignedDigest[]> {
    const scopes = await this.scopes();
    return this.database.transaction(async (tx) => {
      const heads: SignedDigest[] = [];
      for (const scope of scopes) {
        const head = await this.store.last(tx, scope);
        if (head) heads.push(head);
      }
      return heads;
    });
  }

  list(scope: number, after: bigint, limit: number): Promise<SignedDigest[]> {
    return this.database.transaction((tx) => this.store.behind(tx, scope, after, limit));
  }

  /** The next digest behind `after` with its rows; undefined behind the last one. */
  page(scope: number, after: bigint): Promise<DigestPage | undefined> {
    return this.inScope(scope, async (tx) => {
      const [digest] = await this.store.behind(tx, scope, after, 1);
      if (!digest) return undefined;
      return { digest, lines: await this.store.between(tx, scope, digest.from, digest.to) };
    });
  }

  rolesHeld(): Promise<HeldRole[]> {
    return this.database.transaction((tx) => this.store.rolesHeld(tx));
  }

  /** What verifies signatures: to be compared with the one that the auditor was given by other means. */
  key(): { readonly keyId: string; readonly publicKey: string } {
    const { keyId, publicKey } = this.signer;
    return { keyId, publicKey };
  }

  /** True while more rows are settled than one digest holds. */
  private async digestPage(scope: number): Promise<boolean> {
    const madeAt = await this.clock.now();
    return this.inScope(scope, async (tx) => {
      if (!(await this.store.lock(tx, scope))) return false;
      const head = (await this.store.last(tx, scope)) ?? NO_DIGEST;
      const rows = await this.store.settledBehind(tx, scope, head.to, ROWS_MAX);
      const last = rows.at(-1);
      if (!last) return false;
      const root = rootOf(
        head.hash,
        rows.map(({ line }) => line),
      );
      const to = { xid: last.xid, id: last.id };
      const digest = nextDigest(head, { scope, to, rowCount: rows.length, root, madeAt });
      const { signer } = this;
      const signature = signer.sign(digest.hash);
      await this.store.insert(tx, { ...digest, keyId: signer.keyId, signature });
      return rows.length === ROWS_MAX;
    });
  }

  private inScope<Value>(scope: number, work: (tx: Transaction) => Promise<Value>): Promise<Value> {
    if (scope === FEDERATION_SCOPE) return this.database.transaction(work);
    return this.database.inInstitution(scope, work);
  }

  private get signer(): DocumentSigner {
    return (this.made ??= new DocumentSigner(this.config.documentKey));
  }
}
