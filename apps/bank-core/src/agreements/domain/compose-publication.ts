import type { ClauseId } from '#libs/contracts';
import { instantToWire, type Instant, type Words } from '#libs/kernel';
import type { OfficialDocument } from '../../documents/index.js';
import { sectionsOf, type AgreementFile } from './agreement-file.js';
import type { Intermediary } from './intermediary.js';

/** Dates and registrations are written alike in both languages. */
const alike = (text: string): Words => ({ ja: text, en: text });
const PUBLIC: Words = { ja: '利用者各位', en: 'To users' };

/** The published part of one version as a signed document: parties, dates and the three items (RKN-0.1). */
export function composePublication(
  file: Omit<AgreementFile, 'coverage' | 'version'>,
  parties: { readonly issuer: Words; readonly intermediary: Intermediary },
  at: Instant,
): OfficialDocument {
  const { intermediary, issuer } = parties;
  return {
    kind: 'publication',
    title: {
      ja: '電子決済等代行業者との契約の公表',
      en: 'Publication of an agreement with an electronic payment intermediary',
    },
    issuedAt: instantToWire(at),
    issuer,
    addressee: PUBLIC,
    subject: file.id,
    parts: [
      {
        heading: { ja: '契約の当事者と期間', en: 'Parties and period' },
        clauses: ['RKN-0.1', 'RKN-0.2'],
        values: [
          {
            label: { ja: '電子決済等代行業者', en: 'Intermediary' },
            value: { ja: intermediary.nameJa, en: intermediary.nameEn },
          },
          { label: { ja: '登録', en: 'Registration' }, value: alike(intermediary.registration) },
          {
            label: { ja: '効力の始まり', en: 'In force from' },
            value: alike(file.effectiveFrom.toString()),
          },
          {
            label: { ja: '最後の日', en: 'Last day' },
            value: file.effectiveTo
              ? alike(file.effectiveTo.toString())
              : { ja: '定めなし', en: 'none set' },
          },
        ],
      },
      ...sectionsOf(file).map(({ title, clauses }) => ({
        heading: title,
        clauses: clauses.map(({ id }) => id as ClauseId),
        paragraphs: clauses.map(({ id, ja, en }) => ({
          ja: `【${id}】${ja}`,
          en: `[${id}] ${en}`,
        })),
      })),
    ],
  };
}
