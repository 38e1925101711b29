import { elapsedMs, pause, stopwatch } from '../../machine-clock.js';
import type { WireRequest } from '../gateway-ground/door.js';
import { codeOf, type OwnTokens } from '../gateway-ground/software.js';
import type { Random } from '../oracle/random.js';
import { isGood, type Caller } from './caller.js';
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
    const { answer } = await this.caller.call(() => software.post('/token', form));
    this.tally.count('refreshes');
    if (!isGood(answer)) {
      this.tally.find('lost_grants', `a refresh was answered ${codeOf(answer)}`);
      return false;
    }
    this.#accessToken = software.tokensFrom(answer).accessToken;
    this.#since = stopwatch();
    this.tally.served();
    if (this.random.chance(TWICE_EVERY)) await this.#refreshTwice(form);
    return true;
  }

  async #read(): Promise<void> {
    const { answer } = await this.caller.call(() => this.#request());
    this.tally.count('reads');
    if (answer.status === 200) this.tally.served();
    else this.tally.find('unexplained', `a read was answered ${codeOf(answer)}`);
  }

  /** T-10: one proof, two processes, one of which may be dying. */
  async #readTwice(): Promise<void> {
    const answers = await this.caller.sendTwice(this.#request());
    if (answers.filter(isGood).length > 1) this.tally.find('accepted_twice', 'a proof at the API');
  }

  async #refreshTwice(form: Record<string, string | undefined>): Promise<void> {
    const answers = await this.caller.sendTwice(this.caller.software.post('/token', form));
    if (answers.filter(isGood).length > 1) {
      this.tally.find('accepted_twice', 'an assertion and a proof at the token endpoint');
    }
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
