import type { Words } from '#libs/ui';
import { InteractionToken, type Finding } from './frame.js';
import { WhoAsksBox, type WhoAsks } from './who-asks.js';

export interface InstitutionOption {
  readonly bankCode: string;
  readonly name: string;
  readonly refusal: string | undefined;
}

interface Props {
  readonly words: Words;
  readonly who: WhoAsks;
  readonly action: string;
  readonly token: string;
  readonly options: readonly InstitutionOption[];
  readonly findings: readonly Finding[];
}

/** Where the request names no institution, the holder picks one; nothing is picked beforehand. */
export function InstitutionPage({ words, who, action, token, options, findings }: Props) {
  const wrong = findings.length > 0;
  return (
    <>
      <p>{words('institution.lead')}</p>
      <form method="post" action={action} noValidate>
        <InteractionToken token={token} />
        <fieldset className={wrong ? 'wrong' : undefined}>
          <legend>{words('institution.title')}</legend>
          {options.map(({ bankCode, name, refusal }, index) => (
            <Choice key={bankCode} id={`institution-${index + 1}`} disabled={refusal !== undefined}>
              <input
                type="radio"
                id={`institution-${index + 1}`}
                name="institution"
                value={bankCode}
                disabled={refusal !== undefined}
              />
              <label htmlFor={`institution-${index + 1}`}>
                <strong>{name}</strong>
                <span className="hint">
                  {words('institution.code', { code: bankCode })}
                  {refusal ? ` — ${refusal}` : ''}
                </span>
              </label>
            </Choice>
          ))}
        </fieldset>
        <button id="next" type="submit" className="button first">
          {words('institution.next')}
        </button>
      </form>
      <WhoAsksBox words={words} who={who} bankName={undefined} />
    </>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly disabled: boolean;
  readonly children: React.ReactNode;
}

/** One line of a choice: input and label, greyed when it cannot be chosen. */
export function Choice({ disabled, children }: ChoiceProps) {
  return <div className={disabled ? 'choice off' : 'choice'}>{children}</div>;
}
