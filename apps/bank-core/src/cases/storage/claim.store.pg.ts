import { canonicalJson, sha256Hex, type Instant, type Yen } from '#libs/kernel';
import type { CaseDecision, Side } from '#libs/liability';
import type { Transaction } from '#libs/platform';
import type { DecisionInputs } from '../domain/decision-inputs.js';
import type { CaseName } from './case.store.pg.js';

export interface StoredFacts {
  readonly version: number;
  readonly facts: string;
}

export async function latestFacts(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
): Promise<StoredFacts | undefined> {
  const [row] = await tx.query<StoredFacts>(
    `select version, facts from case_facts where institution_id = $1 and case_id = $2
     order by version desc limit 1`,
    [institutionId, caseId],
  );
  return row;
}

export async function insertFacts(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  { version, facts, at, by }: StoredFacts & { at: Instant; by: string },
): Promise<void> {
  await tx.query(
    `insert into case_facts (institution_id, case_id, version, facts, facts_hash, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), $7)`,
    [institutionId, caseId, version, facts, `sha256:${sha256Hex(facts)}`, at, by],
  );
}

/** Takes the transfers into the case; the first that stands in another one is returned and refuses them all. */
export async function claimTransfers(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  transferIds: readonly string[],
): Promise<string | undefined> {
  await tx.query(
    `insert into case_transfer (institution_id, transfer_id, case_id)
     select $1, one, $2 from unnest($3::text[]) as one order by one on conflict do nothing`,
    [institutionId, caseId, transferIds],
  );
  const [other] = await tx.query<{ transfer_id: string }>(
    `select transfer_id from case_transfer
     where institution_id = $1 and transfer_id = any($2) and case_id <> $3 limit 1`,
    [institutionId, transferIds, caseId],
  );
  return other?.transfer_id;
}

/** The case in which a transfer is complained of; undefined where nobody has complained of it. */
export async function caseOfTransfer(
  tx: Transaction,
  institutionId: number,
  transferId: string,
): Promise<string | undefined> {
  const [row] = await tx.query<{ case_id: string }>(
    'select case_id from case_transfer where institution_id = $1 and transfer_id = $2',
    [institutionId, transferId],
  );
  return row?.case_id;
}

export interface StoredDecision {
  readonly id: string;
  readonly caseId: string;
  readonly about: CaseDecision['about'];
  readonly inputs: string;
  readonly decision: string;
}

export async function insertDecision(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  made: {
    id: string;
    sequence: number;
    inputs: DecisionInputs;
    decided: CaseDecision;
    at: Instant;
    by: string;
  },
): Promise<void> {
  const { decided } = made;
  const text = canonicalJson(decided.decision);
  await tx.query(
    `insert into case_decision (institution_id, id, case_id, sequence, about, ruleset, inputs, decision,
       decision_hash, decided_at, decided_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000), $11)`,
    [
      institutionId,
      made.id,
      caseId,
      made.sequence,
      decided.about,
      decided.decision.ruleset,
      canonicalJson(made.inputs),
      text,
      `sha256:${sha256Hex(text)}`,
      made.at,
      made.by,
    ],
  );
}

export async function findDecision(
  tx: Transaction,
  institutionId: number,
  id: string,
): Promise<StoredDecision | undefined> {
  const [row] = await tx.query<{ case_id: string } & Omit<StoredDecision, 'caseId'>>(
    `select id, case_id, about, inputs, decision from case_decision where institution_id = $1 and id = $2`,
    [institutionId, id],
  );
  return row && { ...row, caseId: row.case_id };
}

export async function insertCompensation(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  paid: {
    proposalId: string;
    decisionId: string;
    accountId: bigint;
    postingKey: string;
    amountYen: Yen;
    at: Instant;
  },
): Promise<void> {
  await tx.query(
    `insert into case_compensation (institution_id, case_id, proposal_id, decision_id, account_id, posting_key,
       paid, lapsed, passed_over, paid_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $7, to_timestamp($8::float8 / 1000))`,
    [
      institutionId,
      caseId,
      paid.proposalId,
      paid.decisionId,
      paid.accountId,
      paid.postingKey,
      paid.amountYen,
      paid.at,
    ],
  );
}

