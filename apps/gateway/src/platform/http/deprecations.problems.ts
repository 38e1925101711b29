import { Problem } from '#libs/platform';
import { deprecationSentences, type DeprecationRefusal } from './deprecations.refusals.js';

export const deprecationStatuses: Readonly<Record<DeprecationRefusal, number>> = { retired: 410 };

/** What is left of an operation after its sunset, a day in Asia/Tokyo. */
export const retiredProblem = ({ sunset, link }: { sunset: string; link: string }): Problem =>
  new Problem(deprecationStatuses.retired, 'retired', deprecationSentences.retired, {
    facts: { sunset, successor: link },
  });
