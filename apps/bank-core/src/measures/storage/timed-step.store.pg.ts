import { Injectable } from '@nestjs/common';
import type { Instant } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Settled, TimedStep } from '../domain/timed-step.js';

interface TimedRow {
  institution_id: number;
  proposal_id: string;
  epsp_id: string;
  chain_partner_id: string | null;
  step: string;
  clause: string;
  decided_at: Instant;
  effective_at: Instant;
  settled_at: Instant | null;
  outcome: object | null;
  cancelled_by: string | null;
}

const SELECT = `
  select institution_id, proposal_id, epsp_id, chain_partner_id, step, clause, decided_at,
    effective_at, settled_at, outcome, cancelled_by from timed_step
  where institution_id = renkei_institution()`;

/** Says that there is a step to wait for; what it is stands in its row. */
export const TIMED_STEP_CHANNEL = 'renkei_timed_step';

/** Timed steps of the institution that the transaction has entered. */
@Injectable()
export class TimedStepStore {
  async insert(tx: Transaction, step: Omit<TimedStep, 'settled'>): Promise<void> {
    await tx.query(
      `insert into timed_step (institution_id, proposal_id, epsp_id, chain_partner_id, step, clause,
         decided_at, effective_at)
       values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000),
         to_timestamp($8::float8 / 1000))`,
      [
        step.institutionId,
        step.proposalId,
        step.epspId,
        step.partnerId ?? null,
        step.step,
        step.clause,
        step.decidedAt,
        step.effectiveAt,
      ],
    );
    await tx.query(`select pg_notify($1, '')`, [TIMED_STEP_CHANNEL]);
  }

  /** What is due by then and not settled, oldest first. */
  async due(
    tx: Transaction,
    by: Instant,
    limit: number,
  ): Promise<{ readonly proposalId: string; readonly effectiveAt: Instant }[]> {
    const rows = await tx.query<{ proposal_id: string; effective_at: Instant }>(
      `select proposal_id, effective_at from timed_step
       where institution_id = renkei_institution() and settled_at is null
         and effective_at <= to_timestamp($1::float8 / 1000)
       order by effective_at, proposal_id limit $2`,
      [by, limit],
    );
    return rows.map(({ proposal_id, effective_at }) => ({
      proposalId: proposal_id,
      effectiveAt: effective_at,
    }));
  }

  /** Locked until the transaction ends: it is settled once. */
  async lock(tx: Transaction, proposalId: string): Promise<TimedStep | undefined> {
    const [row] = await tx.query<TimedRow>(`${SELECT} and proposal_id = $1 for update`, [
      proposalId,
    ]);
    return row && stepOf(row);
  }

  async find(tx: Transaction, proposalId: string): Promise<TimedStep | undefined> {
    const [row] = await tx.query<TimedRow>(`${SELECT} and proposal_id = $1`, [proposalId]);
    return row && stepOf(row);
  }

  async settle(tx: Transaction, proposalId: string, settled: Settled): Promise<void> {
    await tx.query(
      `update timed_step set settled_at = to_timestamp($2::float8 / 1000), outcome = $3,
         cancelled_by = $4
       where institution_id = renkei_institution() and proposal_id = $1`,
      [proposalId, settled.at, JSON.stringify(settled.outcome), settled.cancelledBy ?? null],
    );
  }

  /** Newest first; `before` is the proposal of the last one seen. */
  async list(
    tx: Transaction,
    epspId: string,
    { before, limit }: { before?: string | undefined; limit: number },
  ): Promise<TimedStep[]> {
    const rows = await tx.query<TimedRow>(
      `${SELECT} and epsp_id = $1 and ($2::text is null or proposal_id < $2)
       order by proposal_id desc limit $3`,
      [epspId, before ?? null, limit],
    );
    return rows.map(stepOf);
  }
}

const stepOf = (row: TimedRow): TimedStep => ({
  institutionId: row.institution_id,
  proposalId: row.proposal_id,
  epspId: row.epsp_id,
  partnerId: row.chain_partner_id ?? undefined,
  step: row.step,
  clause: row.clause,
  decidedAt: row.decided_at,
  effectiveAt: row.effective_at,
  settled:
    row.settled_at === null || row.outcome === null
      ? undefined
      : { at: row.settled_at, outcome: row.outcome, cancelledBy: row.cancelled_by ?? undefined },
});
