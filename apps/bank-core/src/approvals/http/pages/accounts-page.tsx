import type { Words } from '#libs/ui';
import { InteractionToken, type Finding } from './frame.js';
import { Choice } from './institution-page.js';

export interface AccountOption {
  readonly accountId: string;
  readonly name: string;
  readonly isMain: boolean;
  /** Why it cannot be chosen; the account is shown all the same. */
  readonly reason: string | undefined;
}

interface Props {
  readonly words: Words;
  readonly intermediaryName: string;
  /** Several for a consent, one as the payer of a transfer. */
  readonly several: boolean;
  readonly action: string;
  readonly token: string;
  readonly options: readonly AccountOption[];
  readonly findings: readonly Finding[];
}

/** Nothing is ticked beforehand; what cannot be chosen is shown with the reason. */
export function AccountsPage(props: Props) {
  const { words, several, options, findings } = props;
  const [lead, legend] = several
    ? [words('accounts.lead', { name: props.intermediaryName }), words('accounts.legend')]
    : [words('accounts.leadDebit'), words('accounts.legendDebit')];
  const none = options.every(({ reason }) => reason !== undefined);
  return (
    <>
      <p>{lead}</p>
      {none ? <p className="notice">{words('accounts.none')}</p> : null}
      <form method="post" action={props.action} noValidate>
        <InteractionToken token={props.token} />
        <fieldset className={findings.length > 0 ? 'wrong' : undefined}>
          <legend>{legend}</legend>
          {options.map((option, index) => (
            <AccountLine
              key={option.accountId}
              words={words}
              option={option}
              id={`account-${index + 1}`}
              several={several}
            />
          ))}
        </fieldset>
        {none ? null : (
          <button id="next" type="submit" className="button first">
            {words('accounts.next')}
          </button>
        )}
      </form>
    </>
  );
}

interface LineProps {
  readonly words: Words;
  readonly option: AccountOption;
  readonly id: string;
  readonly several: boolean;
}

function AccountLine({ words, option, id, several }: LineProps) {
  const off = option.reason !== undefined;
  return (
    <Choice id={id} disabled={off}>
      <input
        type={several ? 'checkbox' : 'radio'}
        id={id}
        name="account"
        value={option.accountId}
        disabled={off}
      />
      <label htmlFor={id}>
        <strong>{option.name}</strong>
        {option.isMain ? <span className="hint">{words('accounts.main')}</span> : null}
        {option.reason ? <span className="hint">{option.reason}</span> : null}
      </label>
    </Choice>
  );
}
