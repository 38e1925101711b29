import type { LinkMessage } from '#libs/bank-core-client';
import { elapsedMs, pause, stopwatch } from '../../machine-clock.js';
import { reading } from '../gateway-ground/consented.js';
import type { Door } from '../gateway-ground/door.js';
import type { GatewayNode } from '../gateway-ground/gateway-node.js';
import { codeOf, Software } from '../gateway-ground/software.js';
import type { Stage } from '../gateway-ground/stage.js';
import { ACCEPTED, REFUSALS } from './closings.js';
import type { Officers, StoppedLink } from './officers.js';
import {
  frozen,
  TamperedBank,
  untouched,
  withoutChanges,
  type Tampering,
} from './tampered-bank.js';

type StatesLine = Exclude<LinkMessage, { type: 'heartbeat' }>;

/** How long a node may trust its copy without news (design section 3). */
const LEASE_MS = 2_000;
/** A node may still serve from its copy for so long after a stop's commit (design section 3). */
export const BOUND_MS = 500;
/** What was on its way when the stream froze may still arrive. */
const UNDER_WAY_MS = 100;
const LOOK_MS = 15;
const LOOKS_MAX = 2_000;
/** No other part of the campaign stops links here. */
const BANK = '2972';

export interface CutOffOptions {
  readonly rounds: number;
  /** So long a node is watched after it closed; several beats, and in the long run longer than a lease. */
  readonly watchMs: number;
  /** Whether a node that served past its lease, or past the bound, is a finding; without it no time is judged. */
  readonly judgesTimes?: boolean;
}

export interface CutOffFigures {
  frozen_streams: number;
  /** From the moment the stream froze until the node had refused; it may serve for its lease. */
  frozen_closed_ms_max: number;
  /** From the commit of a stop whose change was lost until the next heartbeat told of it. */
  lost_change_closed_ms_max: number;
  restarts: number;
  /** Pushes that a node accepted although it could not know, or knew better. */
  served_blind: number;
  /** Pushes that were accepted because somebody replayed an old resume, or because a process began anew. */
  reopened: number;
}

export interface CutOffResult {
  readonly figures: CutOffFigures;
  readonly findings: readonly string[];
}

/** One more process of the gateway, whose stream is frozen, robbed of changes, replayed, and begun anew. */
export async function cutOff(
  stage: Stage,
  officers: Officers,
  { rounds, watchMs, judgesTimes = false }: CutOffOptions,
  onRound: (line: string) => void = () => undefined,
): Promise<CutOffResult> {
  const bank = await TamperedBank.before(stage);
  const { node, door } = await stage.anotherNode(bank.url);
  const [client] = stage.clients;
  if (!client) throw new Error('The seed makes three clients.');
  const software = new Software(client, stage.origin);
  const island = new Island({ officers, bank, node, door, software, watchMs, judgesTimes });
  try {
    await stage.ready(door);
    for (let round = 1; round <= rounds; round += 1) {
      await island.frozenStream();
      await island.lostChange();
      await island.replayedResume();
      await island.restarted();
      onRound(`cut off ${round}: ${JSON.stringify(island.figures)}`);
    }
    return { figures: island.figures, findings: island.findings };
  } finally {
    await bank.close();
  }
}

interface IslandParts {
  readonly officers: Officers;
  readonly bank: TamperedBank;
  readonly node: GatewayNode;
  readonly door: Door;
  readonly software: Software;
  readonly watchMs: number;
  readonly judgesTimes: boolean;
}

class Island {
  readonly findings: string[] = [];
  readonly figures: CutOffFigures = {
    frozen_streams: 0,
    frozen_closed_ms_max: 0,
    lost_change_closed_ms_max: 0,
    restarts: 0,
    served_blind: 0,
    reopened: 0,
  };
  readonly #link: StoppedLink;

  constructor(private readonly at: IslandParts) {
    this.#link = { bankCode: BANK, epspId: at.software.client.epsp_id };
  }

  /** The stream falls silent without breaking, and a stop commits meanwhile: the lease ends it. */
  async frozenStream(): Promise<void> {
    await this.#open();
    this.at.bank.tampering = frozen;
    const since = stopwatch();
    await this.#stop();
    const { closedMs, servedMs } = await this.#closed(since);
    this.figures.frozen_streams += 1;
    this.figures.frozen_closed_ms_max = Math.max(this.figures.frozen_closed_ms_max, closedMs);
    const isBlind = servedMs > LEASE_MS + UNDER_WAY_MS;
    if (isBlind && this.at.judgesTimes) this.#blind(`served ${servedMs} ms after it froze`);
    await this.#staysClosed('with a frozen stream', 'served_blind');
    this.at.bank.tampering = untouched;
    await this.#release();
  }

