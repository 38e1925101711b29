import type { Words } from '#libs/ui';

interface Props {
  readonly words: Words;
  readonly code: string;
  readonly sentence: string;
  readonly clause: string | undefined;
  readonly rechoose: string | undefined;
}

/** Why the transfer cannot be carried out, with the clause, and what can be done next. */
export function TransferRefusedPage({ words, code, sentence, clause, rechoose }: Props) {
  return (
    <>
      <p className="notice">{sentence}</p>
      {clause ? (
        <p>
          {words('transfer.clauses')}: {clause}
        </p>
      ) : null}
      {rechoose ? (
        <p>
          <a className="button second" href={rechoose}>
            {words('transfer.rechoose')}
          </a>
        </p>
      ) : null}
      <p className="hint">
        {words('ended.code')} <span className="code">{code}</span>
      </p>
    </>
  );
}
