export { AuditModule } from './audit.module.js';
export { DigestsModule } from './digests.module.js';
export { DigestsService, type DigestPage } from './digests.service.js';
export {
  digestHash,
  faultsOf,
  FEDERATION_SCOPE,
  NO_DIGEST,
  type AuditDigest,
  type DigestFault,
  type SignedDigest,
} from './domain/audit-digest.js';
export { rootOf } from './root-of.js';
export { digestFromWire, digestToWire, type DigestWire } from './domain/digest-wire.js';
export type { HeldRole } from './storage/audit.store.pg.js';
