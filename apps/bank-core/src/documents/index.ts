export {
  alike,
  words,
  type DocumentKind,
  type DocumentPart,
  type DocumentSeal,
  type DocumentTable,
  type LabelledValue,
  type OfficialDocument,
  type SealedDocument,
} from './domain/document.js';
export { documentSentences, type DocumentRefusal } from './domain/document.refusals.js';
export { isSealOf } from './document-signer.js';
export { DocumentsModule } from './documents.module.js';
export { DocumentsService, type DocumentForm, type DrawnDocument } from './documents.service.js';
