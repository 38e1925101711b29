export type { Holder, ServiceState } from './domain/holder.js';
export { HoldersModule } from './holders.module.js';
export {
  HoldersService,
  type ServiceStateChange,
  type ServiceStatePlug,
} from './holders.service.js';
