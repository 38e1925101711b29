import { Module } from '@nestjs/common';
import { DocumentsService } from './documents.service.js';
import { PdfDrawer } from './pdf/pdf-drawer.js';
import { DocumentStore } from './storage/document.store.pg.js';

@Module({ providers: [DocumentStore, PdfDrawer, DocumentsService], exports: [DocumentsService] })
export class DocumentsModule {}
