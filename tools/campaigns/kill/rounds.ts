import { createHash } from 'node:crypto';
import { Intermediary } from '../../flow/intermediary.js';
import { sampleTransfer } from '../../flow/sample-transfer.js';
import { elapsedMs, pause, stopwatch } from '../../machine-clock.js';
import type { DemoPerson } from '../../start/seeds.js';
import type { Arena, Victim } from './arena.js';
import { attempt, type Job, type Seen } from './attempt.js';
import { BankTime } from './bank-time.js';
import { consentState, judge, lastPosting, ledgerDifferences, readTruth } from './judge.js';

export interface RoundsOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly onRound?: (round: number, words: string) => void;
}

/** Keys as the issue names them; all but `rounds` must be 0. The others say what the rounds met. */
export interface KillFigures {
  rounds: number;
  lost: number;
  doubled: number;
  unexplained: number;
  formed: number;
  not_formed: number;
  consents: number;
  cut: number;
}

export interface KillResult {
  readonly figures: KillFigures;
  readonly findings: readonly string[];
}

const TRIES = 100;
/** The gateway says 503 until it has read the link states anew; people and clients come again. */
const TRIES_OF_A_HOLDER = 10;

/** A number from 0 to 1 that the seed and the round decide, so that a finding can be met again. */
function fraction(seed: number, round: number, purpose: string): number {
  const hash = createHash('sha256').update(`${seed} ${round} ${purpose}`).digest();
  return hash.readUInt32BE(0) / 0x1_0000_0000;
}

/**
 * Rounds of kill -9 in the middle of an approval or a transfer. After each the client does what a
 * real one does: it asks for the status by instruction id and, where nothing was fixed, sends the
 * same instruction again. Then the ledger's rows say what is true.
 */
export async function killRounds(arena: Arena, options: RoundsOptions): Promise<KillResult> {
  const findings: string[] = [];
  const figures: KillFigures = {
    rounds: 0,
    lost: 0,
    doubled: 0,
    unexplained: 0,
    formed: 0,
    not_formed: 0,
    consents: 0,
    cut: 0,
  };
  const time = new BankTime(arena.bankDatabaseUrl);
  const since = await lastPosting(arena.bankDatabaseUrl);
  const lengths = await typicalLengths(arena, time, figures);
  for (let round = 1; round <= options.rounds; round += 1) {
    const victim: Victim = round % 2 === 0 ? 'gateway' : 'bank';
    const isTransfer = fraction(options.seed, round, 'kind') < 0.7;
    const length = isTransfer ? lengths.transfer : lengths.approval;
    const delayMs = length * 1.1 * fraction(options.seed, round, 'delay');
    const person = arena.people[round % arena.people.length];
    if (!person) throw new Error('Nobody has an account where writes are offered.');
    const story = { arena, time, figures, person, victim, delayMs, name: `kill-${round}` };
    const words = isTransfer ? await transferRound(story) : await approvalRound(story);
    const line = `${round} ${victim} +${Math.round(delayMs)} ms: ${words}`;
    if (/lost|doubled|unexplained/.test(words)) findings.push(line);
    options.onRound?.(round, line);
    figures.rounds += 1;
  }
  const different = await ledgerDifferences(arena.bankDatabaseUrl, since, figures.formed);
  for (const [name, count] of Object.entries(different)) {
    if (count === 0) continue;
    figures.unexplained += Math.abs(count);
    findings.push(`ledger: ${name} ${count}`);
  }
  return { figures, findings };
}

interface Story {
  readonly arena: Arena;
  readonly time: BankTime;
  readonly figures: KillFigures;
  readonly person: DemoPerson;
  readonly victim: Victim;
  readonly delayMs: number;
  readonly name: string;
}

/** Runs the attempt, kills after the delay, and waits until both servers are back. */
async function cut(story: Story, job: Job): Promise<Seen> {
  const { arena, time, figures } = story;
  const trying = attempt(arena, time, job);
  await pause(story.delayMs);
  await arena.kill(story.victim);
  const seen = await trying;
  if (seen.fault !== undefined) figures.cut += 1;
  await arena.recovered();
  return seen;
}

