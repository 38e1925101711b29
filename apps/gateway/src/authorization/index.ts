import type { RequestListener } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import type Provider from 'oidc-provider';
import { AddressGate, behindGate } from './http/address-gate.js';
import { OIDC_PROVIDER } from './oidc-provider.token.js';

export { AuthorizationModule } from './authorization.module.js';
export { dispatch, isOfferedWithCertificate } from './http/dispatch.js';
export { AddressGate } from './http/address-gate.js';
export { boundGuardedCalls, Door } from './http/door.js';
export { boundOpenCalls } from './http/open-calls.js';

/** The listener that answers the protocol's paths, once the application is initialised. */
export function protocolListener(app: INestApplicationContext): RequestListener {
  const answer = app.get<Provider>(OIDC_PROVIDER).callback();
  return behindGate(app.get(AddressGate), (request, response) => void answer(request, response));
}
export { OwnRates, type OwnRate } from './own-rates.js';
export type { Access } from './access.service.js';
export { CurrentAccess, Guarded } from './http/access.guard.js';
