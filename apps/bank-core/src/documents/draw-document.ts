import { accepted, type Refusal, type Result } from '#libs/kernel';
import type { SealedDocument } from './domain/document.js';
import { documentAsHtml, documentAsJson } from './domain/document-html.js';
import { layoutOf } from './domain/document-layout.js';
import type { DocumentRefusal } from './domain/document.refusals.js';
import type { PdfDrawer } from './pdf/pdf-drawer.js';

export type DocumentForm = 'pdf' | 'html' | 'json';

/** The bytes of a sealed document in one of its forms, the same each time. `document_too_large` beyond the bounds. */
export async function drawDocument(
  drawer: PdfDrawer,
  sealed: SealedDocument,
  form: DocumentForm,
): Promise<Result<Uint8Array, Refusal<DocumentRefusal>>> {
  if (form === 'pdf') return drawer.draw(layoutOf(sealed));
  const text = form === 'html' ? documentAsHtml(sealed) : documentAsJson(sealed);
  return accepted(new TextEncoder().encode(text));
}
