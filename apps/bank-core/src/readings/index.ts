export { ReadingsModule } from './readings.module.js';
export { ReadingsService } from './readings.service.js';