  /** T-19: the change is lost while heartbeats pass. They carry the version, and it is ahead. */
  async lostChange(): Promise<void> {
    await this.#open();
    this.at.bank.tampering = withoutChanges;
    await this.#stop();
    const { closedMs, servedMs } = await this.#closed(stopwatch());
    const { lost_change_closed_ms_max: most } = this.figures;
    this.figures.lost_change_closed_ms_max = Math.max(most, closedMs);
    const isBlind = servedMs > BOUND_MS;
    if (isBlind && this.at.judgesTimes) this.#blind(`served ${servedMs} ms after a lost change`);
    await this.#staysClosed('although its change was lost', 'served_blind');
    this.at.bank.tampering = untouched;
    await this.#release();
  }

  /** T-19: an old resume is said again, as a change and as a snapshot, while the link is stopped. */
  async replayedResume(): Promise<void> {
    await this.#open();
    const resumed = this.#lastChange();
    const old = this.#snapshotFrom(resumed);
    await this.#stop();
    await this.#closed(stopwatch());
    this.at.bank.inject(resumed);
    await this.#staysClosed('after an old resume', 'reopened');
    this.at.bank.tampering = replaying(old);
    this.at.bank.breakStreams();
    await this.#staysClosed('after an old snapshot', 'reopened');
    this.at.bank.tampering = untouched;
    this.at.bank.breakStreams();
    await this.#release();
  }

  /** A process that begins anew knows nothing: without a stream, and with an old snapshot, it stays closed. */
  async restarted(): Promise<void> {
    await this.#open();
    const old = this.#snapshotFrom(this.#lastChange());
    await this.#stop();
    await this.#closed(stopwatch());
    await this.at.node.kill();
    this.at.bank.tampering = frozen;
    await this.at.node.start();
    this.figures.restarts += 1;
    await this.#staysClosed('begun anew without a stream', 'reopened');
    this.at.bank.tampering = replaying(old);
    this.at.bank.breakStreams();
    await this.#staysClosed('begun anew with an old snapshot', 'reopened');
    this.at.bank.tampering = untouched;
    this.at.bank.breakStreams();
    await this.#staysClosed('begun anew, with the truth', 'reopened');
    await this.#release();
  }

  async #open(): Promise<void> {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      if ((await this.#push()) === ACCEPTED) return;
      await pause(LOOK_MS);
    }
    throw new Error('The node does not open again.');
  }

  /** When the node had refused, and when the last push began that it still served. */
  async #closed(since: number): Promise<{ closedMs: number; servedMs: number }> {
    let servedMs = 0;
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      const begunMs = Math.round(elapsedMs(since));
      if ((await this.#push()) !== ACCEPTED) {
        return { closedMs: Math.round(elapsedMs(since)), servedMs };
      }
      servedMs = begunMs;
      await pause(LOOK_MS);
    }
    throw new Error('The node never refuses.');
  }

  async #staysClosed(when: string, counter: 'served_blind' | 'reopened'): Promise<void> {
    const since = stopwatch();
    while (elapsedMs(since) < this.at.watchMs) {
      if ((await this.#push()) === ACCEPTED) {
        this.figures[counter] += 1;
        this.findings.push(`A stopped link was served ${when}.`);
        return;
      }
      await pause(LOOK_MS * 4);
    }
  }

  #blind(words: string): void {
    this.figures.served_blind += 1;
    this.findings.push(`The node ${words}.`);
  }

  async #stop(): Promise<void> {
    await (
      await this.at.officers.agreeOnStop(this.#link)
    )();
  }

  async #release(): Promise<void> {
    await (
      await this.at.officers.agreeOnRelease(this.#link)
    )();
  }

  #lastChange(): StatesLine {
    const found = this.at.bank.heard.findLast(
      (line): line is StatesLine => line.type === 'change' && line.bankCode === BANK,
    );
    if (!found) throw new Error('There was no change to replay.');
    return found;
  }

  #snapshotFrom(change: StatesLine): LinkMessage {
    return { ...change, type: 'snapshot' };
  }

  async #push(): Promise<string> {
    const { params } = this.at.software.request('accounts', reading(BANK));
    const answer = await this.at.software.ask(this.at.door, () =>
      this.at.software.post('/par', params),
    );
    if (answer.status === 201) return ACCEPTED;
    const code = codeOf(answer);
    if (!REFUSALS.has(code)) this.findings.push(`A push was answered ${code}.`);
    return code;
  }
}

/** Says the old snapshot in place of the fresh one; heartbeats and everything else pass. */
const replaying =
  (old: LinkMessage): Tampering =>
  (line, send) => {
    const isOfBank = line.type !== 'heartbeat' && line.bankCode === BANK;
    send(line.type === 'snapshot' && isOfBank ? old : line);
  };
