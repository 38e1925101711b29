import { problemOf, type Problem } from '#libs/platform';
import { pageSentences, type PageRefusal } from './page.refusals.js';

const statuses: Readonly<Record<PageRefusal, number>> = {
  handle_unknown: 404,
  handle_used: 410,
  session_missing: 403,
  form_not_ours: 403,
  form_malformed: 400,
};

export const pageProblem = (code: PageRefusal): Problem =>
  problemOf({ code }, statuses, pageSentences);
