import { Failure } from '../failure.js';
import { approve, FormBrowser, type LocalFetch } from '../http/index.js';
import { machineNow } from '../machine-clock.js';
import type { DemoPerson } from '../start/seeds.js';
import { approveByHand } from './by-hand.js';
import type { Installation } from './installation.js';
import type { ApiAnswer, Intermediary, Pushed, Tokens } from './intermediary.js';
import type { Narrator } from './narrator.js';
import type { FlowOptions } from './options.js';

/** Who plays, where, and who tells it. */
export interface Scene {
  readonly options: FlowOptions;
  readonly installation: Installation;
  readonly narrator: Narrator;
  readonly fetch: LocalFetch;
  readonly person: DemoPerson;
  readonly intermediary: Intermediary;
}

/** The holder decides on the bank's pages: by the built-in browser, or by hand with `--browser`. */
export async function approveAs(scene: Scene, pushed: Pushed): Promise<URL> {
  const { options, installation, narrator, fetch, person, intermediary } = scene;
  const redirectUri = intermediary.client.redirect_uri;
  if (options.isByHand) {
    return approveByHand(installation, redirectUri, pushed.url, person, narrator);
  }
  const browser = new FormBrowser({
    fetch,
    stopsAt: (url) => url.href.startsWith(redirectUri),
    language: options.language === 'en' ? 'en' : 'ja',
  });
  const landing = await approve(browser, pushed.url, person, machineNow, (page, act) =>
    narrator.line(`${page.title} → ${act}`),
  );
  return landing.landedAt;
}

/** The answer at the redirect address becomes a token, bound to our DPoP key. */
export const redeem = (scene: Scene, pushed: Pushed, landedAt: URL): Promise<Tokens> =>
  scene.narrator.step({ ja: 'トークンの発行', en: 'token' }, 'RFC 6749 4.1.3, RFC 9449 5', () =>
    scene.intermediary.redeem(pushed, landedAt),
  );

/** Reads one resource; a refusal ends the flow with its code. */
export async function read(
  scene: Scene,
  token: string,
  path: string,
  query: Record<string, string> = {},
): Promise<ApiAnswer['body']> {
  const answer = await scene.intermediary.get(token, path, query);
  if (answer.status === 200) return answer.body;
  const code = String(answer.body['code'] ?? answer.body['error'] ?? 'unknown');
  throw new Failure(
    {
      ja: `${path} は ${answer.status} (${code}) で断られました。`,
      en: `${path} was refused with ${answer.status} (${code}).`,
    },
    4,
  );
}
