import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, Matches } from 'class-validator';

// From 1900 to 2999: at either end of what RFC 3339 can write, Tokyo would stand outside the calendar (T-31).
const DAY = '(?:19|2[0-9])[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])';
const TIME = '(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?';
const INSTANT = `^${DAY}T${TIME}(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])$`;

/** An instant that somebody sends: RFC 3339 with its offset, a day that exists, in a year that is ours. */
export const SentInstant = (
  more: { readonly required?: boolean; readonly description?: string } = {},
): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ format: 'date-time', pattern: INSTANT, maxLength: 35, ...more }),
    IsISO8601({ strict: true }),
    Matches(new RegExp(INSTANT)),
  );
