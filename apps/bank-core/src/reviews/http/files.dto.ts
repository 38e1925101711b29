import { ApiProperty } from '@nestjs/swagger';
import { FAMILIES, LEVELS, REACHES, WEIGHT_MAX } from '../domain/checklist-item.js';
import { DIVISIONS } from '../domain/divisions.js';
import { ItemAnswerDto, WordsDto } from './view.dto.js';

/** An item as a file holds it: the same keys as the columns of the table. */
export class FileItemDto {
  @ApiProperty({ maxLength: 10 }) itemId: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: DIVISIONS.length }) division: number;
  @ApiProperty({ enum: FAMILIES }) family: string;
  @ApiProperty({ maxLength: 1_000 }) goalJa: string;
  @ApiProperty({ maxLength: 1_000 }) goalEn: string;
  @ApiProperty({ maxLength: 1_000 }) exampleJa: string;
  @ApiProperty({ maxLength: 1_000 }) exampleEn: string;
  @ApiProperty({ enum: REACHES, isArray: true, maxItems: REACHES.length }) appliesTo: string[];
  @ApiProperty({ type: 'integer', enum: LEVELS }) levelRequired: number;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: WEIGHT_MAX }) weight: number;
  @ApiProperty() critical: boolean;
  @ApiProperty({ maxLength: 1_000 }) reference: string;
}

export class TemplateFileDto {
  @ApiProperty({ maxLength: 40 }) templateId: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({ type: WordsDto }) title: WordsDto;
  @ApiProperty({ type: [FileItemDto] }) items: FileItemDto[];
}

export class StandardFileDto {
  @ApiProperty({ pattern: '^[0-9]{4}$' }) bankCode: string;
  @ApiProperty({ maxLength: 8 }) version: string;
  @ApiProperty({ format: 'date' }) effectiveFrom: string;
  @ApiProperty({ maxLength: 71 }) contentHash: string;
  @ApiProperty({ type: [FileItemDto] }) items: FileItemDto[];
}

export class SubmissionFileDto {
  @ApiProperty({ maxLength: 30 }) submissionId: string;
  @ApiProperty({ maxLength: 31 }) epspId: string;
  @ApiProperty({ maxLength: 71 }) contentHash: string;
  @ApiProperty({ type: [FileItemDto] }) items: FileItemDto[];
  @ApiProperty({ type: [ItemAnswerDto] }) answers: ItemAnswerDto[];
}
