export { MattersModule } from './matters.module.js';
export { MattersService, type KeptMachine, type TakenStep } from './matters.service.js';
export type { MatterEvent, MatterName } from './storage/matter.store.pg.js';
