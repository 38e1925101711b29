import type Provider from 'oidc-provider';
import { storyOf } from '#libs/platform';

const REFUSAL = /^([a-z][a-z_]{2,39}): /;

/**
 * Tells log and metrics how a request to the authorization server ended: who called, and the error. Where
 * the description begins with a refusal's own code, that one says more than OAuth's.
 */
export function tellStories(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    const story = storyOf(ctx.req);
    const client = ctx.oidc?.client?.clientId;
    if (client) story.client = client;
    const { error, error_description: words } = (ctx.body ?? {}) as Partial<
      Record<'error' | 'error_description', unknown>
    >;
    if (typeof error !== 'string') return;
    story.code = (typeof words === 'string' ? REFUSAL.exec(words)?.[1] : undefined) ?? error;
  });
}
