import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  instantToWire,
  refused,
  type Clock,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type IdempotencyRefusal } from '#libs/platform';
import { actOnce, type KeptAnswer } from '../platform/idempotency.js';
import type { CustomerClaim } from '../platform/internal-caller.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import {
  checkRiskSignals,
  type ReceivedRiskSignal,
  type RiskSignal,
  type RiskSignalRefusal,
} from './domain/risk-signal.js';
import * as store from './storage/risk-signal.store.pg.js';
import { byId } from './storage/transfer.store.pg.js';

export interface ReportRiskSignals {
  readonly institutionId: number;
  readonly clientId: string;
  readonly interactionId: string;
  readonly customer: CustomerClaim;
  readonly transferId: string;
  readonly idempotencyKey: string;
  readonly signals: readonly RiskSignal[];
}

export interface RiskSignalReceipt {
  readonly transferId: string;
  readonly received: number;
  readonly receivedAt: string;
}

/** Evidence beside a transfer: stored, shown to staff, deciding nothing by itself. */
@Injectable()
export class RiskSignals {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RecordsService) private readonly records: RecordsService,
  ) {}

  /** Refuses with `not_found` for another client's transfer before the key is looked at (T-21). */
  async report(
    command: ReportRiskSignals,
  ): Promise<
    Result<KeptAnswer<RiskSignalReceipt>, Refusal<RiskSignalRefusal | IdempotencyRefusal>>
  > {
    const { institutionId, clientId, transferId, signals, idempotencyKey: key } = command;
    const at = await this.clock.now();
    return this.database.inInstitution(institutionId, async (tx) => {
      const transfer = await byId(tx, institutionId, transferId);
      if (transfer?.clientId !== clientId) return refused('not_found');
      const route = `transfers/${transferId}/risk-signals`;
      const call = { institutionId, clientId, route, key, content: { signals } };
      return actOnce(tx, call, async () => {
        const stored = await store.countSignals(tx, institutionId, transferId);
        const checked = checkRiskSignals(signals, stored, at);
        if (!checked.ok) return checked;
        await store.insertSignals(tx, institutionId, transferId, signals, at);
        const { epspId, chainPartnerId } = transfer;
        await this.records.append(tx, {
          institutionId,
          epspId,
          chainPartnerId,
          clientId,
          transferId,
          interactionId: command.interactionId,
          happenedAt: at,
          kind: 'risk_signals_received',
          customerClaim: command.customer,
          content: { signals },
        });
        const receivedAt = instantToWire(at);
        return accepted({ transferId, received: signals.length, receivedAt });
      });
    });
  }

  /** For staff: newest first, of one transfer or of the institution. */
  newest(
    institutionId: number,
    transferId: string | undefined,
    limit: number,
  ): Promise<ReceivedRiskSignal[]> {
    return this.database.inInstitution(institutionId, (tx) =>
      store.newestSignals(tx, institutionId, transferId, limit),
    );
  }
}
