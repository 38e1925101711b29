import { setTimeout as sleep } from 'node:timers/promises';
import { assert } from '#libs/kernel';
import { openStaffDesk, type StaffDesk } from '../../../apps/bank-core/src/staff-desk.js';
import { machineNow } from '../../machine-clock.js';
import { consented } from '../gateway-ground/consented.js';
import { bodyOf, codeOf, Software } from '../gateway-ground/software.js';
import type { Door, WireAnswer } from '../gateway-ground/door.js';
import type { Stage } from '../gateway-ground/stage.js';
import { cloneConsent, leftOf, type Clone } from './clones.js';
import { TokenEnds } from './token-ends.js';

export interface EndsAsked {
  /** Ended one by one, each in a transaction of its own. */
  readonly steady: number;
  /** Ended all in one transaction, by the end of the holder's contract. */
  readonly burst: number;
  /** How many of the steady ones are under way at once. */
  readonly atOnce: number;
}

export interface Ends {
  readonly ended: number;
  /** Grants that lived on when the waiting was over. */
  readonly notGone: number;
  /** Usable pieces of ended grants that were left. */
  readonly left: number;
  /** Reads begun after the commit of the end that a process did not answer with 401. */
  readonly lateReads: number;
  readonly reads: number;
  /** Refreshes on ended grants that were not answered with `invalid_grant`. */
  readonly lateRefreshes: number;
  readonly refreshes: number;
  /** From the commit of the end until the grant was gone at the gateway. */
  readonly steadyMs: readonly number[];
  readonly burstMs: readonly number[];
}

/** So many of each kind are asked about beyond what every end is asked. */
const SAMPLE = 50;
const WAIT_MS = 20_000;
const MINATO = 'epsp_01j0000000000000000000mnat';
const LOGIN = 'taro-2963';

/** RKN-S1/c: ends many consents at the bank and looks when each is useless, and when its grant is gone. */
export async function endConsents(stage: Stage, asked: EndsAsked): Promise<Ends> {
  const client = stage.clients.find(({ epsp_id: id }) => id === MINATO);
  const person = stage.people.find(({ loginId }) => loginId === LOGIN);
  const [door] = stage.doors;
  assert(client && person && door, 'The demonstration has its software, its holder and a process.');
  const software = new Software(client, stage.origin);
  const tokens = await consented(stage, software, person, door);
  const { accessToken, refreshToken, consentId } = tokens;
  assert(consentId && refreshToken, 'A consent has its id and can be renewed.');
  const model = { accessToken, refreshToken, consentId };
  const clones = await cloneConsent(stage, model, asked.steady + asked.burst);
  const [steady, burst] = [clones.slice(0, asked.steady), clones.slice(asked.steady)];
  const ends = await TokenEnds.listen(stage);
  const desk = await openStaffDesk({ databaseUrl: stage.databases.bank.appUrl });
  try {
    const walk = new EndingWalk(stage, software, desk, ends, person.bankCode);
    await walk.mustLive([...steady.slice(0, 1), ...burst.slice(0, 1)]);
    const steadyAt = await walk.oneByOne(steady, asked.atOnce);
    const burstAt = burst.length === 0 ? 0 : await walk.allAtOnce(consentId);
    await walk.readEverywhere(burst.slice(0, SAMPLE));
    await untilGone(ends, clones);
    await walk.refreshEverywhere([...steady.slice(0, SAMPLE), ...burst.slice(0, SAMPLE)]);
    const msOf = (clone: Clone, from: number) => (ends.endOf(clone.tokenHash) ?? Infinity) - from;
    const steadyMs = steady.map((clone, i) => msOf(clone, steadyAt[i] ?? NaN));
    const burstMs = burst.map((clone) => msOf(clone, burstAt));
    return {
      ended: clones.length,
      notGone: [...steadyMs, ...burstMs].filter((ms) => !Number.isFinite(ms)).length,
      left: await leftOf(stage, clones),
      lateReads: walk.lateReads,
      reads: walk.reads,
      lateRefreshes: walk.lateRefreshes,
      refreshes: walk.refreshes,
      steadyMs,
      burstMs,
    };
  } finally {
    await desk.close();
    await ends.close();
  }
}

