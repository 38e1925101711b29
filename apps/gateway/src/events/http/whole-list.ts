import type { LinksDto, MetaDto } from '../../platform/http/shapes.dto.js';

/** A list that is bounded by its nature: one page holds all of it. */
export const wholeList = <Item>(
  path: string,
  data: Item[],
): { data: Item[]; links: LinksDto; meta: MetaDto } => ({
  data,
  links: { self: path },
  meta: { count: data.length, hasMore: false },
});
