export { ChangesModule } from './changes.module.js';
export { OutagesModule } from './outages.module.js';
export { OutagesService, type EnterOutage } from './outages.service.js';
export { stateOfOutage, type Outage } from './domain/outage.js';
export { outageSentences, type OutageRefusal } from './domain/outage.refusals.js';
