import type { ClauseId } from '#libs/contracts';
import { instantToWire, type Instant, type Words } from '#libs/kernel';
import type { OfficialDocument } from '../../documents/index.js';
import { sectionsOf, type AgreementFile } from './agreement-file.js';
import type { Intermediary } from './intermediary.js';

/** Dates and registrations are written alike in both languages. */
const alike = (text: string): Words => ({ ja: text, en: text });
const PUBLIC: Words = { ja: '利用者各位', en: 'To users' };

/** Each institution decides for itself, also after this was issued; who has assented is listed with the version. */
const covered = ({ partyId }: Pick<AgreementFile, 'partyId'>): Words =>
  partyId === undefined
    ? {
        ja: 'この版に同意した金融機関（公表のページに一覧があります）',
        en: 'those that have assented to this version, as listed on its page',
      }
    : { ja: '発行者のみ', en: 'the issuer alone' };

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
          { label: { ja: '対象の金融機関', en: 'Institutions covered' }, value: covered(file) },
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
