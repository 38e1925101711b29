import { elapsedMs, pause, stopwatch } from '../../machine-clock.js';
import type { WireRequest } from '../gateway-ground/door.js';
import { codeOf, type OwnTokens } from '../gateway-ground/software.js';
import type { Random } from '../oracle/random.js';
import { isGood, type Caller } from './caller.js';
import type { Replays } from './replays.js';
import type { Tally } from './tally.js';

const TOKEN_MS_MAX = 120_000;
const THINK_MS = 20;
/** Once in so many calls something is sent to two processes at once. */
const TWICE_EVERY = 4;
const REFRESH_EVERY = 8;

/** One grant in use: reads with a fresh proof each, now and then a new access token. */
export class Grantee {
  #accessToken: string;
  #since = stopwatch();

  constructor(
    private readonly caller: Caller,
    private readonly bankCode: string,
    readonly tokens: OwnTokens,
    private readonly random: Random,
    private readonly tally: Tally,
    private readonly replays: Replays,
  ) {
    this.#accessToken = tokens.accessToken;
  }

  async useUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      if (elapsedMs(this.#since) > TOKEN_MS_MAX || this.random.chance(REFRESH_EVERY)) {
        await this.refresh();
      } else if (this.random.chance(TWICE_EVERY)) await this.#readTwice();
      else await this.#read();
      await pause(THINK_MS);
    }
  }

  /** A refresh token that was handed out has to work for as long as its consent does. */
  async refresh(): Promise<boolean> {
    const { software } = this.caller;
    const form = { grant_type: 'refresh_token', refresh_token: this.tokens.refreshToken };
    const heard = await this.caller.call(() => software.post('/token', form));
    const { answer } = heard;
    this.tally.count('refreshes');
    if (!isGood(answer)) {
      this.tally.find('lost_grants', `a refresh was answered ${codeOf(answer)}`);
      return false;
    }
    this.#accessToken = software.tokensFrom(answer).accessToken;
    this.#since = stopwatch();
    this.tally.served();
    this.replays.keep('assertions', heard, this.caller);
    if (this.random.chance(TWICE_EVERY)) await this.#refreshTwice(form);
    return true;
  }

  /** What was handed out works to the end: a new token, and one read with it. */
  async useOnceMore(): Promise<void> {
    if (await this.refresh()) await this.#read();
  }

  async #read(): Promise<void> {
    const heard = await this.caller.call(() => this.#request());
    const { answer } = heard;
    this.tally.count('reads');
    if (answer.status === 200) {
      this.tally.served();
      this.replays.keep('proofs', heard, this.caller);
    } else this.tally.find('unexplained', `a read was answered ${codeOf(answer)}`);
  }

  /** T-10: one proof, two processes, one of which may be dying. */
  async #readTwice(): Promise<void> {
    await this.caller.sendTwice('proofs', this.#request());
  }

  async #refreshTwice(form: Record<string, string | undefined>): Promise<void> {
    await this.caller.sendTwice('assertions', this.caller.software.post('/token', form));
  }

  /** With its customer waiting: how often a resource is read while nobody does is counted by the day. */
  #request(): WireRequest {
    const path = `/v1/banks/${this.bankCode}/accounts`;
    const request = this.caller.software.call(this.#accessToken, path);
    return {
      ...request,
      headers: { ...request.headers, 'x-fapi-customer-ip-address': '192.0.2.7' },
    };
  }
}
