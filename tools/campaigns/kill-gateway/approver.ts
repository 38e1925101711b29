import { approve, FormBrowser, type LocalFetch } from '../../http/index.js';
import { machineNow, pause } from '../../machine-clock.js';
import type { DemoPerson } from '../../start/seeds.js';
import type { WireRequest } from '../gateway-ground/door.js';
import { reading } from '../gateway-ground/consented.js';
import { codeOf, type OwnTokens, type PushedRequest } from '../gateway-ground/software.js';
import type { Stage } from '../gateway-ground/stage.js';
import type { Random } from '../oracle/random.js';
import { isGood, type Caller, type Heard } from './caller.js';
import type { Replays } from './replays.js';
import type { Tally } from './tally.js';

const RELOADS_MAX = 200;
const RELOAD_MS = 50;
/** Every second code is tried at two processes at once; its grant is then over, and rightly so. */
const TWICE_EVERY = 2;
/** Every third of the others is tried again after the process that took it was killed: its grant is over then. */
const REPLAYED_EVERY = 3;

/** One holder after the other agrees, while the process that serves the browser may die at any hop. */
export class Approver {
  constructor(
    private readonly stage: Stage,
    private readonly caller: Caller,
    private readonly person: DemoPerson,
    private readonly random: Random,
    private readonly tally: Tally,
    private readonly replays: Replays,
  ) {}

  /** Tokens of a new grant; undefined where the code was spent on purpose, or its answer was lost. */
  async approveOnce(): Promise<OwnTokens | undefined> {
    const pushed = await this.#push();
    const landedAt = await this.#walk(pushed);
    this.tally.count('approvals');
    if (!landedAt?.searchParams.has('code')) {
      const said = landedAt?.searchParams.get('error') ?? 'a page without a way on';
      this.tally.find('lost_grants', `the holder agreed, and the client got ${said}`);
      return undefined;
    }
    return this.random.chance(TWICE_EVERY)
      ? this.#redeemTwice(pushed, landedAt)
      : this.#redeem(pushed, landedAt);
  }

  async #push(): Promise<PushedRequest> {
    const { software } = this.caller;
    const made = software.request('accounts', reading(this.person.bankCode));
    if (this.random.chance(TWICE_EVERY)) {
      await this.caller.sendTwice('assertions', software.post('/par', made.params));
    }
    const heard = await this.caller.call(() => software.post('/par', made.params));
    const { answer } = heard;
    this.tally.count('pushes');
    if (answer.status !== 201) throw new Error(`A push was refused: ${codeOf(answer)}`);
    this.replays.keep('assertions', heard, this.caller);
    return software.pushedFrom(answer, made);
  }

  /** The holder reloads a page that did not come; only at bank-core are forms sent, and bank-core lives. */
  async #walk(pushed: PushedRequest): Promise<URL | undefined> {
    const { redirect_uri: end } = this.caller.software.client;
    const browser = new FormBrowser({
      fetch: reloading(this.stage.fetch, this.stage.origin),
      stopsAt: (url) => url.href.startsWith(end),
    });
    try {
      return (await approve(browser, pushed.url, this.person, machineNow)).landedAt;
    } catch (error) {
      this.tally.findings.push(`walk: ${(error as Error).message}`);
      return undefined;
    }
  }

  async #redeem(
    pushed: PushedRequest,
    landedAt: URL,
    wasTried = false,
  ): Promise<OwnTokens | undefined> {
    const { software } = this.caller;
    const form = software.exchange(pushed, landedAt);
    const exchange = (): WireRequest => software.post('/token', form);
    const heard = await this.caller.call(exchange);
    if (!isGood(heard.answer)) {
      this.#judgeLost(heard, wasTried);
      return undefined;
    }
    this.tally.count('grants');
    if (!this.random.chance(REPLAYED_EVERY)) return software.tokensFrom(heard.answer);
    // With a fresh assertion and proof: the code alone is what was used before.
    this.replays.keep('codes', heard, this.caller, exchange);
    return undefined;
  }

  /** A try whose answer was lost spent the code, and RFC 6749 ends what came of it. Nothing else explains a refusal. */
  #judgeLost({ answer, wasCut }: Heard, wasTried: boolean): void {
    const isSpent = (wasCut || wasTried) && codeOf(answer) === 'invalid_grant';
    if (isSpent) this.tally.count('cut_exchanges');
    else this.tally.find('lost_grants', `an exchange was answered ${codeOf(answer)}`);
  }

  async #redeemTwice(pushed: PushedRequest, landedAt: URL): Promise<OwnTokens | undefined> {
    const { software } = this.caller;
    const form = software.exchange(pushed, landedAt);
    const [first, second] = [software.post('/token', form), software.post('/token', form)];
    const { answers, wasCut } = await this.caller.sendBoth('codes', first, second);
    // Neither arrived, or both were lost: then the code is good once more, or has ended what came of it.
    return answers.some(isGood) ? undefined : this.#redeem(pushed, landedAt, wasCut);
  }
}

function reloading(fetch: LocalFetch, gatewayOrigin: string): LocalFetch {
  return async (url, init) => {
    const isOurs = new URL(url).origin === gatewayOrigin;
    for (let tries = 0; ; tries += 1) {
      const isLast = !isOurs || tries >= RELOADS_MAX;
      // Not told apart by `instanceof`: a test runs in a realm of its own, and its Error is not the network's.
      const tried = await fetch(url, init).then(
        (answer) => ({ answer }),
        (error: unknown) => ({ error }),
      );
      if ('answer' in tried && (isLast || tried.answer.status !== 503)) return tried.answer;
      if ('error' in tried && isLast) throw tried.error;
      await pause(RELOAD_MS);
    }
  };
}
