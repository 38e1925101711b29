import { CivilDate } from '#libs/kernel';
import type { Contract } from '../clause.js';
import { article03 } from './article-03-requests.js';
import { article04 } from './article-04-inquiry.js';
import { article05 } from './article-05-transfers.js';
import { article06 } from './article-06-e-mail.js';
import { article07 } from './article-07-one-time-password.js';
import { article08 } from './article-08-mail-password.js';
import { article09 } from './article-09-credentials-and-devices.js';
import { article10 } from './article-10-changes-of-registered-matters.js';
import { article11 } from './article-11-termination.js';
import { article12 } from './article-12-change-of-branch.js';
import { article13 } from './article-13-exclusions-of-liability.js';
import { article14 } from './article-14-misuse-of-stolen-passwords.js';
import { article15 } from './article-15-added-services.js';
import { article16 } from './article-16-suspension-of-services.js';
import { article17 } from './article-17-abolition-of-services.js';
import { article18 } from './article-18-subordinate-rules.js';
import { article19 } from './article-19-term-and-renewal.js';
import { article20 } from './article-20-change-of-terms.js';
import { article21 } from './article-21-law-and-court.js';
import { articles01to03Missing } from './articles-01-to-03-missing.js';

/**
 * The internet-banking terms, edition R4.7 (令和4年7月; the day of the month is presumed to be the
 * first). The articles in the order of the text, the lost part first.
 */
export const smTerms = {
  source: 'SM',
  name: { ja: 'インターネットバンキング利用規定', en: 'Internet-banking terms' },
  edition: 'R4.7',
  effectiveFrom: CivilDate.from('2022-07-01'),
  articles: [
    articles01to03Missing,
    article03,
    article04,
    article05,
    article06,
    article07,
    article08,
    article09,
    article10,
    article11,
    article12,
    article13,
    article14,
    article15,
    article16,
    article17,
    article18,
    article19,
    article20,
    article21,
  ],
} as const satisfies Contract;

export {
  article03,
  article04,
  article05,
  article06,
  article07,
  article08,
  article09,
  article10,
  article11,
  article12,
  article13,
  article14,
  article15,
  article16,
  article17,
  article18,
  article19,
  article20,
  article21,
  articles01to03Missing,
};
export { TOKEN_MAIL_FIELDS } from './article-07-one-time-password.js';
export { CHANGED_AT_TERMINAL } from './article-10-changes-of-registered-matters.js';
export * from './parameters.js';
export { smDefects, smReferences } from './cross-references.js';
export { smRegister } from './register.js';
