import type { ListCode } from '../domain/list.refusals.js';

export const listStatuses: Readonly<Record<ListCode, number>> = { list_cursor_invalid: 400 };
