export type { PaperEntry, PaperKind } from './domain/paper-entry.js';
export { PapersModule } from './papers.module.js';
export { PapersService } from './papers.service.js';
