import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { Problem } from '#libs/platform';
import { LinksDto, MetaDto } from '../../platform/http/shapes.dto.js';
import type { ListCursor } from '../../platform/list-cursor.js';
import { listSentences } from '../domain/list.refusals.js';
import { listStatuses } from './list.problems.js';

const LIMIT_DEFAULT = 100;

export class PageQuery {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 500, default: 100, required: false })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;

  @ApiProperty({ maxLength: 200, pattern: '^[A-Za-z0-9_.-]+$', required: false })
  @IsOptional()
  @MaxLength(200)
  @Matches(/^[A-Za-z0-9_.-]+$/)
  cursor?: string;
}

/** Of lists whose entries are large: bank-core hands out a hundred of them at a time. */
export class ShortPageQuery extends PageQuery {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 99, default: 50, required: false })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(99)
  override limit?: number = 50;
}

/** What every list has beside its entries. */
export class PageDto {
  @ApiProperty({ type: LinksDto })
  links: LinksDto;
  @ApiProperty({ type: MetaDto })
  meta: MetaDto;
}

interface ListOf<Entry> {
  readonly path: string;
  readonly cursors: ListCursor;
  /** Whose list it is: a cursor opens it for nobody else. */
  readonly owner: string;
  /** Asks for up to `limit` entries, the newest first, behind the one called `before`. */
  readonly read: (part: {
    before?: string | undefined;
    limit: number;
  }) => Promise<readonly Entry[]>;
  readonly keyOf: (entry: Entry) => string;
}

/** One page of a list that is read by keyset. Refuses with `list_cursor_invalid`. */
export async function pageOf<Entry>(
  { path, cursors, owner, read, keyOf }: ListOf<Entry>,
  { limit = LIMIT_DEFAULT, cursor }: PageQuery,
): Promise<{ data: readonly Entry[]; links: LinksDto; meta: MetaDto }> {
  const before = cursor === undefined ? undefined : cursors.open([owner], cursor);
  if (cursor !== undefined && before === undefined) {
    const code = 'list_cursor_invalid';
    throw new Problem(listStatuses[code], code, listSentences[code]);
  }
  // One more than the page holds says whether there is a next one.
  const found = await read({ before, limit: limit + 1 });
  const data = found.slice(0, limit);
  const last = found.length > limit ? data.at(-1) : undefined;
  const next = last && cursors.seal([owner], keyOf(last));
  return {
    data,
    links: {
      self: search(path, { limit, cursor }),
      ...(next ? { next: search(path, { limit, cursor: next }) } : {}),
    },
    meta: { count: data.length, hasMore: next !== undefined },
  };
}

/** A list that is bounded by its nature: one page holds all of it. */
export const wholePage = <Entry>(path: string, data: Entry[]) => ({
  data,
  links: { self: `/${path}` },
  meta: { count: data.length, hasMore: false },
});

function search(
  path: string,
  members: Readonly<Record<string, string | number | undefined>>,
): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(members))
    if (value !== undefined) params.set(name, String(value));
  return `/${path}?${params.toString()}`;
}