async function transferRound(story: Story): Promise<string> {
  const { arena, time, person, figures } = story;
  const instructionId = newInstructionId(story.name);
  const detail = sampleTransfer(instructionId, person, arena.people);
  const job: Job = { scope: 'transfers', detail, person };
  const first = await cut(story, job);
  const before = await statusOf(arena, person.bankCode, instructionId);
  let isDone = first.landed || isFormed(before);
  // Nothing was fixed: the client sends the very same instruction again, and the holder confirms.
  for (let tries = 0; !isDone && tries < TRIES_OF_A_HOLDER; tries += 1) {
    const now = await statusOf(arena, person.bankCode, instructionId);
    if (now !== undefined && now !== 'RCVD' && now !== 'ACTC') break;
    isDone = (await attempt(arena, time, job)).landed;
    if (!isDone) await pause(300);
  }
  const status = await statusOf(arena, person.bankCode, instructionId);
  const truth = await readTruth(arena.bankDatabaseUrl, instructionId);
  const verdict = judge(truth, { done: isDone, status });
  figures[verdict] += 1;
  const facts = `${before ?? 'unknown'} → ${truth.status ?? 'unknown'} ${truth.statusReason ?? ''}`;
  return `transfer ${verdict} (${facts.trim()}; postings ${truth.postings}; ${first.fault ?? 'whole'})`;
}

async function approvalRound(story: Story): Promise<string> {
  const { arena, time, person, figures } = story;
  const job: Job = { scope: 'accounts', detail: readingOf(person.bankCode), person };
  const first = await cut(story, job);
  let seen = first;
  for (let tries = 0; !seen.redeemed && tries < TRIES_OF_A_HOLDER; tries += 1) {
    if (tries > 0) await pause(300);
    seen = await attempt(arena, time, job);
  }
  const id = String(seen.details[0]?.['consent_id'] ?? '');
  const state = await consentState(arena.bankDatabaseUrl, id);
  // What the holder agreed to must be there, and the token that came of it must open the accounts.
  const answer = await insistently(async () => {
    const status = await seen.readAccounts?.();
    if (status !== undefined && status >= 500) throw new Error(`status ${status}`);
    return status;
  });
  const isGood = seen.redeemed && state === 'authorised' && answer === 200;
  if (isGood) figures.consents += 1;
  else figures.unexplained += 1;
  const fault = seen.fault ?? first.fault ?? 'whole';
  return `approval ${isGood ? 'good' : 'unexplained'} (${state ?? 'no consent'}; read ${answer ?? '–'}; ${fault})`;
}

/** The status as the intermediary reads it; undefined is a 404: nothing of that id was received. */
async function statusOf(
  arena: Arena,
  bankCode: string,
  instructionId: string,
): Promise<string | undefined> {
  const answer = await insistently(async () => {
    const { gatewayOrigin, client, fetch } = arena;
    const intermediary = await Intermediary.discover(gatewayOrigin, client, fetch);
    const token = await intermediary.statusToken();
    const path = `/v1/banks/${bankCode}/transfers`;
    const { status, body } = await intermediary.get(token, path, { instructionId });
    if (status >= 500) throw new Error(`status ${status}`);
    return { status, body };
  });
  if (answer.status === 200) return String(answer.body['status']);
  if (answer.status === 404) return undefined;
  throw new Error(`The status of ${instructionId} is refused with ${answer.status}.`);
}

/** The listener is up before everything behind it is; a client asks again, and so do we. */
async function insistently<Value>(ask: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === TRIES) throw error;
      await pause(100);
    }
  }
}

const isFormed = (status: string | undefined): boolean => status === 'ACSP' || status === 'ACSC';

const readingOf = (bankCode: string): Job['detail'] => ({
  type: 'account_information',
  bank_code: bankCode,
  permissions: ['accounts_read', 'balances_read'],
  purpose: 'household_accounting',
  term_days: 30,
  chain_partner: 'none',
});

const newInstructionId = (name: string): string =>
  `${name}-${Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex')}`;

/** How long an undisturbed approval and transfer take here, so that kills fall inside them. */
async function typicalLengths(
  arena: Arena,
  time: BankTime,
  figures: KillFigures,
): Promise<{ approval: number; transfer: number }> {
  const [person] = arena.people;
  if (!person) throw new Error('Nobody has an account where writes are offered.');
  const measure = async (job: Job): Promise<number> => {
    const since = stopwatch();
    const seen = await attempt(arena, time, job);
    if (!seen.redeemed) throw new Error(`An undisturbed ${job.scope} failed: ${seen.fault}`);
    return elapsedMs(since);
  };
  const approval = await measure({ scope: 'accounts', detail: readingOf(person.bankCode), person });
  const detail = sampleTransfer(newInstructionId('calm'), person, arena.people);
  const transfer = await measure({ scope: 'transfers', detail, person });
  figures.formed += 1;
  return { approval, transfer };
}