async function untilGone(ends: TokenEnds, clones: readonly Clone[]): Promise<void> {
  const since = ends.now();
  while (ends.now() - since < WAIT_MS) {
    if (clones.every(({ tokenHash }) => ends.endOf(tokenHash) !== undefined)) return;
    await sleep(20);
  }
}

/** The ends themselves, and the reads that have to fail from the commit on, at any process. */
class EndingWalk {
  lateReads = 0;
  reads = 0;
  lateRefreshes = 0;
  refreshes = 0;
  #turn = 0;

  constructor(
    private readonly stage: Stage,
    private readonly software: Software,
    private readonly desk: StaffDesk,
    private readonly ends: TokenEnds,
    private readonly bankCode: string,
  ) {}

  /** When each end had committed. */
  async oneByOne(clones: readonly Clone[], atOnce: number): Promise<number[]> {
    const committed: number[] = [];
    const work = clones.entries();
    const hand = async (): Promise<void> => {
      for (const [i, clone] of work) {
        await this.revoke(clone);
        committed[i] = this.ends.now();
        await this.read(clone);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, hand));
    return committed;
  }

  /** The holder's contract ends, and with it whatever is left of this holder's consents. */
  async allAtOnce(consentId: string): Promise<number> {
    const institutionId = await this.institutionId();
    await this.desk.database.inInstitution(institutionId, async (tx) => {
      const consent = await this.desk.consents.byId(tx, institutionId, consentId);
      assert(consent, 'The first consent is still there.');
      await this.desk.holders.moveServiceState(tx, {
        institutionId,
        holderId: consent.holderId,
        from: ['active'],
        to: 'terminated',
        at: machineNow(),
      });
    });
    return this.ends.now();
  }

  private async revoke({ consentId }: Clone): Promise<void> {
    const institutionId = await this.institutionId();
    const revoked = await this.desk.database.inInstitution(institutionId, (tx) =>
      this.desk.consents.revoke(tx, {
        institutionId,
        consentId,
        actor: 'holder',
        reason: 'withdrawn',
        at: machineNow(),
      }),
    );
    assert(revoked.ok, 'A living consent can be ended.');
  }

  /** That what follows is the work of the end: both tokens of these serve at every process before it. */
  async mustLive(clones: readonly Clone[]): Promise<void> {
    for (const clone of clones)
      for (const door of this.stage.doors) {
        const read = await this.readAt(door, clone);
        assert(read.status === 200, `A living consent cannot be read: ${codeOf(read)}`);
        const renewed = await this.refreshAt(door, clone);
        assert(renewed.status === 200, `A living grant is not renewed: ${codeOf(renewed)}`);
      }
  }

  /** At every process at once: what is asked first meets it before it has heard of the end. */
  async readEverywhere(clones: readonly Clone[]): Promise<void> {
    await Promise.all(
      this.stage.doors.map(async (door) => {
        for (const clone of clones) this.judgeRead(await this.readAt(door, clone));
      }),
    );
  }

  async refreshEverywhere(clones: readonly Clone[]): Promise<void> {
    for (const clone of clones)
      for (const door of this.stage.doors) {
        const answer = await this.refreshAt(door, clone);
        this.refreshes += 1;
        const isRefused = answer.status === 400 && bodyOf(answer)['error'] === 'invalid_grant';
        if (!isRefused) this.lateRefreshes += 1;
      }
  }

  private async read(clone: Clone): Promise<void> {
    const { doors } = this.stage;
    this.#turn += 1;
    const door = doors[this.#turn % doors.length];
    assert(door, 'There is a process to ask.');
    this.judgeRead(await this.readAt(door, clone));
  }

  private judgeRead({ status }: WireAnswer): void {
    this.reads += 1;
    if (status !== 401) this.lateReads += 1;
  }

  private readAt(door: Door, { accessToken }: Clone): Promise<WireAnswer> {
    const path = `/v1/banks/${this.bankCode}/accounts`;
    return this.software.ask(door, () => this.software.call(accessToken, path));
  }

  private refreshAt(door: Door, { refreshToken }: Clone): Promise<WireAnswer> {
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    return this.software.ask(door, () => this.software.post('/token', form));
  }

  private async institutionId(): Promise<number> {
    const institution = await this.desk.institutions.byBankCode(this.bankCode);
    assert(institution, `There is no bank ${this.bankCode}.`);
    return institution.id;
  }
}
