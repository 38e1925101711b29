export type { Holder, ServiceState } from './domain/holder.js';
export { HoldersModule } from './holders.module.js';
export { HoldersService } from './holders.service.js';
