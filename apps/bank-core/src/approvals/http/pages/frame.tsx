import type { ReactNode } from 'react';
import { LANGUAGES, type WordId, type Words } from '#libs/ui';

/** Something that the holder entered and that cannot be taken; `field` is the id of its input. */
export interface Finding {
  readonly field?: string;
  readonly text: string;
}

/** The way back that every page has: a form that ends the request, or a link when it has ended. */
export type WayBack =
  | {
      readonly kind: 'cancel';
      readonly action: string;
      readonly token: string;
      readonly name?: string;
    }
  | { readonly kind: 'link'; readonly href: string; readonly label: string }
  /** The page has its own, beside its main button. */
  | { readonly kind: 'inside' };

export interface FrameProps {
  readonly words: Words;
  readonly title: string;
  readonly isDemo: boolean;
  readonly stylesheets: readonly string[];
  readonly interactionId: string;
  readonly bankName?: string | undefined;
  readonly step?: readonly [number, number] | undefined;
  readonly validUntil?: string | undefined;
  /** The address of this page, where the other language can be asked for. */
  readonly here?: string | undefined;
  readonly findings?: readonly Finding[] | undefined;
  readonly back?: WayBack | undefined;
  readonly children: ReactNode;
}

const LANGUAGE_NAMES = { ja: '日本語', en: 'English' } as const;

/** What every page has around its content. Plain HTML: it works without script and without style sheets. */
export function Frame(props: FrameProps) {
  const { words, title, findings = [] } = props;
  return (
    <html lang={words.language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} | ${props.bankName ?? words('page.service')}`}</title>
        {props.stylesheets.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
      </head>
      <body>
        <a className="skip" href="#main">
          {words('page.skip')}
        </a>
        {props.isDemo ? (
          <p className="demo" role="note">
            {words('page.demo')}
          </p>
        ) : null}
        <header>
          <p className="bank">
            {props.bankName ? <strong>{props.bankName}</strong> : null}
            <span>{words('page.service')}</span>
          </p>
          {props.here ? <LanguageSwitch words={words} here={props.here} /> : null}
        </header>
        <main id="main">
          {props.step ? (
            <p className="step">
              {words('page.step', { step: props.step[0], total: props.step[1] })}
            </p>
          ) : null}
          <h1>{title}</h1>
          <ErrorSummary words={words} findings={findings} />
          {props.children}
          {props.back ? <BackToIntermediary words={words} back={props.back} /> : null}
        </main>
        <footer>
          {props.validUntil ? <p>{words('page.validUntil', { time: props.validUntil })}</p> : null}
          {words.language === 'en' ? <p>{words('page.japaneseGoverns')}</p> : null}
          <p>
            {words('page.interaction')} <span className="code">{props.interactionId}</span>
          </p>
        </footer>
      </body>
    </html>
  );
}

function LanguageSwitch({ words, here }: { words: Words; here: string }) {
  return (
    <nav className="languages" aria-label={words('page.language')}>
      <ul>
        {LANGUAGES.map((language) => (
          <li key={language} lang={language}>
            {language === words.language ? (
              <span aria-current="true">{LANGUAGE_NAMES[language]}</span>
            ) : (
              <a href={`${here}?lang=${language}`} hrefLang={language}>
                {LANGUAGE_NAMES[language]}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** First on the page, focused, each finding linked to its field. */
function ErrorSummary({ words, findings }: { words: Words; findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <div
      id="error-summary"
      className="summary"
      role="alert"
      tabIndex={-1}
      autoFocus
      aria-labelledby="error-summary-title"
    >
      <h2 id="error-summary-title">{words('page.errorSummary')}</h2>
      <ul>
        {findings.map(({ field, text }) => (
          <li key={`${field}${text}`}>{field ? <a href={`#${field}`}>{text}</a> : text}</li>
        ))}
      </ul>
    </div>
  );
}

function BackToIntermediary({ words, back }: { words: Words; back: WayBack }) {
  switch (back.kind) {
    case 'inside':
      return null;
    case 'link':
      return (
        <p className="back">
          <a id="cancel" className="button quiet" href={back.href}>
            {back.label}
          </a>
        </p>
      );
    case 'cancel':
      return (
        <CancelForm action={back.action} token={back.token} className="back" look="quiet">
          {back.name ? words('page.back', { name: back.name }) : words('page.backUnnamed')}
        </CancelForm>
      );
  }
}

interface CancelFormProps {
  readonly action: string;
  readonly token: string;
  readonly className: string;
  readonly look: 'quiet' | 'second';
  readonly children: ReactNode;
}

/** Ends the request and leads, through the gateway, back to the intermediary. */
export function CancelForm({ action, token, className, look, children }: CancelFormProps) {
  return (
    <form method="post" action={action} className={className}>
      <InteractionToken token={token} />
      <button id="cancel" type="submit" className={`button ${look}`}>
        {children}
      </button>
    </form>
  );
}

/** What a page of another origin cannot know (T-05). */
export function InteractionToken({ token }: { token: string }) {
  return <input type="hidden" name="interaction" value={token} />;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly type: 'text' | 'password';
  readonly autoComplete: string;
  readonly hint?: string;
  readonly value?: string;
  readonly maxLength: number;
  readonly numeric?: boolean;
  readonly findings: readonly Finding[];
}

/** One input with its label, its hint and what was wrong with it, tied together for screen readers. */
export function Field(props: FieldProps) {
  const { id, hint, findings } = props;
  const wrong = findings.find(({ field }) => field === id);
  const described = [hint ? `${id}-hint` : '', wrong ? `${id}-error` : ''].filter(Boolean);
  return (
    <div className={wrong ? 'field wrong' : 'field'}>
      <label htmlFor={id}>{props.label}</label>
      {hint ? (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      ) : null}
      {wrong ? (
        <p id={`${id}-error`} className="error">
          {wrong.text}
        </p>
      ) : null}
      <input
        id={id}
        name={id}
        type={props.type}
        autoComplete={props.autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={props.maxLength}
        defaultValue={props.value}
        {...(props.numeric ? { inputMode: 'numeric' as const } : {})}
        {...(wrong ? { 'aria-invalid': true } : {})}
        {...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {})}
      />
    </div>
  );
}

/** Facts as a list of term and value; it reads well without any style sheet. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl>
      {rows.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export type { WordId };
