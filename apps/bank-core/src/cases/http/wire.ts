import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsArray, ArrayMaxSize, IsIn, IsString, Length, Matches } from 'class-validator';
import { canonicalJson, type Instant } from '#libs/kernel';
import type { DecisionDto } from './answers/decision.dto.js';

const YEN = '^(?:0|[1-9][0-9]{0,12})$';

/** Whole yen as a decimal string, at most a trillion. */
export const WireYen = () =>
  applyDecorators(ApiProperty({ pattern: YEN }), Matches(new RegExp(YEN)));

export const WireText = (max: number, min = 1) =>
  applyDecorators(ApiProperty({ minLength: min, maxLength: max }), IsString(), Length(min, max));

/** Names of evidence: record lines, files, reports. */
export const WireEvidence = () =>
  applyDecorators(
    ApiProperty({ type: [String], maxItems: 50 }),
    IsArray(),
    ArrayMaxSize(50),
    IsString({ each: true }),
    Length(1, 200, { each: true }),
  );

/** In which form a document is drawn. */
export class FormQuery {
  @ApiProperty({ enum: ['pdf', 'html', 'json'], default: 'json', required: false })
  @IsIn(['pdf', 'html', 'json'])
  form: 'pdf' | 'html' | 'json' = 'json';
}

export const CASE_ID = /^case_[0-9a-hjkmnp-tv-z]{26}$/;

/** Well formed already; a day that does not exist is not a number and is refused by the library. */
export const instantOf = (text: string): Instant => Date.parse(text);

/** A value of the libraries as its canonical JSON reads: yen as strings, dates as YYYY-MM-DD. */
export const canonically = <Wire = DecisionDto>(value: unknown): Wire =>
  JSON.parse(canonicalJson(value)) as Wire;
