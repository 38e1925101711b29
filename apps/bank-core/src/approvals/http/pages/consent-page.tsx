import type { Words } from '#libs/ui';
import type { ConsentWording } from './consent-wording.js';
import { CancelForm, InteractionToken } from './frame.js';

interface Props {
  readonly words: Words;
  readonly wording: ConsentWording;
  readonly wordingHash: string;
  readonly action: string;
  readonly cancelAction: string;
  readonly rechoose: string;
  readonly token: string;
}

/** Plain clusters, then two buttons of the same size and weight: allow, do not allow. */
export function ConsentPage(props: Props) {
  const { words, wording, token } = props;
  return (
    <>
      <p>{wording.lead}</p>
      {wording.clusters.map(({ id, heading, lines }) => (
        <section key={id} className="box" aria-labelledby={`cluster-${id}`}>
          <h2 id={`cluster-${id}`}>{heading}</h2>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
      <p>
        <a href={props.rechoose}>{words('consent.rechoose')}</a>
      </p>
      <div className="decision">
        <form method="post" action={props.action}>
          <InteractionToken token={token} />
          <input type="hidden" name="wording" value={props.wordingHash} />
          <button id="approve" type="submit" className="button second">
            {words('consent.approve')}
          </button>
        </form>
        <CancelForm action={props.cancelAction} token={token} className="" look="second">
          {words('consent.refuse')}
        </CancelForm>
      </div>
    </>
  );
}
