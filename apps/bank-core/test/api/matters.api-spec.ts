import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { beginReview, reviewMachine, stepReview, type ReviewEvent } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import { MattersService, type MatterName } from '../../src/matters/index.js';
import { startBankCore, type BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, SAIKAI } from './transfer-stories.js';

let bank: BankCoreUnderTest;
let matters: MattersService;
const asked: string[] = [];
const failing = { times: 0 };
const people = { institution: '2963', enteredBy: 'a@x', approvedBy: 'b@x' };

const kept = {
  machine: { ...reviewMachine, name: 'review-of-this-test' },
  step: stepReview,
  begin: ({ key }: MatterName, now: Instant) => beginReview('2963', key, now),
  onStep: (_: unknown, { stepped }: { stepped: { notices: readonly { kind: string }[] } }) => {
    if (failing.times > 0) {
      failing.times -= 1;
      return Promise.reject(new Error('the server died here'));
    }
    asked.push(...stepped.notices.map(({ kind }) => kind));
    return Promise.resolve();
  },
};

beforeAll(async () => {
  bank = await startBankCore();
  matters = bank.app.get(MattersService);
  matters.register(kept);
});
afterAll(() => bank.stop());

const matter = (key: string, institutionId = CHUO): MatterName => ({
  institutionId,
  machine: 'review-of-this-test',
  key,
});
const now = async (): Promise<Instant> => {
  const [row] = await bank.admin<{ at: string }>(
    'select floor(extract(epoch from renkei_now()) * 1000)::bigint as at',
  );
  return Number(row?.at) as Instant;
};
type Told<E> = E extends { type: string } ? Omit<E, 'id' | 'happenedAt'> : never;

async function tell(name: MatterName, told: Told<ReviewEvent>, id: string) {
  const at = await now();
  const event = { ...told, id, happenedAt: at } as ReviewEvent;
  return bank.database.inInstitution(name.institutionId, (tx) =>
    matters.tell(tx, kept, name, event, at),
  );
}
const stateOf = (name: MatterName) =>
  bank.database.inInstitution(name.institutionId, async (tx) =>
    matters.state(tx, kept, name, await now()),
  );

const submitted = {
  type: 'checklist_submitted',
  submissionId: 'sub_1',
  incompleteItems: [],
} as const;

test('I6 an event moves a matter once, and what was told is kept with its clauses', async () => {
  const name = matter('epsp_1');
  expect(await tell(name, submitted, 'e1')).toMatchObject({ ok: true });
  expect(await tell(name, submitted, 'e1')).toMatchObject({
    ok: false,
    refusal: { code: 'event_repeated' },
  });
  const history = await bank.database.inInstitution(CHUO, (tx) => matters.history(tx, name));
  expect(history).toMatchObject([{ version: 1, cameTo: 'FILED', clauses: ['RKN-S3a', 'RKN-S2'] }]);
  await expect(bank.admin('update matter_event set came_to = $1', ['x'])).rejects.toThrow();
});

test('what the machine refuses changes nothing, and a room that fails takes the step back', async () => {
  const name = matter('epsp_2');
  const found = {
    type: 'found_compliant',
    standardVersion: 'v1',
    attestBy: (await now()) + 1e9,
    ...people,
  };
  expect(await tell(name, found as never, 'e1')).toMatchObject({ ok: false });
  expect((await stateOf(name)).version).toBe(0);
  failing.times = 1;
  await expect(tell(name, submitted, 'e2')).rejects.toThrow('died');
  expect((await stateOf(name)).name).toBe('NO_CHECKLIST');
  expect(await tell(name, submitted, 'e2')).toMatchObject({ ok: true });
});

test('events told at once move it one after another', async () => {
  const name = matter('epsp_3');
  await tell(name, submitted, 'e1');
  const results = await Promise.all(
    ['e2', 'e3', 'e4'].map((id) => tell(name, { type: 'assessment_opened' }, id)),
  );
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await stateOf(name)).version).toBe(2);
});

test('T-20 another institution has a matter of its own', async () => {
  await tell(matter('epsp_4'), submitted, 'e1');
  expect((await stateOf(matter('epsp_4', SAIKAI))).version).toBe(0);
});

test('RKN-S3a a deadline is told when it has passed, once, also after a crash', async () => {
  const name = matter('epsp_5');
  await tell(name, submitted, 'e1');
  await tell(name, { type: 'assessment_opened' }, 'e2');
  const attestBy = (await now()) + 60_000;
  await tell(name, { type: 'found_compliant', standardVersion: 'v1', attestBy, ...people }, 'e3');
  await matters.tellDeadlines();
  expect((await stateOf(name)).version).toBe(3);
  await bank.admin(
    `update matter set state = jsonb_set(state, '{deadlines,0,dueAt}', to_jsonb($1::bigint)) where key = 'epsp_5'`,
    [(await now()) - 1000],
  );
  await bank.admin(
    `update matter_deadline set due_at = renkei_now() - interval '1 s' where key = 'epsp_5'`,
  );
  failing.times = 1;
  await expect(matters.tellDeadlines()).rejects.toThrow('died');
  await Promise.all([matters.tellDeadlines(), matters.tellDeadlines()]);
  expect(await stateOf(name)).toMatchObject({ version: 4, facts: { attestationDue: true } });
  expect(asked.filter((kind) => kind === 'attestation_due')).toHaveLength(1);
});
