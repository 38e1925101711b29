import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Operation } from '../../../../../tools/campaigns/fuzz/operations.js';
import type {
  WireAnswer,
  WireRequest,
} from '../../../../../tools/campaigns/gateway-ground/door.js';
import {
  bodyOf,
  codeOf,
  type Software,
} from '../../../../../tools/campaigns/gateway-ground/software.js';
import {
  IDS_OF_TENANTS,
  idsTakenBy,
  NEEDS_A_FILING,
  placesOf,
  REFUSED_AS_NOBODYS,
  requestFor,
  routes,
  unknownPlaces,
} from './routes.js';
import { openWorld, type Ids, type Tenant, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

type Token = 'of the holder' | 'of its own';

/** Asks a route for `ids` with one of our tokens, or with one of the other intermediary's. */
async function ask(route: Operation, ids: Ids, token: Token, as: 'me' | 'stranger' = 'me') {
  const party = world[as];
  const tenant = as === 'me' ? world.mine : world.otherIntermediary;
  const bearer = token === 'of its own' ? party.own : tenant.tokens.accessToken;
  return signed(party.software, bearer, requestFor(route, ids));
}

function signed(software: Software, token: string, request: WireRequest): Promise<WireAnswer> {
  return world.send(software, () => {
    const { headers } = software.call(token, request.path, request.method);
    return { ...request, headers: { ...request.headers, ...headers } };
  });
}

const TOKENS: readonly Token[] = ['of the holder', 'of its own'];
/** The call was let in, and a rule of the business about our own thing said no. */
const JUDGED = new Set([409, 412, 422]);
const ownIds = (): Ids => ({ ...world.me.ids, ...world.mine.ids });

/** A bank's four digits stand in many a random id: only by themselves do they say anything. */
function tells(text: string, fact: string): boolean {
  const said = text.replace(/urn:uuid:[0-9a-f-]{36}/g, '');
  return /^[0-9]{4}$/.test(fact)
    ? new RegExp(`(?<![0-9A-Za-z_-])${fact}(?![0-9A-Za-z_-])`).test(said)
    : said.includes(fact);
}

/** What of another tenant an answer must not say; what the request itself said is no news. */
function expectNothingOf(tenant: Tenant, more: Ids, answer: WireAnswer, said: WireRequest): void {
  const sent = `${said.path} ${said.body ?? ''}`;
  const { person, tokens, ids } = tenant;
  const facts = [...Object.values({ ...ids, ...more }), tokens.consentId, person.loginId];
  const mine = new Set([...Object.values(ownIds()), undefined, '']);
  for (const fact of facts) {
    if (mine.has(fact) || sent.includes(fact!)) continue;
    expect({ fact, isTold: tells(answer.text, fact!) }).toEqual({ fact, isTold: false });
  }
}

const withoutInstance = (answer: WireAnswer) => ({ ...bodyOf(answer), instance: '' });

describe('T-21 an answer that is kept under a key', () => {
  const keyed = routes.filter(
    ({ id, parameters }) =>
      !NEEDS_A_FILING.includes(id) &&
      parameters.some(({ name }) => name.toLowerCase() === 'idempotency-key'),
  );

  test.each(keyed.map((route) => [route.id, route] as const))(
    'T-21 %s: the key of one intermediary replays nothing to another',
    async (_, route) => {
      const theirs: Ids = { ...world.stranger.ids, ...world.otherIntermediary.ids };
      const first = await ask(route, theirs, 'of its own', 'stranger');
      expect([route.id, first.status < 300 || JUDGED.has(first.status)]).toEqual([route.id, true]);
      const again = await ask(route, theirs, 'of its own', 'stranger');
      // A refusal is judged anew, and names the interaction that it belongs to.
      expect([again.status, withoutInstance(again)]).toEqual([
        first.status,
        withoutInstance(first),
      ]);
      for (const token of TOKENS) {
        const replayed = await ask(route, theirs, token);
        // What names nobody's id may have its own effect under the same key, and only that.
        if (idsTakenBy(route).length > 0) expect([403, 404]).toContain(replayed.status);
        expect(bodyOf(replayed)).not.toEqual(bodyOf(first));
      }
    },
  );

  test('T-21 the instruction of one intermediary is nothing to another', async () => {
    const { me, otherIntermediary, mine } = world;
    const path = `/v1/banks/${mine.ids['bankCode']}/transfers?instructionId=`;
    const theirs = String(otherIntermediary.ids['instructionId']);
    const seen = await world.send(me.software, () => me.software.call(me.own, `${path}${theirs}`));
    expect(seen.status).toBe(404);
  });
});

describe('T-08, T-20 every route, asked for what belongs to somebody else', () => {
  test('T-20 whose each parameter and member is, is known: a new one says so here', () => {
    const strange = routes.map((route) => [route.id, unknownPlaces(route)] as const);
    expect(strange.filter(([, names]) => names.length > 0)).toEqual([]);
    expect(routes.length).toBeGreaterThan(10);
  });

  test('T-20 every id is one that some route takes, and has a value that is another intermediary’s', () => {
    const taken = new Set(routes.flatMap(placesOf).map(({ id }) => id));
    expect(IDS_OF_TENANTS.filter((name) => !taken.has(name))).toEqual([]);
    const theirs: Ids = { ...world.stranger.ids, ...world.otherIntermediary.ids };
    expect(IDS_OF_TENANTS.filter((name) => !theirs[name])).toEqual([]);
  });

  test.each(routes.map((route) => [route.id, route] as const))(
    'T-08, T-20 %s',
    async (_, route) => {
      const taken = idsTakenBy(route);
      const foreign = taken.filter((name) => name !== 'bankCode');
      await anotherIntermediary(route, foreign);
      await anotherHolder(route, foreign);
      await anotherInstitution(route, taken);
      await itsOwn(route);
      await whatIsOnlySaid(route);
    },
  );

  /** Every id of the other intermediary, one at a time and all together, with each of our tokens. */
  async function anotherIntermediary(route: Operation, names: readonly string[]): Promise<void> {
    const theirs: Ids = { ...world.stranger.ids, ...world.otherIntermediary.ids };
    for (const name of [...names, 'all']) {
      if (names.length === 0 || (name !== 'all' && theirs[name] === undefined)) continue;
      const ids =
        name === 'all' ? { ...ownIds(), ...theirs } : { ...ownIds(), [name]: theirs[name]! };
      for (const token of TOKENS) await expectHidden(route, ids, token, world.otherIntermediary);
    }
  }

  /** Ids of our other holder: the token of this one leads nowhere; our own affairs may see both. */
  async function anotherHolder(route: Operation, names: readonly string[]): Promise<void> {
    const theirs = world.otherHolder.ids;
    for (const name of names) {
      if (theirs[name] === undefined) continue;
      const ids = { ...ownIds(), [name]: theirs[name] };
      await expectHidden(route, ids, 'of the holder', world.otherHolder);
    }
  }

  /** Our ids at another institution, and that institution's ids at ours. */
  async function anotherInstitution(route: Operation, names: readonly string[]): Promise<void> {
    const at = placesOf(route).find(({ id, isOnlySaid }) => id === 'bankCode' && !isOnlySaid);
    if (!at) return;
    // In one's own affairs every institution of the agreement may be named; none that it leaves out.
    const bankCode = at.in === 'path' ? world.otherInstitution.ids['bankCode']! : world.leftOut;
    const there = { ...ownIds(), bankCode };
    const tokens = at.in !== 'path' || names.length > 1 ? TOKENS : (['of the holder'] as const);
    for (const token of tokens) await expectHidden(route, there, token, world.otherInstitution);
    for (const name of names.filter((each) => each !== 'bankCode')) {
      const id = world.otherInstitution.ids[name];
      if (id === undefined || at.in !== 'path') continue;
      const ids = { ...ownIds(), [name]: id };
      for (const token of TOKENS) await expectHidden(route, ids, token, world.otherInstitution);
    }
  }

  /** What is not looked up leads nowhere: another's id is answered as one that is nobody's, and tells nothing. */
  async function whatIsOnlySaid(route: Operation): Promise<void> {
    const theirs: Ids = { ...world.stranger.ids, ...world.otherIntermediary.ids };
    for (const { id, isOnlySaid } of placesOf(route)) {
      if (!isOnlySaid) continue;
      const foreign = id === 'bankCode' ? world.leftOut : theirs[id]!;
      const nobodys = id === 'bankCode' ? '9999' : `${foreign.slice(0, -4)}0000`;
      const ids = { ...ownIds(), [id]: foreign };
      const answer = await ask(route, ids, 'of its own');
      const told = `${route.id} ${id} → ${answer.status}`;
      expect([told, answer.status < 500]).toEqual([told, true]);
      expectNothingOf(world.otherIntermediary, world.stranger.ids, answer, requestFor(route, ids));
      const refusal = REFUSED_AS_NOBODYS[route.id];
      if (refusal !== undefined) expect([route.id, codeOf(answer)]).toEqual([route.id, refusal]);
      if (route.method !== 'GET') continue;
      const unknown = await ask(route, { ...ownIds(), [id]: nobodys }, 'of its own');
      const { data, total } = bodyOf(answer);
      expect([answer.status, data, total]).toEqual([
        unknown.status,
        bodyOf(unknown)['data'],
        bodyOf(unknown)['total'],
      ]);
    }
  }

  async function expectHidden(route: Operation, ids: Ids, token: Token, whose: Tenant) {
    const answer = await ask(route, ids, token);
    const told = `${route.id} ${token} ${JSON.stringify(ids)} → ${answer.status}`;
    expect([told, [403, 404].includes(answer.status)]).toEqual([told, true]);
    expectNothingOf(whose, world.stranger.ids, answer, requestFor(route, ids));
  }

  /** The good call works for its owner, so that what was hidden above was hidden for the owner's sake. */
  async function itsOwn(route: Operation): Promise<void> {
    const statuses: number[] = [];
    for (const token of TOKENS) {
      const answer = await ask(route, ownIds(), token);
      statuses.push(answer.status);
      const said = requestFor(route, ownIds());
      expectNothingOf(world.otherIntermediary, world.stranger.ids, answer, said);
    }
    if (NEEDS_A_FILING.includes(route.id)) return;
    // Of some matters only the other intermediary has one: a contracted partner, and a request to stop it.
    const theirs: Ids = { ...world.stranger.ids, ...world.otherIntermediary.ids };
    if (!statuses.some(isServed))
      for (const token of TOKENS)
        statuses.push((await ask(route, theirs, token, 'stranger')).status);
    expect([route.id, statuses, statuses.some(isServed)]).toEqual([route.id, statuses, true]);
  }

  const isServed = (status: number): boolean => status < 300 || JUDGED.has(status);
});
