export { ChainMatter, chainKeyOf } from './chain-matter.js';
export { measureSentences, type MeasureRefusal } from './domain/measure.refusals.js';
export { measureStatuses } from './http/measure.problems.js';
export { LettersService } from './letters.service.js';
export { MeasuresModule } from './measures.module.js';
export { ReviewMatter } from './review-matter.js';
export { ProceduresModule } from './procedures.module.js';
export { ReviewSteps } from './review-steps.js';
