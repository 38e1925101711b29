import type Provider from 'oidc-provider';
import { LandingStore } from './storage/landing.store.pg.js';
import type { OneCommit } from './storage/one-commit.js';

const RESUME = /^\/authorize\/([\w-]{16,128})$/;

interface Finish {
  readonly store: OneCommit;
  /** The first seals what is kept of it, all open. */
  readonly keys: readonly [Buffer, ...Buffer[]];
  /** The library's cookie that binds the last step to the browser that began. */
  readonly cookieName: string;
  /** How long a code lives; its landing is of no use after that. */
  readonly seconds: number;
}

/**
 * The last step of a request ends the interaction, spends the pushed request and makes the code. A process that dies
 * in between would leave a holder who has agreed and a client who never learns of it; so all of it commits at once,
 * and an answer that is lost after the commit is given again to the browser that holds the request's cookie (T-05).
 */
export function finishInOneCommit(provider: Provider, finish: Finish): void {
  const landings = new LandingStore(finish.keys);
  provider.use(async (ctx, next) => {
    const uid = RESUME.exec(ctx.path)?.[1];
    if (!uid || ctx.cookies.get(finish.cookieName, { signed: true }) !== uid) return next();
    await finish.store.run(async (tx) => {
      await landings.lock(tx, uid);
      const landing = await landings.find(tx, uid);
      if (landing) {
        ctx.redirect(landing.location);
        ctx.status = landing.status;
        return;
      }
      await next();
      const location = ctx.response.get('location');
      if (location) await landings.keep(tx, uid, { status: ctx.status, location }, finish.seconds);
    });
  });
}
