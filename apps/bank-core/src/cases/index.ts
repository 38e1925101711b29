export { CasesModule } from './cases.module.js';
export { CasesService, type Acceptance, type Settlement } from './cases.service.js';
export { ClaimsService } from './claims.service.js';
export type { LossReport, Origin } from './domain/case-report.js';
export { caseSentences, type CaseRefusal } from './domain/case.refusals.js';
export type { CaseName } from './storage/case.store.pg.js';
