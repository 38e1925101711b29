import { accepted, refused, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import type { PublishedHeading, PublishedVersion } from '../facts/agreement.js';

/** The three headings, in the order of the published text. Source: RKN-0.1. */
export const PUBLISHED_HEADINGS: readonly PublishedHeading[] = [
  'loss_sharing',
  'user_information',
  'chain_connection',
];

/** May this version be published? Refuses with the headings that are absent or empty. RKN-0.1. */
export function mayPublish(
  version: PublishedVersion,
): Result<PublishedVersion, Refusal<'section_missing'>> {
  const missing = PUBLISHED_HEADINGS.filter(
    (heading) =>
      !version.sections.some(
        (section) => section.heading === heading && section.text.trim() !== '',
      ),
  );
  if (missing.length === 0) return accepted(version);
  return refused('section_missing', { clause: 'RKN-0.1', facts: { missing } });
}

/** The version that readers see on `date`: the latest that has begun. None before the first. */
export const publishedOn = (
  versions: readonly PublishedVersion[],
  date: CivilDate,
): PublishedVersion | undefined =>
  versions
    .filter(({ effectiveFrom }) => !effectiveFrom.isAfter(date))
    .sort((a, b) => a.effectiveFrom.compare(b.effectiveFrom))
    .at(-1);
