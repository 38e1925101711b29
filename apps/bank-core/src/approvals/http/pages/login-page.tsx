import type { Words } from '#libs/ui';
import { Field, InteractionToken, type Finding } from './frame.js';
import { WhoAsksBox, type WhoAsks } from './who-asks.js';

interface Props {
  readonly words: Words;
  readonly who: WhoAsks;
  readonly bankName: string;
  readonly action: string;
  readonly token: string;
  /** Where another institution can be picked, when the request names none. */
  readonly otherInstitution: string | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Login ID and login password. After a refusal the form is empty and the page is the same bytes, whether
 * the id is unknown, the password wrong or the service locked (T-16).
 */
export function LoginPage(props: Props) {
  const { words, who, bankName, action, token, otherInstitution, findings } = props;
  return (
    <>
      <WhoAsksBox words={words} who={who} bankName={bankName} />
      <p>{words('login.lead', { bank: bankName })}</p>
      <form method="post" action={action} noValidate>
        <InteractionToken token={token} />
        <Field
          id="login"
          label={words('login.id')}
          type="text"
          autoComplete="username"
          maxLength={64}
          findings={findings}
        />
        <Field
          id="password"
          label={words('login.password')}
          type="password"
          autoComplete="current-password"
          maxLength={128}
          findings={findings}
        />
        <button id="submit" type="submit" className="button first">
          {words('login.submit')}
        </button>
      </form>
      {otherInstitution ? (
        <p>
          <a href={otherInstitution}>{words('login.otherInstitution')}</a>
        </p>
      ) : null}
    </>
  );
}
