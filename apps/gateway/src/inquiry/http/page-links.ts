import type { LinksDto } from '../../platform/http/shapes.dto.js';

type Members = Readonly<Record<string, string | number | undefined>>;

/** Links that the server builds, so that no client ever puts one together (users.md B 3). */
export const pageLinks = (path: string, asked: Members, next: string | undefined): LinksDto => ({
  self: `${path}${search(asked)}`,
  ...(next ? { next: `${path}${search({ ...asked, cursor: next })}` } : {}),
});

function search(members: Members): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(members))
    if (value !== undefined) params.set(name, String(value));
  return `?${params.toString()}`;
}
