import { CivilDate, type Instant } from '#libs/kernel';
import { article, enforce } from '../clause.js';
import { isWithinHours } from '../conditions/within-service-hours.js';
import type { CredentialEntry, RegisteredCredential } from '../facts/index.js';
import { smParameters as P } from './parameters.js';

/** What no staff screen may ask for or show. */
const SECRETS: readonly string[] = [
  'login_password',
  'confirmation_password',
  'secret_word',
  'temporary_password',
  'one_time_password',
  'mail_password',
  'start_password',
];
const KINDS = ['login_password', 'confirmation_password', 'secret_word'] as const;

/** The instant at which `threshold` errors stood in a row; a right entry begins the count anew. */
function lockedAt(entries: readonly CredentialEntry[], threshold: number): Instant | undefined {
  let errors = 0;
  for (const { right, at } of [...entries].sort((a, b) => a.at - b.at)) {
    errors = right ? 0 : errors + 1;
    if (errors >= threshold) return at;
  }
  return undefined;
}

function firstLock(
  entries: readonly CredentialEntry[],
  threshold: Readonly<Record<RegisteredCredential, number>>,
  combined: boolean,
): { kind: RegisteredCredential | 'combined'; at: Instant } | undefined {
  if (combined) {
    const at = lockedAt(entries, Math.min(...KINDS.map((kind) => threshold[kind])));
    return at === undefined ? undefined : { kind: 'combined', at };
  }
  const locks = KINDS.flatMap((kind) => {
    const at = lockedAt(
      entries.filter((entry) => entry.kind === kind),
      threshold[kind],
    );
    return at === undefined ? [] : [{ kind, at }];
  });
  return locks.sort((a, b) => a.at - b.at)[0];
}

/** SM-9: login id, passwords, 合言葉, devices. */
export const article09 = article('SM-9', { ja: 'パスワード等の管理', en: 'Credentials' }, [
  enforce('SM-9.1', {
    key: '厳重に管理…職員もお尋ねすることはありません',
    ja: '契約者は秘密を守り、職員は尋ねない。職員の画面は秘密を求めも示しもしない。',
    en: 'Holders keep their secrets and staff never ask; no staff screen takes or shows one.',
    kind: 'obligation',
    bearer: 'both',
    needs: ['fieldsAsked'],
    rule: ({ fieldsAsked }) => ({
      forbidden: fieldsAsked.filter((field) => SECRETS.includes(field)),
    }),
  }),
  enforce('SM-9.2', {
    key: '所定の回数以上連続して入力…提供を中止',
    ja: '届け出たパスワードや合言葉を定めた回数続けて誤ると、サービス全体を止める。',
    en: 'As many wrong entries in a row as laid down stop the whole service.',
    kind: 'rule',
    bearer: 'institution',
    counterparty: 'holder',
    readings: ['INT-25'],
    parameters: { threshold: P.lockThreshold },
    cites: [P.lockUnlock, P.lockReservations],
    needs: ['credentialEntries', 'countersCombined'],
    rule: ({ credentialEntries, countersCombined }, _figures, { threshold }) => {
      const lock = firstLock(credentialEntries, threshold, countersCombined);
      return { isStopped: lock !== undefined, stoppedAt: lock?.at, by: lock?.kind };
    },
  }),
  enforce('SM-9.3a', {
    key: 'パスワードを随時変更',
    ja: '契約者は折々に変更し、前に使ったものには戻せない。長く変えなければ促す。',
    en: 'The holder changes passwords from time to time; recent ones cannot return.',
    kind: 'obligation',
    bearer: 'holder',
    parameters: { history: P.passwordHistory, maxAgeDays: P.passwordMaxAge },
    cites: [P.passwordLength, P.passwordCharset],
    needs: ['reusedFromHistory', 'passwordChangedOn', 'today'],
    rule: ({ reusedFromHistory, passwordChangedOn, today }, _figures, { history, maxAgeDays }) => ({
      isReuseRefused: reusedFromHistory !== undefined && reusedFromHistory <= history,
      isChangeAdvised: passwordChangedOn.daysUntil(today) > maxAgeDays,
    }),
  }),
  enforce('SM-9.3b', {
    key: 'おそれがある場合は、速やかにパスワードの変更',
    ja: '不正使用などのおそれがあれば直ちに変更し、他の場はすべて終わらせる。',
    en: 'On suspicion the password is changed at once, which ends every other session.',
    kind: 'obligation',
    bearer: 'holder',
    refers: ['SM-8.3a'],
    needs: ['session', 'sessionsOpen'],
    rule: ({ session, sessionsOpen }) => ({
      endedSessions: sessionsOpen.filter((one) => one !== session),
      mailPasswordsDie: true,
    }),
  }),
  enforce('SM-9.4', {
    key: '紛失したときは、速やかに…届け出',
    ja: '端末やトークンの紛失の届出を受けたら直ちに止め、届出の時刻を証拠とする。',
    en: 'On a report of loss the token stops at once; the time of the report is evidence.',
    kind: 'procedure',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-14.1-1'],
    readings: ['INT-26'],
    parameters: { deskHours: P.deskHours },
    needs: ['reportedAt', 'reportTellsOfMisuse'],
    rule: ({ reportedAt, reportTellsOfMisuse }, _figures, { deskHours }) => ({
      codesInvalidFrom: reportedAt,
      isWithinDeskHours: isWithinHours(deskHours, reportedAt),
      noticeOfMisuseOn: {
        yes: CivilDate.inTokyo(reportedAt),
        no: undefined,
        unknown: 'undetermined' as const,
      }[reportTellsOfMisuse],
    }),
  }),
]);
