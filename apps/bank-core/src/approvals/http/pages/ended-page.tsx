import type { Words } from '#libs/ui';
import type { Approval } from '../../domain/approval.js';

type Kind = 'approved' | 'refused' | 'expired' | 'stopped' | 'unavailable';

/** Which words an end gets: what is the holder's own is never called a measure, and the reverse. */
export function endedKind({ outcome, reason }: Approval): Kind {
  if (outcome === 'refused' && reason !== 'user_cancelled') return 'unavailable';
  return outcome ?? 'unavailable';
}

interface Props {
  readonly words: Words;
  readonly kind: Kind;
  readonly code: string | undefined;
  readonly intermediaryName: string;
  readonly bankName: string;
}

/** What came of it, without blame, and the way back. */
export function EndedPage({ words, kind, code, intermediaryName, bankName }: Props) {
  return (
    <>
      <p>{words(`ended.${kind}.lead`, { name: intermediaryName, bank: bankName })}</p>
      {code && kind !== 'approved' ? (
        <p className="hint">
          {words('ended.code')}{' '}
          <span id="oauth-error" className="code">
            {code}
          </span>
        </p>
      ) : null}
    </>
  );
}
