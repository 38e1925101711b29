import {
  chainConnection,
  informationSecurity,
  liability,
  mayPublish,
  publishedOn,
  type PublishedHeading,
  type PublishedVersion,
} from '#libs/contracts';
import { assert, type CivilDate, type Words } from '#libs/kernel';

/** One version of an agreement that covers an institution, as its register row says. */
export interface AgreementVersion {
  readonly id: string;
  readonly intermediaryId: string;
  readonly version: number;
  readonly effectiveFrom: CivilDate;
  readonly effectiveTo: CivilDate | undefined;
}

export interface NoticeClause extends Words {
  readonly id: string;
}

export interface NoticeSection {
  readonly heading: PublishedHeading;
  readonly title: Words;
  readonly clauses: readonly NoticeClause[];
}

const PARTS = [
  ['loss_sharing', liability],
  ['user_information', informationSecurity],
  ['chain_connection', chainConnection],
] as const;

/** The three headings in our own words, clause by clause; the contract itself is the Japanese original. */
export const NOTICE_SECTIONS: readonly NoticeSection[] = PARTS.map(([heading, part]) => ({
  heading,
  title: { ja: part.title.ja, en: part.title.en },
  clauses: part.clauses.map(({ id, ja, en }) => ({ id, ja, en })),
}));

/** The version as the rule reads it. */
export const asPublished = (
  version: Pick<AgreementVersion, 'id' | 'effectiveFrom'>,
  sections: readonly NoticeSection[] = NOTICE_SECTIONS,
): PublishedVersion => ({
  id: version.id,
  effectiveFrom: version.effectiveFrom,
  sections: sections.map(({ heading, clauses }) => ({
    heading,
    text: clauses.map(({ ja }) => ja).join('\n'),
  })),
});

/**
 * Which version of one intermediary's agreements readers see on `date`: the latest that has begun, unless
 * it has ended. A version that lacks one of the three headings is a bug of ours, never published half.
 * Source: RKN-0.1.
 */
export function noticeOn(
  versions: readonly AgreementVersion[],
  date: CivilDate,
): AgreementVersion | undefined {
  const published = versions.map((version) => {
    const may = mayPublish(asPublished(version));
    assert(may.ok, `Agreement ${version.id} lacks a heading that has to be published.`);
    return may.value;
  });
  const current = publishedOn(published, date);
  const found = versions.find(({ id }) => id === current?.id);
  return found?.effectiveTo?.isBefore(date) ? undefined : found;
}
