export type { RecordEntry } from './domain/record-entry.js';
export { RecordsModule } from './records.module.js';
export { RecordsService } from './records.service.js';
export type { KeptRecord } from './storage/record.store.pg.js';
