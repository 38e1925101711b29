import type { RequestListener } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import type Provider from 'oidc-provider';
import { OIDC_PROVIDER } from './oidc-provider.token.js';

export { AuthorizationModule } from './authorization.module.js';
export { dispatch, isOfferedWithCertificate } from './http/dispatch.js';

/** The listener that answers the protocol's paths, once the application is initialised. */
export const protocolListener = (app: INestApplicationContext): RequestListener =>
  app.get<Provider>(OIDC_PROVIDER).callback();
export type { Access } from './access.service.js';
export { CurrentAccess, Guarded } from './http/access.guard.js';
