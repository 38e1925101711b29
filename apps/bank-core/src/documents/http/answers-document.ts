import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiProduces,
  ApiProperty,
  getSchemaPath,
} from '@nestjs/swagger';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { DOCUMENT_KINDS } from '../domain/document.js';

export class DocumentWordsDto {
  @ApiProperty() ja: string;
  @ApiProperty() en: string;
}

export class LabelledValueDto {
  @ApiProperty({ type: DocumentWordsDto }) label: DocumentWordsDto;
  @ApiProperty({ type: DocumentWordsDto }) value: DocumentWordsDto;
}

const WORDS = { $ref: getSchemaPath(DocumentWordsDto) };

@ApiExtraModels(DocumentWordsDto)
export class DocumentTableDto {
  @ApiProperty({ type: [DocumentWordsDto] }) columns: DocumentWordsDto[];
  @ApiProperty({ type: 'array', items: { type: 'array', items: WORDS } })
  rows: DocumentWordsDto[][];
}

export class DocumentPartDto {
  @ApiProperty({ type: DocumentWordsDto }) heading: DocumentWordsDto;
  @ApiPropertyOptional({ type: [String], description: 'The clauses that it rests on' })
  clauses?: string[];
  @ApiPropertyOptional({ type: [DocumentWordsDto] }) paragraphs?: DocumentWordsDto[];
  @ApiPropertyOptional({ type: [LabelledValueDto] }) values?: LabelledValueDto[];
  @ApiPropertyOptional({ type: DocumentTableDto }) table?: DocumentTableDto;
}

export class OfficialDocumentDto {
  @ApiProperty({ enum: DOCUMENT_KINDS }) kind: string;
  @ApiProperty({ type: DocumentWordsDto }) title: DocumentWordsDto;
  @ApiProperty({ format: 'date-time' }) issuedAt: string;
  @ApiProperty({ type: DocumentWordsDto }) issuer: DocumentWordsDto;
  @ApiProperty({ type: DocumentWordsDto }) addressee: DocumentWordsDto;
  @ApiProperty({ description: 'A case, a link, a claim, by id' }) subject: string;
  @ApiProperty({ type: [DocumentPartDto] }) parts: DocumentPartDto[];
}

export class DocumentSealDto {
  @ApiProperty({ pattern: '^doc_' }) id: string;
  @ApiProperty({ pattern: '^sha256:[0-9a-f]{64}$' }) hash: string;
  @ApiProperty() keyId: string;
  @ApiProperty({ description: 'Ed25519 over the canonical JSON, base64url' }) signature: string;
}

export class SealedDocumentDto {
  @ApiProperty({ type: OfficialDocumentDto }) document: OfficialDocumentDto;
  @ApiProperty({ type: DocumentSealDto }) seal: DocumentSealDto;
}

const drawn = { schema: { type: 'string', format: 'binary', maxLength: 20_000_000 } };

/** The three forms of a document; each is the same bytes every time. */
export const AnswersDocument = () =>
  applyDecorators(
    ApiExtraModels(SealedDocumentDto),
    ApiProduces('application/pdf', 'text/html', 'application/json'),
    ApiOkResponse({
      description: 'The document as it was issued, with its hash and signature',
      content: {
        'application/pdf': drawn,
        'text/html': drawn,
        'application/json': { schema: { $ref: getSchemaPath(SealedDocumentDto) } },
      },
    }),
  );
