export { GrantsModule } from './grants.module.js';
export { GrantsService } from './grants.service.js';
export { TokenRegistry } from './token-registry.js';
export type { ConsentGrant, EndCode, LiveToken, TokenBinding } from './domain/grant.js';
