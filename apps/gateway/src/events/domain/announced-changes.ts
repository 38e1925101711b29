import { CivilDate } from '#libs/kernel';
import type { ApiChange } from './change-calendar.js';

/**
 * The change calendar of the API for intermediaries. Add an entry with the change that it announces; never
 * edit or remove one. `GET /v1/changes` and the events `change.announced` and `api.deprecated` come from it.
 */
export const announcedChanges: readonly ApiChange[] = [
  {
    id: '2026-11-api-v1',
    kind: 'addition',
    announcedOn: CivilDate.from('2026-11-22'),
    effectiveOn: CivilDate.from('2026-11-22'),
    affects: ['v1'],
    words: {
      ja: '電子決済等代行業者向け API v1 を公開しました。',
      en: 'Version 1 of the API for intermediaries is published.',
    },
  },
  {
    id: '2026-11-events',
    kind: 'addition',
    announcedOn: CivilDate.from('2026-11-22'),
    effectiveOn: CivilDate.from('2026-11-22'),
    affects: ['createSubscription', 'pollEvents', 'listDeliveries', 'getStatus', 'listOutages'],
    words: {
      ja: '出来事の通知（webhook とポーリング）、稼働状況、停止予定、変更予定を公開しました。',
      en: 'Events by webhook and by polling, status, outages and this calendar are published.',
    },
  },
];
