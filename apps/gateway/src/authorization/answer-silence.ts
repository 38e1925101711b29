import type Provider from 'oidc-provider';
import { isDatabaseSilence, platformSentences } from '#libs/platform';
import { errorPage, ERROR_PAGE_POLICY } from './http/error-page.js';

const RETRY_SECONDS = 2;
const CODE = 'temporarily_unavailable';
const DESCRIPTION = `${CODE}: ${platformSentences.temporarily_unavailable.en}`;

/**
 * The library takes a database that does not answer for a bug of its own and says 500. It is neither: the same call
 * may succeed in a moment, and whoever calls is told so. Registered first, so that it sees whatever comes back.
 */
export function answerSilence(provider: Provider): void {
  const silent = new WeakSet<object>();
  provider.on('server_error', (ctx, error) => {
    if (isDatabaseSilence(error)) silent.add(ctx);
  });
  provider.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (!isDatabaseSilence(error)) throw error;
      silent.add(ctx);
    }
    if (!silent.has(ctx)) return;
    ctx.status = 503;
    ctx.remove('location');
    ctx.set('retry-after', String(RETRY_SECONDS));
    if (ctx.accepts('json', 'html') === 'html') {
      ctx.set('content-security-policy', ERROR_PAGE_POLICY);
      ctx.type = 'html';
      ctx.body = errorPage(
        { error: CODE, description: DESCRIPTION, status: ctx.status },
        ctx.get('accept-language'),
      );
    } else {
      ctx.body = { error: CODE, error_description: DESCRIPTION };
    }
  });
}
