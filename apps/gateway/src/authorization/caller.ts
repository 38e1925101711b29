import { interactionIdOf } from '#libs/platform';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Caller } from '../bank/index.js';
import type { RegisteredClient } from '../clients/index.js';

/** The party on whose behalf bank-core is asked, from an authorization request. */
export const callerOf = (
  ctx: KoaContextWithOIDC,
  client: RegisteredClient,
  chainPartnerId: string,
): Caller => ({
  clientId: client.clientId,
  epspId: client.epspId,
  chainPartnerId,
  interactionId: interactionIdOf(ctx.req),
});