export async function isCompensated(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from case_compensation where institution_id = $1 and case_id = $2',
    [institutionId, caseId],
  );
  return rows.length > 0;
}

/** What of the claims made so far has not been settled: it is no longer there to be claimed again. */
export async function outstandingYen(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  claimant: Side,
): Promise<Yen> {
  const [row] = await tx.query<{ open: string }>(
    `select coalesce(sum(s.amount - s.settled), 0)::text as open
     from case_recourse r join case_share s using (institution_id, case_id, number)
     where r.institution_id = $1 and r.case_id = $2 and r.claimant = $3`,
    [institutionId, caseId, claimant],
  );
  return BigInt(row?.open ?? '0');
}

export interface NewRecourse {
  readonly claimant: Side;
  readonly amountYen: Yen;
  readonly shares: readonly { readonly against: string; readonly amountYen: Yen }[];
  readonly decisionId: string;
  readonly documentId: string;
  readonly at: Instant;
  readonly by: string;
}

export async function insertRecourse(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  claim: NewRecourse,
): Promise<number> {
  const [row] = await tx.query<{ number: number }>(
    `insert into case_recourse (institution_id, case_id, number, claimant, amount, decision_id, document_id,
       claimed_at, claimed_by)
     select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, to_timestamp($7::float8 / 1000), $8
     from case_recourse where institution_id = $1 and case_id = $2 returning number`,
    [
      institutionId,
      caseId,
      claim.claimant,
      claim.amountYen,
      claim.decisionId,
      claim.documentId,
      claim.at,
      claim.by,
    ],
  );
  const number = row?.number ?? 0;
  for (const { against, amountYen } of claim.shares)
    await tx.query(
      `insert into case_share (institution_id, case_id, number, against, amount) values ($1, $2, $3, $4, $5)`,
      [institutionId, caseId, number, against, amountYen],
    );
  return number;
}

export interface OpenShare {
  readonly claimant: Side;
  readonly openYen: Yen;
}

export async function openShare(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  number: number,
  against: string,
): Promise<OpenShare | undefined> {
  const [row] = await tx.query<{ claimant: Side; open: string }>(
    `select r.claimant, (s.amount - s.settled)::text as open
     from case_recourse r join case_share s using (institution_id, case_id, number)
     where r.institution_id = $1 and r.case_id = $2 and r.number = $3 and s.against = $4`,
    [institutionId, caseId, number, against],
  );
  return row && { claimant: row.claimant, openYen: BigInt(row.open) };
}

export async function settleShare(
  tx: Transaction,
  { institutionId, caseId }: CaseName,
  { number, against, amountYen }: { number: number; against: string; amountYen: Yen },
): Promise<void> {
  await tx.query(
    `update case_share set settled = settled + $5
     where institution_id = $1 and case_id = $2 and number = $3 and against = $4`,
    [institutionId, caseId, number, against, amountYen],
  );
}

/** Enters a trial or a replay; returns how many this officer has made since `since`, this one included. */
export async function countProbe(
  tx: Transaction,
  institutionId: number,
  probe: { officer: string; act: string; subject: string; at: Instant; since: Instant },
): Promise<number> {
  await tx.query(
    `insert into case_probe (institution_id, officer, act, subject, probed_at)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))`,
    [institutionId, probe.officer, probe.act, probe.subject, probe.at],
  );
  const [row] = await tx.query<{ count: string }>(
    `select count(*)::text as count from case_probe
     where institution_id = $1 and officer = $2 and probed_at > to_timestamp($3::float8 / 1000)`,
    [institutionId, probe.officer, probe.since],
  );
  return Number(row?.count ?? 0);
}
