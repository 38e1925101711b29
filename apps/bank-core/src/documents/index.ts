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
export { DocumentSigner, isSealOf, isSigned } from './document-signer.js';
export { drawDocument, type DocumentForm } from './draw-document.js';
export { PdfDrawer } from './pdf/pdf-drawer.js';
export { AnswersDocument } from './http/answers-document.js';
export { DocumentsModule } from './documents.module.js';
export { DocumentsService, type DrawnDocument } from './documents.service.js';
