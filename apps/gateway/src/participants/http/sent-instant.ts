import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

const DAY = '[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])';
const TIME = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,3})?';
const INSTANT = `^${DAY}T${TIME}(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])$`;

/** An instant that an intermediary sends, with its offset. */
export const SentInstant = (more: { readonly required?: boolean } = {}) =>
  applyDecorators(
    ApiProperty({ format: 'date-time', pattern: INSTANT, maxLength: 29, ...more }),
    Matches(new RegExp(INSTANT)),
  );
