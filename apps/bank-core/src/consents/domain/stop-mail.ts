import type { Instant } from '#libs/kernel';
import { dayForPeople, wordsIn, type InterfaceLanguage } from '#libs/ui';
import type { Intermediary } from '../../agreements/index.js';
import type { Institution } from '../../institutions/index.js';

export type StopMailKind = 'stopped' | 'resumed';

export interface StopMailFacts {
  readonly bank: Pick<Institution, 'nameJa' | 'nameEn'>;
  readonly intermediary: Pick<Intermediary, 'nameJa' | 'nameEn'>;
  /** Since when the link has been stopped. */
  readonly since: Instant;
}

/**
 * What a holder is told when a measure of the bank stops the services that he uses, and when they resume (RKN-S4c).
 * Why the bank acted is between it and the intermediary; no account, no balance, no name of the holder (T-30).
 */
export function stopMail(
  kind: StopMailKind,
  facts: StopMailFacts,
): { readonly subject: string; readonly body: string } {
  const subject = wordsIn('ja')(SUBJECTS[kind], { bank: facts.bank.nameJa });
  const lines = [...linesIn('ja', kind, facts), '', '-'.repeat(40), ''];
  return { subject, body: [...lines, ...linesIn('en', kind, facts), ''].join('\n') };
}

const SUBJECTS = {
  stopped: 'mail.linkStopped.subject',
  resumed: 'mail.linkResumed.subject',
} as const;

function linesIn(language: InterfaceLanguage, kind: StopMailKind, facts: StopMailFacts): string[] {
  const words = wordsIn(language);
  const nameOf = ({ nameJa, nameEn }: { nameJa: string; nameEn: string }) =>
    language === 'en' ? nameEn : nameJa;
  const [bank, name] = [nameOf(facts.bank), nameOf(facts.intermediary)];
  const date = dayForPeople(facts.since, language);
  return [
    ...(language === 'en' ? [words(SUBJECTS[kind], { bank }), ''] : []),
    words('mail.opening', { bank }),
    ...(kind === 'stopped'
      ? [
          words('mail.linkStopped.lead', { bank, name, date }),
          '',
          words('mail.linkStopped.account'),
          words('mail.linkStopped.fixed'),
          words('mail.linkStopped.back'),
        ]
      : [words('mail.linkResumed.lead', { name }), '', words('mail.linkResumed.consent')]),
    '',
    words('mail.unknown', { bank }),
  ];
}
