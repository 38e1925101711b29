import { CivilDate } from '#libs/kernel';
import { DEPRECATIONS, type Deprecation } from '../platform/http/deprecations.js';
import { announcedChanges } from './domain/announced-changes.js';
import type { ApiChange } from './domain/change-calendar.js';

/** What will go is said in one table; the calendar reads it, so that no deprecation is told by headers alone. */
export const changeOf = ({ method, route, since, sunset, link }: Deprecation): ApiChange => ({
  id: `${since.slice(0, 7)}-end-of-${method}-${route}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60),
  kind: 'removal',
  announcedOn: CivilDate.from(since),
  effectiveOn: CivilDate.from(sunset),
  affects: [`${method} ${route}`],
  words: {
    ja: `${method} ${route} を廃止します。${link} をご覧ください。`,
    en: `${method} ${route} will be retired; see ${link}.`,
  },
});

/** The change calendar as it is shown and told. */
export const changeCalendar: readonly ApiChange[] = [
  ...announcedChanges,
  ...DEPRECATIONS.map(changeOf),
];
