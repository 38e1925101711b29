import type { LinksDto } from '../../platform/http/shapes.dto.js';

type Members = Readonly<Record<string, string | number | undefined>>;

/** The address of this page and, where there is one, of the next, with the filter of the first. */
export function pageLinks(path: string, members: Members, next: string | undefined): LinksDto {
  return {
    self: `${path}${search(members)}`,
    ...(next === undefined ? {} : { next: `${path}${search({ ...members, cursor: next })}` }),
  };
}

function search(members: Members): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(members))
    if (value !== undefined) params.set(name, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
