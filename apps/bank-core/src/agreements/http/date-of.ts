import { CivilDate } from '#libs/kernel';
import { platformProblem } from '#libs/platform';

/** A civil date as it was written; 400 for one that no calendar has. */
export function dateOf(text: string): CivilDate {
  const date = CivilDate.parse(text);
  if (!date.ok) throw platformProblem('validation_failed');
  return date.value;
}
