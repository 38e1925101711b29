import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import {
  GatewayReportStore,
  type CallCount,
  type ClientCertificate,
} from './storage/gateway-report.store.pg.js';

export interface GatewayReport {
  readonly node: string;
  readonly calls: readonly (CallCount & { readonly bankCode: string })[];
  readonly certificates: readonly ClientCertificate[];
}

const HOUR_MS = 3_600_000;
const KEPT_HOURS = 48;

/** Takes in what a gateway node tells of its own: it is watched, and nothing follows from it by itself. */
@Injectable()
export class GatewayReports {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(GatewayReportStore) private readonly store: GatewayReportStore,
  ) {}

  /** What belongs to nobody known here, or to an hour that is not yet or long over, is left out. */
  async take({ node, calls, certificates }: GatewayReport): Promise<void> {
    const now = await this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.store.putNode(tx, node, now);
      await this.store.putCertificates(tx, certificates, now);
    });
    for (const { id, bankCode } of await this.institutions.all()) {
      const own = calls.filter(
        (one) =>
          one.bankCode === bankCode &&
          one.hour <= now &&
          one.hour > now - KEPT_HOURS * HOUR_MS &&
          one.faults <= one.calls,
      );
      if (own.length === 0) continue;
      await this.database.inInstitution(id, async (tx) => {
        await this.store.putCounts(tx, id, node, own);
        await this.store.forgetBefore(tx, id, now - KEPT_HOURS * HOUR_MS);
      });
    }
  }
}
