import type { CivilDate } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { DisclosureQuestion, DisclosureUse } from '../domain/disclosure-cap.js';

export interface DisclosureKey {
  readonly institutionId: number;
  readonly on: CivilDate;
  readonly question: DisclosureQuestion;
  /** The id of a consent or of an intermediary. */
  readonly subject: string;
}

const valuesOf = ({ institutionId, on, question, subject }: DisclosureKey) => [
  institutionId,
  on.toString(),
  question,
  subject,
];

/** The asker's count of the day, locked until the transaction ends: two askers at once are counted in turn. */
export async function lockUse(tx: Transaction, key: DisclosureKey): Promise<DisclosureUse> {
  const [row] = await tx.query<{ answers: number; misses: number }>(
    `insert into disclosure_use (institution_id, on_date, question, subject) values ($1, $2, $3, $4)
     on conflict (institution_id, on_date, question, subject)
       do update set answers = disclosure_use.answers
     returning answers, misses`,
    valuesOf(key),
  );
  return { answers: row?.answers ?? 0, misses: row?.misses ?? 0 };
}

export async function countAnswer(
  tx: Transaction,
  key: DisclosureKey,
  isMiss: boolean,
): Promise<void> {
  await tx.query(
    `update disclosure_use set answers = answers + 1, misses = misses + $5
     where institution_id = $1 and on_date = $2 and question = $3 and subject = $4`,
    [...valuesOf(key), isMiss ? 1 : 0],
  );
}
