import { stolen } from '../../../apps/bank-core/test/api/stolen-money.js';
import { partyOf, type Party } from '../../../apps/bank-core/test/api/transfer-stories.js';
import { aClaim as goodClaim } from '../../../apps/bank-core/test/api/case-walk.js';
import {
  ConsoleOfficer,
  type ConsoleAnswer,
} from '../../../apps/gateway/test/stories/console-officers.js';
import { elapsedMs, machineNow, pause, stopwatch } from '../../machine-clock.js';
import { seeded, type Random } from '../oracle/random.js';
import type { BankProcess } from './bank-process.js';
import { figuresOf, type KillFigures } from './kill-rounds.js';
import { CHUO } from './room.js';

const LOSS_YEN = 1_000n;
const CASES = '/cases/2963';
const FIRST_GUESS_MS = 60;
const STEPS = 4;

interface Ground {
  readonly bank: BankProcess;
  readonly one: ConsoleOfficer;
  readonly other: ConsoleOfficer;
  readonly holder: Party;
  /** How long each step took when it was answered at last: the next kill falls within it. */
  readonly typicalMs: number[];
}

/**
 * Claims from the report to the payment over the console's API of a real process, killed once in every step at a random
 * moment. Officers do what people do: they ask again until they are answered. The last word is the rows'.
 */
export async function processKills(
  bank: BankProcess,
  options: { readonly kills: number; readonly seed: number },
): Promise<{ figures: KillFigures; falls: number; rounds: number }> {
  const people = [
    new ConsoleOfficer(bank, 'chuo-compliance'),
    new ConsoleOfficer(bank, 'chuo-approver'),
  ] as const;
  for (const officer of people) await officer.logIn();
  const [one, other] = people;
  const holder = await partyOf(bank, CHUO, 'taro-2963');
  const typicalMs = Array.from({ length: STEPS }, () => FIRST_GUESS_MS);
  const ground: Ground = { bank, one, other, holder, typicalMs };
  const { seed, kills } = options;
  const named = `fall-${seed}-`;
  let rounds = 0;
  for (; bank.falls < kills; rounds += 1)
    await oneClaim(ground, `${named}${rounds}`, seeded(seed + rounds));
  await untilCarriedOut(bank, named, rounds);
  const figures = await figuresOf(bank.admin, { rounds, named, lossYen: LOSS_YEN });
  return { figures, falls: bank.falls, rounds };
}

/** Does a step while the server is killed at a random moment of it, then again until it is answered. */
async function fallen(
  { bank, typicalMs }: Ground,
  random: Random,
  step: number,
  ask: () => Promise<ConsoleAnswer>,
): Promise<ConsoleAnswer> {
  const usual = typicalMs[step] ?? FIRST_GUESS_MS;
  const killed = pause((usual * random.between(0, 110)) / 100).then(() => bank.fall());
  const cut = await ask().catch(() => undefined);
  await killed;
  if (cut) return cut;
  const since = stopwatch();
  const answer = await ask();
  typicalMs[step] = elapsedMs(since);
  return answer;
}

async function oneClaim(ground: Ground, reference: string, random: Random): Promise<void> {
  const { bank, one, other, holder } = ground;
  const now = machineNow();
  const happenedAt = new Date(now - 86_400_000).toISOString();
  const noticedAt = new Date(now - 3_600_000).toISOString();
  const id = await stolen(bank, holder, { at: happenedAt, amountYen: `${LOSS_YEN}` });
  const report = {
    origin: 'institution',
    reference,
    category: 'fraud',
    lossYen: `${LOSS_YEN}`,
    occurredAt: happenedAt,
    knownAt: noticedAt,
    holderId: holder.holderId,
    requestIds: [id],
  };
  const opened = await fallen(ground, random, 0, () => one.send('POST', CASES, report));
  const path = `${CASES}/${String(must(opened, 200)['caseId'])}`;
  const claim = goodClaim({
    notices: [{ id: 'n', at: noticedAt, kind: 'notice', tellsOfMisuse: true }],
    transfers: [{ id, happenedAt, amount: `${LOSS_YEN}`, fee: '0', interest: '0' }],
  });
  // Told again after a commit that nobody heard of, the version is taken: by the same facts.
  const facts = () => one.send('POST', `${path}/facts`, { seenVersion: 0, claim });
  must(await fallen(ground, random, 1, facts), 200, 409);
  const award = () => one.send('POST', `${path}/awards`, { factsVersion: 1 });
  const proposal = must(await fallen(ground, random, 2, award), 202);
  const decision = { decision: 'approve', contentHash: proposal['contentHash'] };
  const approve = () =>
    other.send('POST', `/proposals/${String(proposal['id'])}/decisions`, decision);
  must(await fallen(ground, random, 3, approve), 200, 409);
}

function must({ status, body }: ConsoleAnswer, ...expected: number[]): ConsoleAnswer['body'] {
  if (!expected.includes(status)) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}

/** The desk's own job takes up what was approved when the process died: until nothing is left to it. */
async function untilCarriedOut(bank: BankProcess, named: string, rounds: number): Promise<void> {
  const asked = stopwatch();
  for (;;) {
    const [row] = await bank.admin<{ paid: string }>(
      `select count(*) as paid from loss_case c join case_compensation m
         on m.institution_id = c.institution_id and m.case_id = c.id where c.reference like $1`,
      [`${named}%`],
    );
    if (Number(row?.paid ?? 0) === rounds || elapsedMs(asked) > 90_000) return;
    await pause(200);
  }
}
