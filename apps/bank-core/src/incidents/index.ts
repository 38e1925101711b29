export { IncidentsModule } from './incidents.module.js';
export { IncidentsService } from './incidents.service.js';
