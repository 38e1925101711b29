import type { Words } from '#libs/ui';

interface Props {
  readonly words: Words;
  readonly code: string;
  readonly sentence: string;
  /** Whether the last step may have been carried out all the same. */
  readonly outcomeIsOpen: boolean;
}

/** The error page of oauth.md 4.6: the code stands as text in `oauth-error`. */
export function ErrorPage({ words, code, sentence, outcomeIsOpen }: Props) {
  return (
    <>
      <p className="notice">{sentence}</p>
      <p>{words(outcomeIsOpen ? 'error.maybe' : 'error.saved')}</p>
      <p>{words('error.again')}</p>
      <p className="hint">
        {words('error.code')}{' '}
        <span id="oauth-error" className="code">
          {code}
        </span>
      </p>
    </>
  );
}
