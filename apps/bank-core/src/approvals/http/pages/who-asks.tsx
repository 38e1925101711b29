import type { Words } from '#libs/ui';
import { Facts } from './frame.js';

/** Who asks, as the bank's own register names them (T-07), in the language of the page. */
export interface WhoAsks {
  readonly name: string;
  readonly registration: string;
  readonly contact: string;
  readonly partnerName: string | undefined;
}

export function WhoAsksBox({
  words,
  who,
  bankName,
}: {
  words: Words;
  who: WhoAsks;
  bankName: string | undefined;
}) {
  const partner = who.partnerName
    ? words('who.partnerRole', { name: who.partnerName, intermediary: who.name })
    : words('who.noPartner');
  return (
    <section className="box" aria-labelledby="who">
      <h2 id="who">{words('who.heading')}</h2>
      <Facts
        rows={[
          [words('who.name'), who.name],
          [words('who.registration'), <span lang="ja">{who.registration}</span>],
          [words('who.partner'), partner],
          [words('who.contact'), who.contact],
        ]}
      />
      {bankName ? <p>{words('who.passwordStays', { bank: bankName, name: who.name })}</p> : null}
    </section>
  );
}
