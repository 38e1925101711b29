import { dayForPeople, wordsIn, type InterfaceLanguage, type WordId } from '#libs/ui';
import type { ChainPartner, Intermediary } from '../../agreements/index.js';
import type { Institution } from '../../institutions/index.js';
import type { Consent, ConsentActorName } from './consent.js';

export type ConsentMailKind = 'authorised' | 'extended' | 'amended' | 'expiring' | 'ended';

export interface ConsentMailFacts {
  readonly consent: Consent;
  readonly bank: Pick<Institution, 'nameJa' | 'nameEn'>;
  readonly intermediary: Pick<Intermediary, 'nameJa' | 'nameEn' | 'contactJa' | 'contactEn'>;
  readonly partner: Pick<ChainPartner, 'nameJa' | 'nameEn'> | undefined;
  readonly by?: ConsentActorName | undefined;
}

/**
 * What a holder is told, Japanese first and English after it: who asks and through whom, what for, until when, how
 * to stop (complaints 17 to 19 of users.md B). No account number, no balance, no name of the holder: a mail can be
 * read by others. Names come from the bank's register (T-07).
 */
export function consentMail(
  kind: ConsentMailKind,
  facts: ConsentMailFacts,
): { readonly subject: string; readonly body: string } {
  const ja = linesIn('ja', kind, facts);
  const en = linesIn('en', kind, facts);
  const subject = wordsIn('ja')(`mail.${kind}.subject`, { bank: facts.bank.nameJa });
  return { subject, body: [...ja, '', '-'.repeat(40), '', ...en, ''].join('\n') };
}

function linesIn(
  language: InterfaceLanguage,
  kind: ConsentMailKind,
  { consent, bank, intermediary, partner, by = 'system' }: ConsentMailFacts,
): string[] {
  const words = wordsIn(language);
  const nameOf = (one: { nameJa: string; nameEn: string }) =>
    language === 'en' ? one.nameEn : one.nameJa;
  const contact = language === 'en' ? intermediary.contactEn : intermediary.contactJa;
  const [bankName, name] = [nameOf(bank), nameOf(intermediary)];
  const date = dayForPeople(consent.expiresAt - 1, language);
  const fact = (id: WordId, value: string) => `${words(id)}: ${value}`;
  const isOver = kind === 'ended';
  return [
    ...(language === 'en' ? [words(`mail.${kind}.subject`, { bank: bankName }), ''] : []),
    words('mail.opening', { bank: bankName }),
    words(`mail.${kind}.lead`, kind === 'expiring' ? { date, name } : {}),
    '',
    fact('mail.who', name),
    fact('mail.partner', partner ? nameOf(partner) : words('mail.noPartner')),
    fact('mail.why', words(`consent.why.${consent.purpose}`)),
    ...consent.permissions.map((one) => fact('mail.what', words(`consent.what.${one}`))),
    ...(isOver
      ? [fact('mail.ended.by', words(`mail.ended.by.${by}`))]
      : [
          fact('mail.accounts', String(consent.accountIds.length)),
          fact('mail.until', words('mail.untilDate', { date })),
        ]),
    fact('mail.reference', consent.id),
    '',
    ...(isOver ? [] : [fact('mail.stop', words('consent.stop.bank', { bank: bankName, name }))]),
    words('consent.stop.fetched', { name, contact }),
    words('mail.unknown', { bank: bankName }),
  ];
}
