import type Provider from 'oidc-provider';
import { storyOf } from '#libs/platform';

const REFUSAL = /^([a-z][a-z_]{2,39}): /;

/** Whose software it is; nothing where it is none of an intermediary's. */
export type IntermediaryOf = (clientId: string) => Promise<string | undefined>;

/**
 * Tells log and metrics how a request to the authorization server ended: who called, and the error. Where
 * the description begins with a refusal's own code, that one says more than OAuth's.
 */
export function tellStories(provider: Provider, intermediaryOf: IntermediaryOf): void {
  provider.use(async (ctx, next) => {
    await next();
    const story = storyOf(ctx.req);
    const client = ctx.oidc?.client?.clientId;
    if (client) story.client = client;
    const { error, error_description: words } = (ctx.body ?? {}) as Partial<
      Record<'error' | 'error_description', unknown>
    >;
    // Whoever names a client without proving to be it makes no figure of that intermediary's (T-31).
    if (client && !story.isPage && error !== 'invalid_client')
      story.intermediary = await intermediaryOf(client).catch(() => undefined);
    if (typeof error !== 'string') return;
    story.code = (typeof words === 'string' ? REFUSAL.exec(words)?.[1] : undefined) ?? error;
  });
}
