import { yenForPeople, type Yen } from '#libs/kernel';
import { instantForPeople, type Words } from '#libs/ui';
import type { Factor } from '../../../credentials/index.js';
import type { TransferOffer } from '../../../transfers/index.js';
import { CancelForm, Facts, Field, InteractionToken, type Finding } from './frame.js';
import type { WhoAsks } from './who-asks.js';
import { WhoAsksBox } from './who-asks.js';

interface Props {
  readonly words: Words;
  readonly who: WhoAsks;
  readonly bankName: string;
  readonly offer: TransferOffer;
  readonly payerName: string;
  readonly payeeAccountName: string;
  readonly factors: readonly Factor[];
  readonly action: string;
  readonly cancelAction: string;
  /** Where another account to pay from can be chosen, unless the request names it. */
  readonly rechoose: string | undefined;
  readonly token: string;
  readonly findings: readonly Finding[];
}

/** Yen in the words of the page: 12,345円, or ¥12,345. */
export const yenIn = (words: Words, yen: Yen): string =>
  words('transfer.yen', { amount: yenForPeople(yen).replace('円', '') });

/** Exactly what is stored, executed and recorded (T-02, T-07), and what the holder confirms it with. */
export function TransferPage(props: Props) {
  const { words, who, offer, token } = props;
  return (
    <>
      <p>{words('transfer.lead', { name: who.name })}</p>
      <OfferFacts {...props} />
      {props.rechoose ? (
        <p>
          <a href={props.rechoose}>{words('transfer.rechoose')}</a>
        </p>
      ) : null}
      <div className="decision stacked">
        <form method="post" action={props.action} noValidate>
          <InteractionToken token={token} />
          <input type="hidden" name="content" value={offer.contentHash} />
          <FactorFields words={words} factors={props.factors} findings={props.findings} />
          <button id="approve" type="submit" className="button second">
            {words('transfer.approve')}
          </button>
        </form>
        <CancelForm action={props.cancelAction} token={token} className="" look="second">
          {words('transfer.refuse')}
        </CancelForm>
      </div>
      <WhoAsksBox words={words} who={who} bankName={props.bankName} />
    </>
  );
}

function OfferFacts({ words, who, offer, payerName, payeeAccountName }: Props) {
  const { payee } = offer;
  return (
    <section className="box" aria-labelledby="offer">
      <h2 id="offer">{words(`transfer.kind.${offer.kind}`)}</h2>
      <Facts
        rows={[
          [
            words('transfer.amount'),
            <strong className="amount">{yenIn(words, offer.amountYen)}</strong>,
          ],
          [words('transfer.fee'), yenIn(words, offer.feeYen)],
          [words('transfer.total'), yenIn(words, offer.amountYen + offer.feeYen)],
          [
            words('transfer.payee'),
            <Payee words={words} name={payee.nameKana} isVerified={payee.verified} />,
          ],
          [words('transfer.payee.account'), payeeAccountName],
          [words('transfer.payer'), payerName],
          [words('transfer.credit'), instantForPeople(offer.expectedCreditAt, words.language)],
          ...(offer.ediText ? ([[words('transfer.edi'), offer.ediText]] as const) : []),
          [words('who.heading'), who.name],
          [words('who.partner'), who.partnerName ?? words('who.noPartner')],
          [words('transfer.limit'), <Limits words={words} offer={offer} />],
          [words('transfer.clauses'), offer.clauses.join(words.language === 'ja' ? '、' : ', ')],
        ]}
      />
    </section>
  );
}

function Payee({ words, name, isVerified }: { words: Words; name: string; isVerified: boolean }) {
  const mark = isVerified ? 'transfer.payee.verified' : 'transfer.payee.unverified';
  return (
    <>
      <span lang="ja" className="kana">
        {name}
      </span>
      <span className={isVerified ? 'mark' : 'mark caution'}>{words(mark)}</span>
    </>
  );
}

function Limits({ words, offer }: { words: Words; offer: TransferOffer }) {
  return (
    <ul className="plain">
      <li>{words('transfer.limit.day', { limit: yenIn(words, offer.limitYen) })}</li>
      {offer.limits.map(({ basis, usedYen, leftYen }) => (
        <li key={basis}>
          {words(
            basis === 'request_date' ? 'transfer.limit.request' : 'transfer.limit.designated',
            {
              left: yenIn(words, leftYen),
              used: yenIn(words, usedYen),
            },
          )}
        </li>
      ))}
    </ul>
  );
}

interface FactorProps {
  readonly words: Words;
  readonly factors: readonly Factor[];
  readonly findings: readonly Finding[];
}

/** Only the factors that the institution's matrix asks for (INT-30). */
function FactorFields({ words, factors, findings }: FactorProps) {
  return (
    <fieldset>
      <legend>{words('transfer.factors')}</legend>
      <Field
        id="confirmation-password"
        label={words('transfer.confirmationPassword')}
        type="password"
        autoComplete="off"
        maxLength={128}
        findings={findings}
      />
      {factors.includes('one_time_password') ? (
        <Field
          id="otp"
          label={words('transfer.otp')}
          hint={words('transfer.otp.hint')}
          type="text"
          autoComplete="one-time-code"
          numeric
          maxLength={8}
          findings={findings}
        />
      ) : null}
    </fieldset>
  );
}
